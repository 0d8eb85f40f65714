//! Operator `reseller`.

mod ip_pool;

use plesk_protocol::common::{ButtonData, DomainList, Matched, ObjectDescriptor};
use plesk_protocol::reseller::{
    Add, AddPlan, AddResult, CformButtonsListResult, Data, Dataset, Filter, GetDomainListResult, GetGenInfo,
    GetLimitDescriptorResult, GetPermissionDescriptorResult, GetResult, Request, Requests, Response, Responses, Set,
    Stat, SwitchSubscriptionPlan, SwitchSubscriptionResult, SyncSubscriptionResult,
};
use plesk_wire::packet::{EachReply, ErrorCode};

use crate::refusal::Refusal;
use crate::shared::accounts::{change_account, copy_general_info, new_account};
use crate::shared::build::build;
use crate::shared::buttons::{Button, build_buttons};
use crate::shared::descriptors::{
    LIMITS, PERMISSIONS, RESELLER_LIMITS, RESELLER_PERMISSIONS, default_permissions, describe,
};
use crate::shared::domains::list_domains;
use crate::shared::plans::{find_reseller_plan, find_service_plan, list_plans};
use crate::shared::query::{IntoKey, Key, impl_into_filter, impl_into_key};
use crate::shared::reply::single_reply;
use crate::shared::resources::Edit;
use crate::shared::results::impl_result_body;
use crate::shared::scope::Scope;
use crate::shared::statistics;
use crate::state::{ADMINISTRATOR_ID, Account, ApplicationList, ResellerSettings, State};

const RESELLERS: Scope<Account> = Scope {
    name: "Reseller",
    objects: |state| &state.resellers,
    objects_mut: |state| &mut state.resellers,
    owner: None,
};

/// The buttons of a reseller's home page.
const BUTTONS: &[Button] = &[
    Button { code: "customers", label: "Customers", path: "/admin/customer/list/reseller-id/{}" },
    Button { code: "domains", label: "Domains", path: "/admin/domain/list/reseller-id/{}" },
];

impl_into_filter! {
    Filter {
        Everything | EverythingByEmptyFilter => Everything,
        Id => Keys(Id),
        Login => Keys(Name),
        Guid => Keys(Guid),
        ExternalId => Keys(ExternalId),
    }
}

impl_into_key! {
    AddPlan { PlanId => Id, PlanName => Name, PlanGuid => Guid, PlanExternalId => ExternalId, }
    SwitchSubscriptionPlan { PlanGuid => Guid, PlanExternalId => ExternalId, }
}

