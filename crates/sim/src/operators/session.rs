//! Operator `session`: lists and closes sessions of the panel.

use plesk_protocol::session::{GetResult, Request, Requests, Response, Responses, Session, Terminate};
use plesk_wire::packet::Outcome;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::state::{self, ADMINISTRATOR_ID, IndexKey, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Get(_) => Response::Get(get(state).into()),
        Request::Terminate(terminate) => Response::Terminate(close(state, &terminate).into()),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn get(state: &State) -> Outcome<GetResult> {
    let visible = |session: &&state::Session| may_access(state, session);
    let sessions = state.sessions.values().filter(visible).map(read).collect();
    Outcome::ok(build(|result: &mut GetResult| result.session = sessions))
}

/// Returns `true` if the sender of the packet may see and close the session: that of an account which it may
/// access. Only the administrator may if there is no such account.
fn may_access(state: &State, session: &state::Session) -> bool {
    let owner = state.lookup_account(IndexKey::Name(&session.login)).map(|account| account.id);
    state.may_access(owner.unwrap_or(ADMINISTRATOR_ID))
}

fn read(session: &state::Session) -> Session {
    build(|data: &mut Session| {
        data.id = session.id.clone();
        data.r#type = session.kind.clone();
        data.ip_address = session.ip_address.to_string();
        data.login = session.login.clone();
        data.login_time = session.login_time.clone();
        data.idle = session.idle.clone();
    })
}

fn close(state: &mut State, terminate: &Terminate) -> Outcome<()> {
    let sessions = state.sessions.lookup_ids(IndexKey::Session(terminate.session_id.expose()));
    match sessions.first() {
        Some(session) if !may_access(state, &state.sessions[session]) => Refusal::permission_denied().into_outcome(()),
        Some(session) => {
            state.sessions.remove(session);
            Outcome::ok(())
        }
        None => Refusal::not_found("Session").into_outcome(()),
    }
}
