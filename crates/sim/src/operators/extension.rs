//! Operator `extension`: passes calls to the extensions that are installed.

use plesk_protocol::extension::{Call, CallResult, Request, Requests, Response, Responses};
use plesk_wire::packet::{ErrorCode, Outcome};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::state::State;

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Call(request) => Response::Call(call(state, &request).into()),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn call(state: &State, request: &Call) -> Outcome<CallResult> {
    let result = |elements| build(|result: &mut CallResult| result.any = elements);
    let respond = || {
        let [element] = request.any.as_slice() else {
            return Err((ErrorCode::INVALID_VALUE, "A call names one extension".to_owned()));
        };
        match state.extensions.get(element.name()) {
            Some(extension) => extension.respond(element),
            None => Err((ErrorCode::NOT_FOUND, format!("Extension {} is not installed", element.name()))),
        }
    };
    match respond() {
        Ok(elements) => Outcome::ok(result(elements)),
        Err((code, text)) => Outcome::error(code, text, result(Vec::new())),
    }
}
