//! Operator `service-plan`.

use plesk_protocol::service_plan::{self, Del, DelResult, Object, Owner, Request, Requests, Response, Responses};
use plesk_wire::packet::Outcome;

use super::filter::{By, Filter, Met, Scope};
use super::{make, not_modelled, or_bare_ok};
use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, ServicePlan, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| match request {
        Request::Del(del) => {
            let result = delete(state, del)?;
            Ok(Response::Del(result.into()))
        }
        other => Err(not_modelled(&other)),
    });
    let items = items.collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn delete(state: &mut State, del: Del) -> Result<Vec<Outcome<DelResult>>, Refusal> {
    let filter = selected(del.filter)?;
    let owner = match owner(state, del.owner) {
        Ok(owner) => owner,
        // Nothing was looked for, so there is no plan to name.
        Err(refusal) => return Ok(vec![refusal.into_outcome(make(|_| ()))]),
    };
    let plans: Scope<ServicePlan> =
        Scope { name: "Service plan", objects: |state| &state.service_plans, owner: Some(owner) };
    let by = match &filter {
        Filter::Everything => By::Id,
        Filter::Values(by, _) => *by,
    };
    let met = plans.each(state, filter, |state, id| Ok(state.delete_service_plan(id)));
    Ok(or_bare_ok(met.into_iter().map(|met| outcome(by, met)).collect()))
}

/// The ID of the administrator or reseller whose plans are meant.
fn owner(state: &State, owner: Option<Owner>) -> Result<u64, Refusal> {
    let found = match owner {
        None => return Ok(ADMINISTRATOR_ID),
        Some(Owner::OwnerId(id)) => state.providers().find(|provider| provider.id == id.get()),
        Some(Owner::OwnerLogin(login)) => state.providers().find(|provider| provider.login == login),
        Some(_) => None,
    };
    found.map(|provider| provider.id).ok_or_else(Refusal::no_owner)
}

fn selected(filter: service_plan::Filter) -> Result<Filter, Refusal> {
    use service_plan::Filter as F;
    Ok(match filter {
        F::Everything => Filter::Everything,
        F::Id(ids) => Filter::by(By::Id, ids),
        F::Name(names) => Filter::by(By::Name, names),
        F::Guid(guids) => Filter::by(By::Guid, guids),
        F::ExternalId(ids) => Filter::by(By::ExternalId, ids),
        other => return Err(not_modelled(&other)),
    })
}

/// The `result` for one plan. It repeats the value of the filter under the name that it had there.
fn outcome(by: By, met: Met<usize>) -> Outcome<DelResult> {
    let mut body: DelResult = make(|_| ());
    body.object = match (by, met.value, met.id) {
        (By::Name, Some(name), _) => Some(Object::Name(name)),
        (By::Guid, Some(guid), _) => Some(Object::Guid(guid)),
        (By::ExternalId, Some(id), _) => Some(Object::ExternalId(id)),
        (_, Some(id), None) => id.parse::<u64>().ok().map(|id| Object::Id(id.into())),
        (_, _, id) => id.map(|id| Object::Id(id.into())),
    };
    match met.result {
        Ok(followers) => {
            let followers = followers.filter(|followers| *followers > 0);
            body.problems =
                followers.map(|n| format!("Subscriptions that followed this plan and follow none now: {n}"));
            Outcome::ok(body)
        }
        Err(refusal) => refusal.into_outcome(body),
    }
}
