//! Operator `reseller`.

use plesk_protocol::common::Matched;
use plesk_protocol::reseller::{self, Request, Requests, Response, Responses};
use plesk_wire::packet::Outcome;

use super::filter::{By, Filter, Scope};
use super::{make, not_modelled, or_bare_ok};
use crate::refusal::Refusal;
use crate::state::{Account, State};

const RESELLERS: Scope<Account> = Scope { name: "Reseller", objects: |state| &state.resellers, owner: None };

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| match request {
        Request::Del(del) => {
            let result = delete(state, selected(del.filter)?);
            Ok(Response::Del(result.into()))
        }
        other => Err(not_modelled(&other)),
    });
    let items = items.collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn selected(filter: reseller::Filter) -> Result<Filter, Refusal> {
    use reseller::Filter as F;
    Ok(match filter {
        F::Everything | F::EverythingByEmptyFilter => Filter::Everything,
        F::Id(ids) => Filter::by(By::Id, ids),
        F::Login(logins) => Filter::by(By::Name, logins),
        F::Guid(guids) => Filter::by(By::Guid, guids),
        F::ExternalId(ids) => Filter::by(By::ExternalId, ids),
        other => return Err(not_modelled(&other)),
    })
}

fn delete(state: &mut State, filter: Filter) -> Vec<Outcome<Matched>> {
    let met = RESELLERS.each(state, filter, |state, id| {
        state.delete_reseller(id);
        Ok(())
    });
    let results = met.into_iter().map(|mut met| {
        // This operator documents a `filter-id` for everything, too: the ID.
        met.value = met.value.or(met.id.map(|id| id.to_string()));
        met.into_outcome()
    });
    or_bare_ok(results.collect())
}
