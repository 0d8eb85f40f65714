//! Operator `php-handler`: the PHP interpreters that sites can use.

use plesk_protocol::php_handler::{
    DisableResult, DomainInfo, EnableResult, Filter, GetResult, GetUsageResult, Handler, Request, Requests, Response,
    Responses,
};
use plesk_wire::packet::{EachReply, ErrorCode};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::reply::each_reply;
use crate::state::{Hosting, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Get(get) => {
            Response::Get(for_each(state, get.filter, |state, id| Ok(Some(read_handler!(state, id => GetResult)))))
        }
        Request::Enable(enable) => Response::Enable(for_each(state, enable.filter, |state, id| {
            set_enabled(state, id, true)?;
            let handler = read_handler!(state, id => Handler);
            Ok(build(|result: &mut EnableResult| result.handler = Some(handler)))
        })),
        Request::Disable(disable) => Response::Disable(for_each(state, disable.filter, |state, id| {
            set_enabled(state, id, false)?;
            let handler = read_handler!(state, id => Handler);
            Ok(build(|result: &mut DisableResult| result.handler = Some(handler)))
        })),
        Request::GetUsage(get) => {
            Response::GetUsage(for_each(state, get.filter, |state, id| Ok(list_users(state, id))))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Reads a handler into one of the types that replies have for it; they have the same fields.
macro_rules! read_handler {
    ($state:expr, $id:expr => $result:ty) => {{
        let handler = &$state.server.php_handlers[$id];
        build(|result: &mut $result| {
            $id.clone_into(&mut result.id);
            result.display_name.clone_from(&handler.display_name);
            result.full_version.clone_from(&handler.full_version);
            result.version.clone_from(&handler.version);
            result.r#type.clone_from(&handler.kind);
            result.path = Some(handler.path.clone());
            result.clipath = Some(handler.cli_path.clone());
            result.phpini = Some(handler.ini.clone());
            result.custom = handler.custom.to_string();
            result.handler_status = if handler.enabled { "enabled" } else { "disabled" }.to_owned();
        })
    }};
}
use read_handler;

/// Runs `act` on each handler that the filter selects.
fn for_each<B: Content>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, &str) -> Result<B, Refusal>,
) -> EachReply<B> {
    let ids = match filter {
        Filter::Id(ids) => ids.into_vec(),
        _ => state.server.php_handlers.keys().cloned().collect(),
    };
    each_reply(ids.iter().map(|id| {
        if !state.server.php_handlers.contains_key(id) {
            // The wording is that of Plesk, and clients compare it.
            return Err(Refusal::new(ErrorCode::NOT_FOUND, "Php handler does not exists"));
        }
        act(state, id)
    }))
}

fn set_enabled(state: &mut State, id: &str, enabled: bool) -> Result<(), Refusal> {
    state.require_administrator()?;
    if let Some(handler) = state.server.php_handlers.get_mut(id) {
        handler.enabled = enabled;
    }
    Ok(())
}

/// Returns the domains whose hosting names the handler.
fn list_users(state: &State, id: &str) -> GetUsageResult {
    let uses = |hosting: &Hosting| match hosting {
        Hosting::Physical(properties) => properties.get("php_handler_id").is_some_and(|handler| handler.expose() == id),
        _ => false,
    };
    let main = state
        .subscriptions
        .values()
        .map(|subscription| (subscription.id, &subscription.name, subscription.owner, &subscription.hosting));
    let sites = state.sites.values().filter_map(|site| {
        Some((site.id, &site.name, state.subscriptions.get(&site.subscription)?.owner, &site.hosting))
    });
    let users = main.chain(sites).filter(|(_, _, owner, hosting)| state.may_access(*owner) && uses(hosting));
    build(|result: &mut GetUsageResult| {
        result.domain = users
            .map(|(id, name, ..)| {
                build(|info: &mut DomainInfo| {
                    info.id = id.to_string();
                    info.name.clone_from(name);
                })
            })
            .collect();
    })
}
