//! Operator `customer`.

use plesk_protocol::common::{DomainList, DomainListDomain, Matched};
use plesk_protocol::customer::{
    self, Add, AddGenInfoOwner, AddResult, ChangeOwner, ConvertToReseller, GetDomainListResult, GetResult, Request,
    Requests, Response, Responses, Set,
};
use plesk_wire::packet::{ErrorCode, Outcome};
use plesk_wire::xml::Content;

use super::customer_data::{self as data, check_login};
use super::filter::{By, Filter, Met, Scope};
use super::{make, not_modelled, or_bare_ok};
use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, Account, State};

const CUSTOMERS: Scope<Account> = Scope { name: "Customer", objects: |state| &state.customers, owner: None };

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| one(state, request)).collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Add(add) => {
            let result = match create(state, add) {
                Ok(created) => Outcome::ok(Some(created)),
                Err(refusal) => refusal.into_outcome(None),
            };
            Response::Add(result.into())
        }
        Request::Get(get) => {
            let filter = selected(get.filter)?;
            let met = CUSTOMERS.each(state, filter, |state, id| data::read(state, id, &get.dataset));
            let results = met.into_iter().map(|met| {
                found(met, |result: &mut GetResult, value, id, data| {
                    (result.filter_id, result.id, result.data) = (value, id.map(Into::into), data);
                })
            });
            let results = or_bare_ok(results.collect());
            Response::Get(results.into())
        }
        Request::Del(del) => {
            let results = each(state, selected(del.filter)?, |state, id| {
                state.delete_customer(id);
                Ok(())
            });
            Response::Del(results.into())
        }
        Request::Set(Set { filter, values, .. }) => {
            let results = each(state, selected(filter)?, |state, id| match &values.gen_info {
                Some(changes) => data::change(state, id, changes),
                None => Ok(()),
            });
            Response::Set(results.into())
        }
        Request::ConvertToReseller(ConvertToReseller { filter, reseller_plan_name, .. }) => {
            let results = each(state, selected(filter)?, |state, id| convert(state, id, reseller_plan_name.as_deref()));
            Response::ConvertToReseller(results.into())
        }
        Request::ChangeOwner(change) => {
            let filter = selected(change.filter.clone())?;
            let results = each(state, filter, |state, id| change_owner(state, id, &change));
            Response::ChangeOwner(results.into())
        }
        Request::GetDomainList(get) => {
            let met = CUSTOMERS.each(state, selected(get.filter)?, |state, id| Ok(domains(state, id)));
            let results = met.into_iter().map(|met| {
                found(met, |result: &mut GetDomainListResult, value, id, domains| {
                    (result.filter_id, result.id, result.domains) = (value, id.map(Into::into), domains);
                })
            });
            // Without any customer the answer is empty, as this operation may have it.
            Response::GetDomainList(results.collect())
        }
        other => return Err(not_modelled(&other)),
    })
}

fn selected(filter: customer::Filter) -> Result<Filter, Refusal> {
    use customer::Filter as F;
    Ok(match filter {
        F::Everything => Filter::Everything,
        F::Id(ids) => Filter::by(By::Id, ids),
        F::Login(logins) => Filter::by(By::Name, logins),
        F::Guid(guids) => Filter::by(By::Guid, guids),
        F::ExternalId(ids) => Filter::by(By::ExternalId, ids),
        F::OwnerId(ids) => Filter::by(By::OwnerId, ids),
        F::OwnerLogin(logins) => Filter::by(By::OwnerLogin, logins),
        other => return Err(not_modelled(&other)),
    })
}

/// Lets `act` deal with each selected customer: one `result` a customer, or a bare `ok`.
fn each(
    state: &mut State,
    filter: Filter,
    act: impl FnMut(&mut State, u64) -> Result<(), Refusal>,
) -> Vec<Outcome<Matched>> {
    or_bare_ok(CUSTOMERS.each(state, filter, act).into_iter().map(Met::into_outcome).collect())
}

