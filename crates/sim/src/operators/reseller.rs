//! Operator `reseller`.

use plesk_protocol::common::Matched;
use plesk_protocol::reseller::{
    Add, AddResult, Data, Dataset, Filter, Request, Requests, Response, Responses, Set, Stat, SwitchSubscriptionPlan,
};
use plesk_wire::packet::{EachReply, ErrorCode};

use super::filter::{Key, Scope, find};
use super::resources::Edit;
use super::selectors::Names;
use super::{account_data, buttons, descriptors, domains, ip_pool, make, not_modelled, plans, single, statistics};
use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, Account, ApplicationList, ResellerPlan, ResellerSettings, State};

const RESELLERS: Scope<Account> = Scope {
    name: "Reseller",
    objects: |state| &state.resellers,
    objects_mut: |state| &mut state.resellers,
    owner: None,
};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| one(state, request)).collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    use descriptors::{LIMITS, PERMISSIONS, RESELLER_LIMITS, RESELLER_PERMISSIONS};
    Ok(match request {
        Request::Add(add) => R::Add(single(create(state, add).map(Some))),
        Request::Set(set) => R::Set(RESELLERS.each(state, set.filter.clone(), |state, id| change(state, id, &set))?),
        Request::Get(get) => {
            R::Get(RESELLERS.read_each(state, get.filter, |state, one| read(state, one, &get.dataset))?)
        }
        Request::Del(del) => R::Del(delete(state, del.filter)?),
        Request::IppoolAddIp(add) => R::IppoolAddIp(ip_pool::add(state, add)?),
        Request::IppoolDelIp(del) => R::IppoolDelIp(ip_pool::del(state, del)?),
        Request::IppoolSetIp(set) => R::IppoolSetIp(ip_pool::set(state, set)?),
        Request::CformButtonsList(list) => {
            R::CformButtonsList(RESELLERS.read_each(state, list.filter, |_, reseller| {
                buttons::of(buttons::RESELLER, reseller.id, reseller.status == 0)
            })?)
        }
        Request::GetLimitDescriptor(get) => R::GetLimitDescriptor(
            RESELLERS.read_each(state, get.filter, |_, _| descriptors::describe(&[LIMITS, RESELLER_LIMITS]))?,
        ),
        Request::GetPermissionDescriptor(get) => R::GetPermissionDescriptor(RESELLERS.read_each(
            state,
            get.filter,
            |_, _| descriptors::describe(&[PERMISSIONS, RESELLER_PERMISSIONS]),
        )?),
        Request::ConvertToCustomer(convert) => {
            R::ConvertToCustomer(RESELLERS.each(state, convert.filter, |state, id| {
                convert_to_customer(state, id, convert.plan_name.as_deref())
            })?)
        }
        Request::SwitchSubscription(switch) => R::SwitchSubscription(RESELLERS.edit_each(
            state,
            switch.filter,
            |state, reseller| switch_plan(state, reseller, &switch.plan),
        )?),
        Request::SyncSubscription(sync) => {
            R::SyncSubscription(RESELLERS.edit_each(state, sync.filter, |state, reseller| {
                let plan = reseller.reseller.plan.and_then(|plan| state.reseller_plans.get(&plan));
                plan.into_iter().for_each(|plan| reseller.reseller.follow(plan));
                Ok(())
            })?)
        }
        Request::AddPackage(add) => R::AddPackage(applications(state, add.filter, |state, list| {
            list.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => R::RemovePackage(applications(state, remove.filter, |state, list| {
            list.edit(Edit::Remove, &remove.package, &state.applications)
        })?),
        Request::EnableApsFilter(enable) => R::EnableApsFilter(applications(state, enable.filter, |_, list| {
            // The protocol has it that the list starts anew.
            *list = ApplicationList { only_listed: true, ..ApplicationList::default() };
            Ok(())
        })?),
        Request::DisableApsFilter(disable) => R::DisableApsFilter(applications(state, disable.filter, |_, list| {
            list.only_listed = false;
            Ok(())
        })?),
        Request::GetDomainList(get) => R::GetDomainList(
            RESELLERS.read_each(state, get.filter, |state, one| domains::of(state, &with_customers(state, one.id)))?,
        ),
        other => return Err(not_modelled(&other)),
    })
}

fn create(state: &mut State, add: Add) -> Result<AddResult, Refusal> {
    let power_user = add.gen_info.power_user.unwrap_or_default();
    // A login that is taken is 1019 here, and not 1007 as it is for customers.
    let mut account = account_data::new_account(state, add.gen_info.into(), ErrorCode::INVALID_VALUE)?;
    account.reseller.power_user = power_user;
    if let Some(plan) = add.plan {
        account.reseller.follow(find_plan(state, &plan.named()?)?);
    }
    account.reseller.change(add.limits.as_ref(), add.permissions.as_ref())?;

    let reseller = state.add_reseller(&account.login);
    let (id, guid) = (reseller.id, reseller.guid.clone());
    *reseller = Account { id, guid: guid.clone(), ..account };
    Ok(make(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

fn change(state: &mut State, id: u64, set: &Set) -> Result<(), Refusal> {
    let values = &set.values;
    let changes = values.gen_info.clone().map(Into::into);
    account_data::change(&RESELLERS, state, id, changes, |account| {
        let power_user = values.gen_info.as_ref().and_then(|info| info.power_user);
        account.reseller.power_user = power_user.unwrap_or(account.reseller.power_user);
        account.reseller.change(values.limits.as_ref(), values.permissions.as_ref())
    })
}

fn read(state: &State, account: &Account, dataset: &Dataset) -> Data {
    let settings = &account.reseller;
    make(|data: &mut Data| {
        data.gen_info = dataset.gen_info.as_ref().map(|_| account_data::reseller(account));
        data.stat = dataset.stat.as_ref().map(|_| stat(state, account.id));
        data.permissions = dataset.permissions.as_ref().and_then(|_| settings.permissions());
        data.limits = dataset.limits.as_ref().map(|_| settings.limits());
        data.ippool = dataset.ippool.as_ref().map(|_| ip_pool::read(settings));
        data.subscriptions = dataset.subscriptions.as_ref().map(|_| {
            let plan = settings.plan.and_then(|plan| state.reseller_plans.get(&plan));
            plans::list(settings.locked, plan.map(|plan| (&plan.guid, &plan.external_id)))
        });
    })
}

fn stat(state: &State, id: u64) -> Stat {
    let customers = state.customers_of(id);
    let active = customers.iter().filter(|id| state.customers.get(id).is_some_and(|customer| customer.status == 0));
    let sums = statistics::of(state, &with_customers(state, id));
    make(|stat: &mut Stat| {
        stat.active_clients = statistics::count(active.count());
        stat.clients = statistics::count(customers.len());
        stat.active_domains = sums.active_domains;
        stat.domains = sums.domains;
        stat.disk_space = sums.disk_space;
        stat.traffic = sums.traffic;
        stat.traffic_prevday = sums.traffic_yesterday;
    })
}

fn delete(state: &mut State, filter: Filter) -> Result<EachReply<Matched>, Refusal> {
    let mut reply: EachReply<Matched> = RESELLERS.each(state, filter, |state, id| {
        state.delete_reseller(id);
        Ok(())
    })?;
    for matched in reply.results.iter_mut().map(|result| &mut result.body) {
        // This operator documents a `filter-id` for everything, too: the ID.
        matched.filter_id = matched.filter_id.take().or(matched.id.map(|id| id.to_string()));
    }
    Ok(reply)
}

/// Makes a reseller a customer with the same ID. Customers cannot have customers or plans: the
/// former have to be given to somebody else before, the latter are lost.
fn convert_to_customer(state: &mut State, id: u64, plan: Option<&str>) -> Result<(), Refusal> {
    if !state.customers_of(id).is_empty() {
        let text = "The reseller has customers; give them to another owner first";
        return Err(Refusal::new(ErrorCode::OPERATION_FAILED, text));
    }
    let plan = match plan {
        None => None,
        Some(name) => Some(plans::of_provider(state, ADMINISTRATOR_ID, &(Key::Name, name.to_owned()))?.id),
    };
    if let Some(reseller) = state.resellers.remove(&id) {
        state.customers.insert(id, Account { reseller: ResellerSettings::default(), ..reseller });
        state.delete_plans_of(id);
        state.replan_subscriptions_of(id, plan);
    }
    Ok(())
}

fn switch_plan(state: &State, reseller: &mut Account, plan: &SwitchSubscriptionPlan) -> Result<(), Refusal> {
    match plan {
        // The settings stay as they are.
        SwitchSubscriptionPlan::NoPlan(_) => reseller.reseller.plan = None,
        plan => reseller.reseller.follow(find_plan(state, &plan.clone().named()?)?),
    }
    Ok(())
}

fn find_plan<'s>(state: &'s State, named: &(Key, String)) -> Result<&'s ResellerPlan, Refusal> {
    find(state.reseller_plans.values(), named).ok_or_else(|| Refusal::not_found("Reseller plan"))
}

/// Edits the lists of applications.
fn applications(
    state: &mut State,
    filter: Filter,
    edit: impl Fn(&State, &mut ApplicationList) -> Result<(), Refusal>,
) -> Result<EachReply<Matched>, Refusal> {
    RESELLERS.edit_each(state, filter, |state, reseller| edit(state, &mut reseller.reseller.applications))
}

/// The IDs of a reseller and of its customers.
fn with_customers(state: &State, id: u64) -> Vec<u64> {
    [vec![id], state.customers_of(id)].concat()
}