impl_result_body! {
    GetResult { data: Data }
    CformButtonsListResult { button: Vec<ButtonData> }
    GetLimitDescriptorResult { descriptor: ObjectDescriptor }
    GetPermissionDescriptorResult { descriptor: ObjectDescriptor }
    SwitchSubscriptionResult
    SyncSubscriptionResult
    GetDomainListResult { domains: DomainList }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(add) => R::Add(single_reply(create(state, add).map(Some))),
        Request::Set(set) => {
            R::Set(RESELLERS.for_each(state, set.filter.clone(), |state, id| change(state, id, &set))?)
        }
        Request::Get(get) => {
            R::Get(RESELLERS.read_each(state, get.filter, |state, reseller| read(state, reseller, &get.dataset))?)
        }
        Request::Del(del) => R::Del(delete(state, del.filter)?),
        Request::IppoolAddIp(add) => R::IppoolAddIp(ip_pool::add(state, add)?),
        Request::IppoolDelIp(del) => R::IppoolDelIp(ip_pool::delete(state, del)?),
        Request::IppoolSetIp(set) => R::IppoolSetIp(ip_pool::set(state, set)?),
        Request::CformButtonsList(list) => {
            R::CformButtonsList(RESELLERS.read_each(state, list.filter, |_, reseller| {
                build_buttons(BUTTONS, reseller.id, reseller.status == 0)
            })?)
        }
        Request::GetLimitDescriptor(get) => {
            R::GetLimitDescriptor(RESELLERS.read_each(state, get.filter, |_, _| describe(&[LIMITS, RESELLER_LIMITS]))?)
        }
        Request::GetPermissionDescriptor(get) => {
            R::GetPermissionDescriptor(
                RESELLERS.read_each(state, get.filter, |_, _| describe(&[PERMISSIONS, RESELLER_PERMISSIONS]))?,
            )
        }
        Request::ConvertToCustomer(convert) => {
            R::ConvertToCustomer(RESELLERS.for_each(state, convert.filter, |state, id| {
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
                if let Some(plan) = plan {
                    reseller.reseller.follow_plan(plan);
                }
                Ok(())
            })?)
        }
        Request::AddPackage(add) => R::AddPackage(edit_applications(state, add.filter, |state, list| {
            list.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => R::RemovePackage(edit_applications(state, remove.filter, |state, list| {
            list.edit(Edit::Remove, &remove.package, &state.applications)
        })?),
        Request::EnableApsFilter(enable) => R::EnableApsFilter(edit_applications(state, enable.filter, |_, list| {
            list.restrict_to_new_list();
            Ok(())
        })?),
        Request::DisableApsFilter(disable) => {
            R::DisableApsFilter(edit_applications(state, disable.filter, |_, list| {
                list.only_listed = false;
                Ok(())
            })?)
        }
        Request::GetDomainList(get) => {
            R::GetDomainList(RESELLERS.read_each(state, get.filter, |state, reseller| {
                list_domains(state, &with_customers(state, reseller.id))
            })?)
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn create(state: &mut State, add: Add) -> Result<AddResult, Refusal> {
    state.require_administrator()?;
    let power_user = add.gen_info.power_user.unwrap_or_default();
    // A login that is taken is error 1019 here, but 1007 for customers.
    let mut account = new_account(state, add.gen_info.into(), ErrorCode::INVALID_VALUE)?;
    account.reseller.power_user = power_user;
    account.reseller.permissions = default_permissions();
    if let Some(plan) = add.plan {
        account.reseller.follow_plan(find_reseller_plan(state, &plan.into_key()?)?);
    }
    account.reseller.apply(add.limits.as_ref(), add.permissions.as_ref())?;

    let reseller = state.add_reseller(&account.login);
    let (id, guid) = (reseller.id, reseller.guid.clone());
    *reseller = Account { id, guid: guid.clone(), ..account };
    Ok(build(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

fn change(state: &mut State, id: u64, set: &Set) -> Result<(), Refusal> {
    let values = &set.values;
    if values.limits.is_some() || values.permissions.is_some() {
        state.require_administrator()?;
    }
    let update = values.gen_info.clone().map(Into::into);
    change_account(&RESELLERS, state, id, update, |account| {
        let power_user = values.gen_info.as_ref().and_then(|info| info.power_user);
        account.reseller.power_user = power_user.unwrap_or(account.reseller.power_user);
        account.reseller.apply(values.limits.as_ref(), values.permissions.as_ref())
    })
}

fn read(state: &State, account: &Account, dataset: &Dataset) -> Data {
    let settings = &account.reseller;
    build(|data: &mut Data| {
        data.gen_info = dataset.gen_info.as_ref().map(|_| read_general_info(account));
        data.stat = dataset.stat.as_ref().map(|_| read_statistics(state, account.id));
        data.permissions = dataset.permissions.as_ref().and_then(|_| settings.permissions());
        data.limits = dataset.limits.as_ref().map(|_| settings.limits());
        data.ippool = dataset.ippool.as_ref().map(|_| ip_pool::read(settings));
        data.subscriptions = dataset.subscriptions.as_ref().map(|_| {
            let plan = settings.plan.and_then(|plan| state.reseller_plans.get(&plan));
            list_plans(settings.locked, plan.map(|plan| (&plan.guid, &plan.external_id)))
        });
    })
}

fn read_general_info(account: &Account) -> GetGenInfo {
    build(|info: &mut GetGenInfo| {
        copy_general_info!(account => info);
        info.power_user = Some(account.reseller.power_user);
    })
}

fn read_statistics(state: &State, id: u64) -> Stat {
    let customers = state.customers_of(id);
    let active = customers.iter().filter(|id| state.customers.get(id).is_some_and(|customer| customer.status == 0));
    let usage = statistics::total_usage(state, &with_customers(state, id));
    build(|stat: &mut Stat| {
        stat.active_clients = statistics::count(active.count());
        stat.clients = statistics::count(customers.len());
        stat.active_domains = usage.active_domains;
        stat.domains = usage.domains;
        stat.disk_space = usage.disk_space;
        stat.traffic = usage.traffic;
        stat.traffic_previous_day = usage.traffic_yesterday;
    })
}

fn delete(state: &mut State, filter: Filter) -> Result<EachReply<Matched>, Refusal> {
    let mut reply: EachReply<Matched> = RESELLERS.for_each(state, filter, |state, id| {
        state.require_administrator()?;
        state.delete_reseller(id);
        Ok(())
    })?;
    for matched in reply.results.iter_mut().map(|result| &mut result.body) {
        // Unlike other operators, this one documents a `filter-id` for a match-all filter too: the ID.
        matched.filter_id = matched.filter_id.take().or(matched.id.map(|id| id.to_string()));
    }
    Ok(reply)
}

/// Turns a reseller into a customer with the same ID. A customer can have neither customers nor plans:
/// the customers must be moved to another owner first, and the plans are deleted.
fn convert_to_customer(state: &mut State, id: u64, plan: Option<&str>) -> Result<(), Refusal> {
    state.require_administrator()?;
    if !state.customers_of(id).is_empty() {
        let text = "The reseller has customers; move them to another owner first";
        return Err(Refusal::new(ErrorCode::OPERATION_FAILED, text));
    }
    let plan = match plan {
        None => None,
        Some(name) => Some(find_service_plan(state, ADMINISTRATOR_ID, &Key::name(name))?.id),
    };
    if let Some(reseller) = state.resellers.remove(&id) {
        state.customers.insert(id, Account { reseller: ResellerSettings::default(), ..reseller });
        state.delete_plans_of(id);
        state.assign_plan_to_subscriptions_of(id, plan);
    }
    Ok(())
}

fn switch_plan(state: &State, reseller: &mut Account, plan: &SwitchSubscriptionPlan) -> Result<(), Refusal> {
    state.require_administrator()?;
    match plan {
        // The settings stay as they are.
        SwitchSubscriptionPlan::NoPlan(_) => reseller.reseller.plan = None,
        plan => reseller.reseller.follow_plan(find_reseller_plan(state, &plan.clone().into_key()?)?),
    }
    Ok(())
}

/// Changes the application list of each reseller that the filter selects.
fn edit_applications(
    state: &mut State,
    filter: Filter,
    edit: impl Fn(&State, &mut ApplicationList) -> Result<(), Refusal>,
) -> Result<EachReply<Matched>, Refusal> {
    RESELLERS.edit_each(state, filter, |state, reseller| edit(state, &mut reseller.reseller.applications))
}

/// Returns the IDs of a reseller and of its customers.
fn with_customers(state: &State, id: u64) -> Vec<u64> {
    [vec![id], state.customers_of(id)].concat()
}