/// The `result` of an operation that reads; `fill` puts the value of the filter, the ID and what
/// was read into it.
fn found<D, B: Content>(met: Met<D>, fill: impl FnOnce(&mut B, Option<String>, Option<u64>, Option<D>)) -> Outcome<B> {
    let (read, refusal) = match met.result {
        Ok(read) => (read, None),
        Err(refusal) => (None, Some(refusal)),
    };
    let body = make(|body| fill(body, met.value, met.id, read));
    match refusal {
        None => Outcome::ok(body),
        Some(refusal) => refusal.into_outcome(body),
    }
}

fn create(state: &mut State, add: Add) -> Result<AddResult, Refusal> {
    let info = add.gen_info;
    let owner = match &info.owner {
        None => ADMINISTRATOR_ID,
        Some(owner) => provider(state, owner)?,
    };
    check_login(state, &info.login, None)?;
    let account = data::new_account(info)?;
    let customer = state.add_customer(&account.login);
    let (id, guid) = (customer.id, customer.guid.clone());
    *customer = Account { id, guid: guid.clone(), owner, ..account };
    Ok(make(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

/// The ID of the administrator or reseller who is to own a new customer.
fn provider(state: &State, owner: &AddGenInfoOwner) -> Result<u64, Refusal> {
    let found = state.providers().find(|provider| match owner {
        AddGenInfoOwner::OwnerId(id) => provider.id.to_string() == id.to_string(),
        AddGenInfoOwner::OwnerLogin(login) => provider.login == *login,
        AddGenInfoOwner::OwnerExternalId(id) => provider.external_id.as_ref() == Some(id),
        _ => false,
    });
    found.map(|provider| provider.id).ok_or_else(Refusal::no_owner)
}

fn convert(state: &mut State, id: u64, plan: Option<&str>) -> Result<(), Refusal> {
    if plan.is_some() {
        let text = "The simulated Plesk does not model <reseller-plan-name>";
        return Err(Refusal::new(ErrorCode::OPERATION_FAILED, text));
    }
    if let Some(customer) = state.customers.remove(&id) {
        state.resellers.insert(id, Account { owner: ADMINISTRATOR_ID, ..customer });
    }
    Ok(())
}

/// Gives a customer to another provider. The IP addresses are not looked at.
fn change_owner(state: &mut State, id: u64, change: &ChangeOwner) -> Result<(), Refusal> {
    let owner = state.providers().find(|provider| provider.login == change.new_owner_login);
    let owner = owner.ok_or_else(Refusal::no_owner)?.id;
    let plan = match &change.plan_name {
        None => None,
        Some(name) => {
            let plan = state.service_plans.values().find(|plan| plan.owner == owner && plan.name == *name);
            Some(plan.ok_or_else(|| Refusal::not_found("Service plan"))?.id)
        }
    };
    if let Some(customer) = state.customers.get_mut(&id) {
        customer.owner = owner;
    }
    for subscription in state.subscriptions.values_mut().filter(|subscription| subscription.owner == id) {
        subscription.plan = plan;
    }
    Ok(())
}

/// The domains of a customer: the main one of each subscription, the only one that there is here.
fn domains(state: &State, customer: u64) -> DomainList {
    let subscriptions = state.subscriptions.values().filter(|subscription| subscription.owner == customer);
    let domains = subscriptions.map(|subscription| {
        make(|domain: &mut DomainListDomain| {
            domain.id = subscription.id.into();
            domain.name = subscription.name.clone();
            domain.ascii_name = subscription.name.clone();
            domain.r#type = "domain".to_owned();
            domain.main = true;
            domain.guid = subscription.guid.clone();
            domain.external_id = subscription.external_id.clone().unwrap_or_default();
        })
    });
    make(|list: &mut DomainList| list.domain = domains.collect())
}
