//! Databases.

use plesk_protocol::database::{AddDb, AddDbResult, Filter, GetDbResult, GetDbResultDatabase};
use plesk_wire::packet::{EachReply, ErrorCode};

use super::find_database;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::{find_subscription, find_subscription_named};
use crate::shared::limits::require_within_limit;
use crate::shared::query::{Key, KeyKind};
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::reply_to_keys;
use crate::state::{IndexKey, State};

impl_result_body! {
    GetDbResult { database: GetDbResultDatabase }
}

/// Creates a database on the requested server, or on the default one of its type.
pub(super) fn add(state: &mut State, add: AddDb) -> Result<AddDbResult, Refusal> {
    let subscription = find_subscription(state, add.webspace_id.get())?;
    let server = match add.db_server_id {
        Some(id) => {
            let server = state.db_servers.get(&id.get()).ok_or_else(|| Refusal::not_found("Database server"))?;
            if server.kind != add.r#type {
                let text = format!("The database server is of type '{}', not '{}'", server.kind, add.r#type);
                return Err(Refusal::new(ErrorCode::WRONG_DATABASE_SERVER_TYPE, text));
            }
            server
        }
        None => {
            let mut servers = state.db_servers.values();
            let text = format!("There is no default database server of type '{}'", add.r#type);
            let none = Refusal::new(ErrorCode::DATABASE_SERVER_NOT_CONFIGURED, text);
            servers.find(|server| server.kind == add.r#type && server.is_default).ok_or(none)?
        }
    };
    let name = add.name.trim();
    if name.is_empty() {
        return Err(Refusal::invalid_value("The name of the database is empty"));
    }
    if state.databases.lookup(IndexKey::Name(name)).iter().any(|other| other.server == server.id) {
        return Err(Refusal::already_exists(&format!("The database '{name}'")));
    }
    let server = server.id;
    let used = || state.databases.lookup_ids(IndexKey::Subscription(subscription)).len();
    require_within_limit(state, subscription, "max_db", used)?;
    let id = state.add_database(subscription, server, name).id;
    Ok(build(|result: &mut AddDbResult| result.id = id.into()))
}

/// Runs `act` on each database that the filter selects, in order of creation, and returns one result for
/// each.
pub(super) fn for_each<B: ResultBody>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let id_key = |id: &dyn ToString| Key::new(KeyKind::Id, id.to_string());
    let of_subscription =
        |state: &State, id: Result<u64, Refusal>| Ok(state.databases.lookup_ids(IndexKey::Subscription(id?)));
    let selected = match filter {
        Filter::Id(ids) => ids
            .iter()
            .map(|id| {
                let id = id.to_text().unwrap_or_default();
                let found = id.trim().parse().map_err(|_| Refusal::not_found("Database"));
                (Some(id_key(&id)), found.and_then(|id| find_database(state, id)).map(|id| vec![id]))
            })
            .collect(),
        Filter::WebspaceId(ids) => ids
            .iter()
            .map(|id| (Some(id_key(id)), of_subscription(state, find_subscription(state, id.get()))))
            .collect(),
        Filter::WebspaceName(names) => names
            .iter()
            .map(|name| {
                let key = Key::name(name.to_string());
                (Some(key), of_subscription(state, find_subscription_named(state, &name.to_string())))
            })
            .collect(),
        _ => {
            let ids = state.databases.keys().copied().filter(|id| find_database(state, *id).is_ok());
            vec![(None, Ok(ids.collect()))]
        }
    };
    reply_to_keys(selected, |id| act(state, id))
}

/// Returns the data of a database.
pub(super) fn read(state: &State, id: u64) -> Result<GetDbResultDatabase, Refusal> {
    let database = state.databases.get(&id).ok_or_else(|| Refusal::not_found("Database"))?;
    Ok(build(|data: &mut GetDbResultDatabase| {
        data.name.clone_from(&database.name);
        data.r#type.clone_from(&database.kind);
        data.webspace_id = database.subscription.into();
        data.db_server_id = database.server.into();
        data.default_user_id = database.default_user.map(Into::into);
    }))
}

/// Moves a database, with its users, to another subscription.
pub(super) fn assign(state: &mut State, id: u64, subscription: u64) -> Result<(), Refusal> {
    find_subscription(state, subscription)?;
    if let Some(database) = state.databases.get_mut(&id) {
        database.subscription = subscription;
    }
    for user in state.database_users.lookup_ids(IndexKey::Parent(id)) {
        if let Some(user) = state.database_users.get_mut(&user) {
            user.subscription = subscription;
        }
    }
    Ok(())
}
