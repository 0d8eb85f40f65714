//! Operator `customer`.

use plesk_protocol::common::DomainList;
use plesk_protocol::customer::{
    Add, AddGenInfoOwner, AddResult, ChangeOwner, ConvertToReseller, Data, Dataset, Filter, GetDomainListResult,
    GetGenInfo, GetResult, Request, Requests, Response, Responses, Set, Stat,
};
use plesk_wire::packet::ErrorCode;

use crate::refusal::Refusal;
use crate::shared::accounts::{change_account, copy_general_info, new_account};
use crate::shared::build::build;
use crate::shared::domains::list_domains;
use crate::shared::limits::require_within_reseller_limit;
use crate::shared::plans::{find_reseller_plan, find_service_plan};
use crate::shared::query::{IntoKey, Key, impl_into_filter, impl_into_key};
use crate::shared::reply::single_reply;
use crate::shared::results::impl_result_body;
use crate::shared::scope::{Scope, find_provider};
use crate::shared::statistics;
use crate::state::{ADMINISTRATOR_ID, Account, State};

const CUSTOMERS: Scope<Account> = Scope {
    name: "Customer",
    objects: |state| &state.customers,
    objects_mut: |state| &mut state.customers,
    owner: None,
};

impl_into_filter! {
    Filter {
        Everything => Everything,
        Id => Keys(Id),
        Login => Keys(Name),
        Guid => Keys(Guid),
        ExternalId => Keys(ExternalId),
        OwnerId => OwnerKeys(Id),
        OwnerLogin => OwnerKeys(Name),
    }
}

impl_into_key! {
    AddGenInfoOwner { OwnerId => Id, OwnerLogin => Name, OwnerExternalId => ExternalId, }
}

impl_result_body! {
    GetResult { data: Data }
    GetDomainListResult { domains: DomainList }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Add(add) => Response::Add(single_reply(create(state, add).map(Some))),
        Request::Get(get) => Response::Get(
            CUSTOMERS.read_each(state, get.filter, |state, customer| read(state, customer, &get.dataset))?,
        ),
        Request::Del(del) => Response::Del(CUSTOMERS.for_each(state, del.filter, |state, id| {
            state.require_provider()?;
            state.delete_customer(id);
            Ok(())
        })?),
        Request::Set(Set { filter, values, .. }) => Response::Set(CUSTOMERS.for_each(state, filter, |state, id| {
            let update = values.gen_info.clone().map(Into::into);
            change_account(&CUSTOMERS, state, id, update, |_| Ok(()))
        })?),
        Request::ConvertToReseller(ConvertToReseller { filter, reseller_plan_name: plan, .. }) => {
            let convert = |state: &mut State, id| convert_to_reseller(state, id, plan.as_deref());
            Response::ConvertToReseller(CUSTOMERS.for_each(state, filter, convert)?)
        }
        Request::ChangeOwner(change) => {
            let filter = change.filter.clone();
            Response::ChangeOwner(CUSTOMERS.for_each(state, filter, |state, id| change_owner(state, id, &change))?)
        }
        Request::GetDomainList(get) => {
            Response::GetDomainList(
                CUSTOMERS.read_each(state, get.filter, |state, customer| list_domains(state, &[customer.id]))?,
            )
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn create(state: &mut State, mut add: Add) -> Result<AddResult, Refusal> {
    state.require_provider()?;
    let owner = match add.gen_info.owner.take() {
        None => None,
        Some(owner) => Some(find_provider(state, &owner.into_key()?).ok_or_else(Refusal::owner_not_found)?.id),
    };
    let owner = state.owner_or_caller(owner)?;
    require_within_reseller_limit(state, owner, "max_cl", || state.customers_of(owner).len())?;
    let account = new_account(state, add.gen_info.into(), ErrorCode::ALREADY_EXISTS)?;
    let customer = state.add_customer(&account.login);
    let (id, guid) = (customer.id, customer.guid.clone());
    *customer = Account { id, guid: guid.clone(), owner, ..account };
    Ok(build(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

fn read(state: &State, account: &Account, dataset: &Dataset) -> Data {
    build(|data: &mut Data| {
        data.gen_info = dataset.gen_info.as_ref().map(|_| read_general_info(state, account));
        data.stat = dataset.stat.as_ref().map(|_| {
            let usage = statistics::total_usage(state, &[account.id]);
            build(|stat: &mut Stat| {
                stat.active_domains = usage.active_domains;
                stat.disk_space = usage.disk_space;
                stat.traffic = usage.traffic;
                stat.traffic_previous_day = usage.traffic_yesterday;
            })
        });
    })
}

fn read_general_info(state: &State, account: &Account) -> GetGenInfo {
    let owner = state.provider(account.owner);
    build(|info: &mut GetGenInfo| {
        copy_general_info!(account => info);
        info.owner_id = Some(account.owner.into());
        info.owner_login = owner.map(|owner| owner.login.clone());
        info.vendor_guid = owner.map(|owner| owner.guid.clone());
    })
}

/// Turns a customer into a reseller with the same ID. The subscriptions then follow no plan, because
/// a reseller cannot sell the plans of the previous provider.
fn convert_to_reseller(state: &mut State, id: u64, plan: Option<&str>) -> Result<(), Refusal> {
    state.require_administrator()?;
    let plan = match plan {
        None => None,
        Some(name) => Some(find_reseller_plan(state, &Key::name(name))?.clone()),
    };
    if let Some(mut customer) = state.customers.remove(&id) {
        customer.owner = ADMINISTRATOR_ID;
        if let Some(plan) = plan {
            customer.reseller.follow_plan(&plan);
        }
        state.resellers.insert(id, customer);
        state.assign_plan_to_subscriptions_of(id, None);
    }
    Ok(())
}

/// Moves a customer to another provider. The IP addresses of the request are ignored.
fn change_owner(state: &mut State, id: u64, change: &ChangeOwner) -> Result<(), Refusal> {
    state.require_administrator()?;
    let owner = find_provider(state, &Key::name(&change.new_owner_login));
    let owner = owner.ok_or_else(Refusal::owner_not_found)?.id;
    let plan = match &change.plan_name {
        None => None,
        Some(name) => Some(find_service_plan(state, owner, &Key::name(name))?.id),
    };
    if let Some(customer) = state.customers.get_mut(&id) {
        customer.owner = owner;
    }
    state.assign_plan_to_subscriptions_of(id, plan);
    Ok(())
}
