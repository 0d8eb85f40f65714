//! Operator `session`.

use plesk_protocol::session::{GetResult, Request, Requests, Response, Responses, Session, Terminate};
use plesk_wire::packet::Outcome;

use super::{make, not_modelled};
use crate::refusal::Refusal;
use crate::state::{self, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| match request {
        Request::Get(_) => Ok(Response::Get(get(state).into())),
        Request::Terminate(terminate) => Ok(Response::Terminate(close(state, &terminate).into())),
        other => Err(not_modelled(&other)),
    });
    let items = items.collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn get(state: &State) -> Outcome<GetResult> {
    Outcome::ok(make(|result: &mut GetResult| result.session = state.sessions.iter().map(shown).collect()))
}

fn shown(session: &state::Session) -> Session {
    make(|shown: &mut Session| {
        shown.id = session.id.clone();
        shown.r#type = session.kind.clone();
        shown.ip_address = session.ip_address.to_string();
        shown.login = session.login.clone();
        shown.login_time = session.login_time.clone();
        shown.idle = session.idle.clone();
    })
}

fn close(state: &mut State, terminate: &Terminate) -> Outcome<()> {
    match state.sessions.iter().position(|session| session.id == terminate.session_id) {
        Some(at) => {
            state.sessions.remove(at);
            Outcome::ok(())
        }
        None => Refusal::not_found("Session").into_outcome(()),
    }
}
