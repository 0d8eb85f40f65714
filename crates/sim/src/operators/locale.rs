//! Operator `locale`: the languages of the panel.

use plesk_protocol::locale::{
    Filter, GetMessageFilter, GetResult, Info, MessageResult, Request, Requests, Response, Responses, Switched,
};
use plesk_wire::packet::{EachReply, Outcome};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::statistics::count;
use crate::state::State;

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Get(get) => R::Get(for_each(state, get.filter, |state, result: &mut GetResult, key, id| {
            (result.filter_id, result.id) = (key, Some(id.to_owned()));
            result.info = Some(read(state, id)?);
            Ok(())
        })),
        Request::GetMessage(get) => R::GetMessage(list_messages(state, get.filter, &get.id)?),
        Request::Enable(enable) => R::Enable(switch(state, enable.filter, true)),
        Request::Disable(disable) => R::Disable(switch(state, disable.filter, false)),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn not_found() -> Refusal {
    Refusal::not_found("Locale")
}

/// Runs `act` on each language that the filter selects. It gets the key of the filter, if there is one.
fn for_each<B: Content>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, &mut B, Option<String>, &str) -> Result<(), Refusal>,
) -> EachReply<B> {
    let ids: Vec<(Option<String>, String)> = match filter {
        Filter::Id(ids) => ids.iter().map(|id| (Some(id.clone()), id.clone())).collect(),
        _ => state.server.locales.keys().map(|id| (None, id.clone())).collect(),
    };
    let results = ids.into_iter().map(|(key, id)| {
        let mut body = B::placeholder();
        match act(state, &mut body, key, &id) {
            Ok(()) => Outcome::ok(body),
            Err(refusal) => refusal.into_outcome(body),
        }
    });
    results.collect()
}

fn switch(state: &mut State, filter: Filter, enabled: bool) -> EachReply<Switched> {
    for_each(state, filter, |state, result: &mut Switched, key, id| {
        (result.filter_id, result.id) = (key, Some(id.to_owned()));
        state.require_administrator()?;
        state.server.locales.get_mut(id).ok_or_else(not_found)?.enabled = enabled;
        Ok(())
    })
}

fn read(state: &State, id: &str) -> Result<Info, Refusal> {
    let locale = state.server.locales.get(id).ok_or_else(not_found)?;
    let accounts = state.customers.values().chain(state.resellers.values()).chain([&state.administrator]);
    let users = accounts.filter(|account| account.locale == id).count();
    Ok(build(|info: &mut Info| {
        id.clone_into(&mut info.id);
        info.lang.clone_from(&locale.language);
        info.country.clone_from(&locale.country);
        info.used = i32::try_from(count(users)).unwrap_or(i32::MAX);
        info.enabled = locale.enabled;
    }))
}

/// Returns the texts of the panel with these keys. The simulator has no panel, so it knows none of them.
fn list_messages(state: &State, filter: GetMessageFilter, locale: &str) -> Result<EachReply<MessageResult>, Refusal> {
    let GetMessageFilter::Key(keys) = filter else { return Err(Refusal::not_modeled(&filter)) };
    let known = state.server.locales.contains_key(locale);
    let results = keys.iter().map(|key| {
        let body = build(|result: &mut MessageResult| {
            result.filter_id = Some(key.clone());
            result.id = Some(locale.to_owned());
        });
        let refusal = if known { Refusal::not_found(&format!("Message '{key}'")) } else { not_found() };
        refusal.into_outcome(body)
    });
    Ok(results.collect())
}
