//! Operator `extension`: installs extensions, and passes calls to them.

use plesk_protocol::extension::{
    Call, CallResult, Filter, GetResult, GetResultDetails, GetScope, Install, Request, Requests, Response, Responses,
};
use plesk_wire::packet::{ErrorCode, Outcome};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::reply::single_reply;
use crate::state::{Extension, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Install(install) => Response::Install(single_reply(self::install(state, &install))),
        Request::Uninstall(uninstall) => {
            Response::Uninstall(single_reply(state.require_administrator().and_then(|()| {
                let removed = state.extensions.remove(&uninstall.id);
                removed.map(|_| ()).ok_or_else(|| Refusal::not_found("Extension"))
            })))
        }
        Request::Call(request) => Response::Call(call(state, &request).into()),
        Request::Get(get) => Response::Get(self::get(state, &get.scope).into()),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Installs an extension. One that is installed stays as it is: there is no newer version.
///
/// Nothing is downloaded. The last part of a URL, without its suffix, is the ID.
fn install(state: &mut State, install: &Install) -> Result<(), Refusal> {
    state.require_administrator()?;
    let id = match install {
        Install::Id(id) => id.trim(),
        Install::Url(url) => {
            let file = url.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            file.strip_suffix(".zip").unwrap_or(file)
        }
        other => return Err(Refusal::not_modeled(other)),
    };
    if id.is_empty() {
        return Err(Refusal::invalid_value("The request names no extension"));
    }
    state.extensions.entry(id.to_owned()).or_insert_with(Extension::silent);
    Ok(())
}

fn get(state: &State, scope: &GetScope) -> Outcome<GetResult> {
    let details = |id: &String, extension: &Extension| {
        build(|details: &mut GetResultDetails| {
            details.id = Some(id.clone());
            details.name = Some(id.clone());
            details.version = Some(extension.version.clone());
            details.release = Some(extension.release.clone());
            details.active = Some(extension.active);
        })
    };
    let mut body = GetResult::placeholder();
    match scope {
        GetScope::Filter(Filter::Id(id)) => {
            body.filter_id = Some(id.clone());
            match state.extensions.get(id) {
                Some(extension) => body.details = vec![details(id, extension)],
                None => return Refusal::not_found("Extension").into_outcome(body),
            }
        }
        _ => body.details = state.extensions.iter().map(|(id, extension)| details(id, extension)).collect(),
    }
    Outcome::ok(body)
}

fn call(state: &State, request: &Call) -> Outcome<CallResult> {
    let result = |elements| build(|result: &mut CallResult| result.any = elements);
    let respond = || {
        let [element] = request.any.as_slice() else {
            return Err((ErrorCode::INVALID_VALUE, "A call names one extension".to_owned()));
        };
        match state.extensions.get(element.name()) {
            Some(extension) => extension.respond(element),
            None => Err((ErrorCode::OPERATION_FAILED, format!("Extension '{}' is not installed", element.name()))),
        }
    };
    match respond() {
        Ok(elements) => Outcome::ok(result(elements)),
        Err((code, text)) => Outcome::error(code, text, result(Vec::new())),
    }
}
