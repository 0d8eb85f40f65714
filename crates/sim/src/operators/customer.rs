//! Operator `customer`.

use plesk_protocol::customer::{
    Add, AddResult, ChangeOwner, ConvertToReseller, Data, Dataset, Request, Requests, Response, Responses, Set, Stat,
};
use plesk_wire::packet::ErrorCode;

use super::account_data;
use super::filter::{Key, Scope, find};
use super::selectors::Names;
use super::{domains, make, not_modelled, single, statistics};
use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, Account, State};

const CUSTOMERS: Scope<Account> = Scope {
    name: "Customer",
    objects: |state| &state.customers,
    objects_mut: |state| &mut state.customers,
    owner: None,
};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| one(state, request)).collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Add(add) => Response::Add(single(create(state, add).map(Some))),
        Request::Get(get) => {
            Response::Get(CUSTOMERS.read_each(state, get.filter, |state, one| read(state, one, &get.dataset))?)
        }
        Request::Del(del) => Response::Del(CUSTOMERS.each(state, del.filter, |state, id| {
            state.delete_customer(id);
            Ok(())
        })?),
        Request::Set(Set { filter, values, .. }) => Response::Set(CUSTOMERS.each(state, filter, |state, id| {
            let changes = values.gen_info.clone().map(Into::into);
            account_data::change(&CUSTOMERS, state, id, changes, |_| Ok(()))
        })?),
        Request::ConvertToReseller(ConvertToReseller { filter, reseller_plan_name: plan, .. }) => {
            let convert = |state: &mut State, id| convert_to_reseller(state, id, plan.as_deref());
            Response::ConvertToReseller(CUSTOMERS.each(state, filter, convert)?)
        }
        Request::ChangeOwner(change) => {
            let filter = change.filter.clone();
            Response::ChangeOwner(CUSTOMERS.each(state, filter, |state, id| change_owner(state, id, &change))?)
        }
        Request::GetDomainList(get) => {
            Response::GetDomainList(CUSTOMERS.read_each(state, get.filter, |state, one| domains::of(state, &[one.id]))?)
        }
        other => return Err(not_modelled(&other)),
    })
}

fn create(state: &mut State, mut add: Add) -> Result<AddResult, Refusal> {
    let owner = match add.gen_info.owner.take() {
        None => ADMINISTRATOR_ID,
        Some(owner) => find(state.providers(), &owner.named()?).ok_or_else(Refusal::no_owner)?.id,
    };
    let account = account_data::new_account(state, add.gen_info.into(), ErrorCode::ALREADY_EXISTS)?;
    let customer = state.add_customer(&account.login);
    let (id, guid) = (customer.id, customer.guid.clone());
    *customer = Account { id, guid: guid.clone(), owner, ..account };
    Ok(make(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

fn read(state: &State, account: &Account, dataset: &Dataset) -> Data {
    make(|data: &mut Data| {
        data.gen_info = dataset.gen_info.as_ref().map(|_| account_data::customer(state, account));
        data.stat = dataset.stat.as_ref().map(|_| {
            let sums = statistics::of(state, &[account.id]);
            make(|stat: &mut Stat| {
                stat.active_domains = sums.active_domains;
                stat.disk_space = sums.disk_space;
                stat.traffic = sums.traffic;
                stat.traffic_prevday = sums.traffic_yesterday;
            })
        });
    })
}

/// Makes a customer a reseller with the same ID. The subscriptions follow no plan any more: those
/// of the old provider are not the new reseller's to sell.
fn convert_to_reseller(state: &mut State, id: u64, plan: Option<&str>) -> Result<(), Refusal> {
    let plan = match plan {
        None => None,
        Some(name) => {
            let plan = find(state.reseller_plans.values(), &(Key::Name, name.to_owned()));
            Some(plan.ok_or_else(|| Refusal::not_found("Reseller plan"))?.clone())
        }
    };
    if let Some(mut customer) = state.customers.remove(&id) {
        customer.owner = ADMINISTRATOR_ID;
        if let Some(plan) = plan {
            customer.reseller.follow(&plan);
        }
        state.resellers.insert(id, customer);
        state.replan_subscriptions_of(id, None);
    }
    Ok(())
}

/// Gives a customer to another provider. The IP addresses are not looked at.
fn change_owner(state: &mut State, id: u64, change: &ChangeOwner) -> Result<(), Refusal> {
    let owner = find(state.providers(), &(Key::Name, change.new_owner_login.clone()));
    let owner = owner.ok_or_else(Refusal::no_owner)?.id;
    let plan = match &change.plan_name {
        None => None,
        Some(name) => {
            let plans = state.service_plans.values().filter(|plan| plan.owner == owner);
            Some(find(plans, &(Key::Name, name.clone())).ok_or_else(|| Refusal::not_found("Service plan"))?.id)
        }
    };
    if let Some(customer) = state.customers.get_mut(&id) {
        customer.owner = owner;
    }
    state.replan_subscriptions_of(id, plan);
    Ok(())
}
