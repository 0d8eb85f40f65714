//! Operator `mail`: mail accounts, and how domains handle mail.

mod accounts;
mod prefs;

use plesk_protocol::common::MailProvider;
use plesk_protocol::mail::{
    GetAvailableMailProvidersResult, Mailname, RemoveResult, Request, Requests, Response, Responses, UpdateAddResult,
    UpdateRemoveResult, UpdateRequest, UpdateResponse, UpdateSetResult,
};
use plesk_wire::xml::Any;

use self::accounts::Edit;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::reply::{each_reply, single_reply};
use crate::state::State;

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

/// Builds the results of an operation that repeat the name of the account.
macro_rules! named_results {
    ($outcomes:expr => $result:ty) => {
        $outcomes
            .into_iter()
            .map(|(name, outcome)| {
                let body = build(|result: &mut $result| {
                    result.mailname = Some(build(|mailname: &mut Mailname| mailname.name = name));
                });
                match outcome {
                    Ok(()) => plesk_wire::packet::Outcome::ok(body),
                    Err(refusal) => Refusal::into_outcome(refusal, body),
                }
            })
            .collect()
    };
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Create(create) => R::Create(accounts::create(state, create.filter)),
        Request::Update(UpdateRequest::Add(update)) => R::Update(UpdateResponse::Add(
            named_results!(accounts::edit_lists(state, update.filter, Edit::Add) => UpdateAddResult),
        )),
        Request::Update(UpdateRequest::Remove(update)) => R::Update(UpdateResponse::Remove(
            named_results!(accounts::edit_lists(state, update.filter, Edit::Remove) => UpdateRemoveResult),
        )),
        Request::Update(UpdateRequest::Set(update)) => {
            R::Update(UpdateResponse::Set(named_results!(accounts::set(state, update.filter) => UpdateSetResult)))
        }
        Request::Update(other) => return Err(Refusal::not_modeled(&other)),
        Request::GetInfo(get) => R::GetInfo(accounts::get_info(state, &get)),
        Request::Remove(remove) => {
            let outcomes = accounts::remove(state, remove.filter);
            if outcomes.is_empty() {
                // The site has no accounts.
                return Ok(R::Remove(each_reply([])));
            }
            R::Remove(named_results!(outcomes => RemoveResult))
        }
        Request::Enable(enable) => R::Enable(each_reply([prefs::set_enabled(state, enable.site_id.get(), true)])),
        Request::Disable(disable) => R::Disable(each_reply([prefs::set_enabled(state, disable.site_id.get(), false)])),
        Request::SetPrefs(set) => R::SetPrefs(prefs::set(state, set)),
        Request::GetPrefs(get) => R::GetPrefs(prefs::get(state, get.filter)),
        Request::Rename(rename) => R::Rename(single_reply(accounts::rename(state, &rename))),
        Request::GetAvailableMailProviders(_) => {
            R::GetAvailableMailProviders(each_reply([Ok(build(|result: &mut GetAvailableMailProvidersResult| {
                result.mail_provider = vec![MailProvider::Local(Any::empty())];
            }))]))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}
