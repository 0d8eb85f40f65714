//! Operator `event_log`: what was changed through the API.

use plesk_protocol::event_log::{
    GetEvents, GetEventsResult, GetEventsResultEvent, GetLastIdResult, GetResult, GetResultEvent, Request, Requests,
    Response, Responses,
};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::reply::single_reply;
use crate::state::{Event, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Get(get) => {
            // The default `true` of the schema is that of an empty element. Without the element, clients read the events
            // with `get` and then again with `get_events`.
            let flush = get.options.and_then(|options| options.flush_selected_range).unwrap_or(false);
            Response::Get(single_reply(read_all(state, flush)))
        }
        Request::GetEvents(get) => Response::GetEvents(single_reply(read_selected(state, &get))),
        Request::GetLastId(_) => Response::GetLastId(single_reply(state.require_administrator().map(|()| {
            let last = state.events.last_id();
            // The protocol has no ID 0, which a log without any event would have.
            (last > 0).then(|| build(|result: &mut GetLastIdResult| result.id = last.into()))
        }))),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns all events, and removes them if `flush` is set.
fn read_all(state: &mut State, flush: bool) -> Result<GetResult, Refusal> {
    state.require_administrator()?;
    let event = |event: &Event| {
        build(|data: &mut GetResultEvent| {
            data.r#type = event.kind.clone();
            data.time = seconds(event);
            data.class = event.class.clone();
            data.id.clone_from(&event.object);
        })
    };
    let events = state.events.iter().map(event).collect();
    if flush {
        state.events.clear();
    }
    Ok(build(|result: &mut GetResult| result.event = events))
}

/// Returns the events after an ID, of the requested types and classes.
fn read_selected(state: &State, get: &GetEvents) -> Result<GetEventsResult, Refusal> {
    state.require_administrator()?;
    let after = get.last_id.map_or(0, |id| id.get());
    let wanted = |event: &&Event| {
        event.id > after
            && get.events.as_ref().is_none_or(|wanted| {
                wanted.event.iter().any(|wanted| wanted.r#type == event.kind && wanted.class == event.class)
            })
    };
    let event = |event: &Event| {
        build(|data: &mut GetEventsResultEvent| {
            data.id = event.id.into();
            data.r#type = event.kind.clone();
            data.time = seconds(event);
            data.class = event.class.clone();
            data.obj_id.clone_from(&event.object);
            data.user.clone_from(&event.user);
            data.host = event.host.to_string();
        })
    };
    Ok(build(|result: &mut GetEventsResult| result.event = state.events.iter().filter(wanted).map(event).collect()))
}

/// Returns the time of an event, which the protocol counts in 32 bits.
fn seconds(event: &Event) -> u32 {
    u32::try_from(event.time).unwrap_or(u32::MAX)
}
