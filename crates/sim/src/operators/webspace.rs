//! Operator `webspace`: subscriptions.

use plesk_protocol::webspace::{self, Request, Requests, Response, Responses};

use super::filter::{By, Filter, Met, Scope};
use super::{make, not_modelled};
use crate::refusal::Refusal;
use crate::state::{State, Subscription};

const SUBSCRIPTIONS: Scope<Subscription> =
    Scope { name: "Subscription", objects: |state| &state.subscriptions, owner: None };

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| match request {
        Request::Del(del) => {
            let met = SUBSCRIPTIONS.each(state, selected(del.filter)?, |state, id| {
                state.subscriptions.remove(&id);
                Ok(())
            });
            let results = met.into_iter().map(Met::into_outcome);
            // Without any subscription the answer is empty, as this operator may have it.
            Ok(Response::Del(results.collect()))
        }
        other => Err(not_modelled(&other)),
    });
    let items = items.collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn selected(filter: webspace::Filter) -> Result<Filter, Refusal> {
    use webspace::Filter as F;
    Ok(match filter {
        F::Everything => Filter::Everything,
        F::Id(ids) => Filter::by(By::Id, ids),
        F::Name(names) => Filter::by(By::Name, names),
        F::Guid(guids) => Filter::by(By::Guid, guids),
        F::ExternalId(ids) => Filter::by(By::ExternalId, ids),
        F::OwnerId(ids) => Filter::by(By::OwnerId, ids),
        F::OwnerLogin(logins) => Filter::by(By::OwnerLogin, logins),
        F::OwnerGuid(guids) => Filter::by(By::OwnerGuid, guids),
        F::OwnerExternalId(ids) => Filter::by(By::OwnerExternalId, ids),
        other => return Err(not_modelled(&other)),
    })
}
