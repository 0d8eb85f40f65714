//! Operator `database`: databases and their users.

mod databases;
mod users;

use plesk_protocol::database::{Request, Requests, Response, Responses};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::find_subscription;
use crate::shared::reply::single_reply;
use crate::state::State;

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::AddDb(add) => R::AddDb(single_reply(databases::add(state, add).map(Some))),
        Request::DelDb(del) => R::DelDb(databases::for_each(state, del.filter, |state, id| {
            state.delete_database(id);
            Ok(())
        })),
        Request::GetDb(get) => R::GetDb(databases::for_each(state, get.filter, |state, id| databases::read(state, id))),
        Request::AssignToSubscription(assign) => {
            let subscription = assign.webspace_id.get();
            R::AssignToSubscription(databases::for_each(state, assign.filter, |state, id| {
                databases::assign(state, id, subscription)
            }))
        }
        Request::SetDefaultUser(set) => R::SetDefaultUser(single_reply(users::set_default(state, &set))),
        Request::GetDefaultUser(get) => R::GetDefaultUser(users::get_default(state, get.filter)),
        Request::AddDbUser(add) => R::AddDbUser(single_reply(users::add(state, add).map(Some))),
        Request::DelDbUser(del) => R::DelDbUser(users::for_each(state, del.filter, |state, id| {
            state.delete_database_user(id);
            Ok(())
        })),
        Request::GetDbUsers(get) => {
            R::GetDbUsers(users::for_each(state, get.filter, |state, id| users::read(state, id)))
        }
        Request::SetDbUser(set) => R::SetDbUser(single_reply(users::set(state, set))),
        Request::SetCustomHost(set) => R::SetCustomHost(databases::for_each(state, set.filter, |state, id| {
            if let Some(database) = state.databases.get_mut(&id) {
                database.custom_host = Some(set.host.clone());
            }
            Ok(())
        })),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns the ID of a database that the sender of the packet may change.
fn find_database(state: &State, id: u64) -> Result<u64, Refusal> {
    let database = state.databases.get(&id).ok_or_else(|| Refusal::not_found("Database"))?;
    find_subscription(state, database.subscription).map(|_| id)
}
