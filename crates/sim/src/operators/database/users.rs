//! Database users.

use plesk_protocol::common::Matched;
use plesk_protocol::database::{
    AddDbUser, AddDbUserDatabase, AddDbUserResult, DbFilter, GetDbUsersResult, SetDbUser, SetDbUserResult,
    SetDefaultUser, UserAcl, UserFilter, UserRemoteAccessRules,
};
use plesk_wire::packet::{EachReply, Outcome, Secret};
use plesk_wire::xml::{Any, Content};

use super::find_database;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::find_subscription;
use crate::shared::query::{Key, KeyKind};
use crate::shared::reply::each_reply;
use crate::shared::results::{ResultBody, Subject};
use crate::shared::scope::reply_to_keys;
use crate::state::{DatabaseUser, IndexKey, State};

/// The shortest password that is accepted, in characters.
const MIN_PASSWORD_LENGTH: usize = 5;

/// The roles that a user can have.
const ROLES: [&str; 3] = ["readWrite", "readOnly", "writeOnly"];

impl ResultBody for GetDbUsersResult {
    type Data = Self;

    fn set_subject(&mut self, subject: Subject) {
        self.filter_id = subject.key.map(|key| key.value);
        self.id = subject.id.map(Into::into);
    }

    fn set_data(&mut self, data: Self) {
        let (filter_id, id) = (self.filter_id.take(), self.id);
        *self = data;
        (self.filter_id, self.id) = (filter_id, id);
    }
}

/// Creates a user of one database, or of all databases of a subscription on one server. The first user of
/// a database becomes its default user.
pub(super) fn add(state: &mut State, add: AddDbUser) -> Result<AddDbUserResult, Refusal> {
    let (database, subscription, server) = match &add.database {
        AddDbUserDatabase::DbId(id) => {
            let database = &state.databases[&find_database(state, id.get())?];
            (Some(database.id), database.subscription, database.server)
        }
        AddDbUserDatabase::Webspace(webspace) => {
            let server = webspace.db_server_id.get();
            if !state.db_servers.contains_key(&server) {
                return Err(Refusal::not_found("Database server"));
            }
            (None, find_subscription(state, webspace.webspace_id.get())?, server)
        }
        other => return Err(Refusal::not_modeled(other)),
    };
    let user = DatabaseUser {
        id: 0,
        login: check_login(state, server, 0, &add.login)?,
        password: check_password(add.password)?,
        database,
        subscription,
        server,
        hosts: add.acl.map(|acl| acl.host).unwrap_or_default(),
        addresses: add.allow_access_from.map(|rules| rules.ip_address).unwrap_or_default(),
        role: check_role(add.role.as_deref().unwrap_or(ROLES[0]))?,
    };
    let id = state.next_id();
    state.database_users.insert(id, DatabaseUser { id, ..user });
    if let Some(database) = database.and_then(|database| state.databases.get_mut(&database)) {
        database.default_user.get_or_insert(id);
    }
    Ok(build(|result: &mut AddDbUserResult| result.id = id.into()))
}

/// Returns the login if no other user of the server has it.
fn check_login(state: &State, server: u64, own: u64, login: &str) -> Result<String, Refusal> {
    let login = login.trim();
    if login.is_empty() {
        return Err(Refusal::invalid_value("The login of the database user is empty"));
    }
    let mut others = state.database_users.lookup(IndexKey::Name(login)).into_iter();
    if others.any(|user| user.server == server && user.id != own) {
        return Err(Refusal::already_exists(&format!("The database user '{login}'")));
    }
    Ok(login.to_owned())
}

fn check_password(password: Secret) -> Result<Secret, Refusal> {
    if password.expose().chars().count() < MIN_PASSWORD_LENGTH {
        let text = format!("The password has fewer than {MIN_PASSWORD_LENGTH} characters");
        return Err(Refusal::invalid_value(&text));
    }
    Ok(password)
}

fn check_role(role: &str) -> Result<String, Refusal> {
    if ROLES.contains(&role) {
        return Ok(role.to_owned());
    }
    Err(Refusal::invalid_value(&format!("The role is '{role}'; it must be one of {}", ROLES.join(", "))))
}

/// Returns the ID of a user that the sender of the packet may change.
fn find(state: &State, id: u64) -> Result<u64, Refusal> {
    let user = state.database_users.get(&id).ok_or_else(|| Refusal::not_found("Database user"))?;
    find_subscription(state, user.subscription).map(|_| id)
}

/// Changes a user. Values that were not sent stay; a list that was sent replaces the whole list.
pub(super) fn set(state: &mut State, set: SetDbUser) -> Result<SetDbUserResult, Refusal> {
    let id = find(state, set.id.get())?;
    let mut user = state.database_users[&id].clone();
    if let Some(login) = &set.login {
        user.login = check_login(state, user.server, id, login)?;
    }
    if let Some(password) = set.password {
        user.password = check_password(password.password)?;
    }
    if let Some(role) = &set.role {
        user.role = check_role(role)?;
    }
    user.hosts = set.acl.map_or(user.hosts, |acl| acl.host);
    user.addresses = set.allow_access_from.map_or(user.addresses, |rules| rules.ip_address);
    state.database_users.insert(id, user);
    Ok(build(|result: &mut SetDbUserResult| result.id = Some(id.into())))
}

/// Runs `act` on each user that the filter selects, in order of creation, and returns one result for each.
pub(super) fn for_each<B: ResultBody>(
    state: &mut State,
    filter: UserFilter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let key = |id: u64| Some(Key::new(KeyKind::Id, id.to_string()));
    let of_database = |id: u64| {
        find_database(state, id)?;
        Ok(state.database_users.lookup_ids(IndexKey::Parent(id)))
    };
    let selected = match filter {
        UserFilter::Id(ids) => ids.iter().map(|id| (key(id.get()), find(state, id.get()).map(|id| vec![id]))).collect(),
        UserFilter::DbId(ids) => ids.iter().map(|id| (key(id.get()), of_database(id.get()))).collect(),
        _ => {
            let ids = state.database_users.keys().copied().filter(|id| find(state, *id).is_ok());
            vec![(None, Ok(ids.collect()))]
        }
    };
    reply_to_keys(selected, |id| act(state, id))
}

/// Returns the data of a user, without its password.
pub(super) fn read(state: &State, id: u64) -> Result<GetDbUsersResult, Refusal> {
    let user = state.database_users.get(&id).ok_or_else(|| Refusal::not_found("Database user"))?;
    Ok(build(|data: &mut GetDbUsersResult| {
        data.login = Some(Any::text(&user.login));
        data.db_id = user.database.map(Into::into);
        data.acl = Some(build(|acl: &mut UserAcl| acl.host.clone_from(&user.hosts)));
        data.allow_access_from =
            Some(build(|rules: &mut UserRemoteAccessRules| rules.ip_address.clone_from(&user.addresses)));
    }))
}

/// Sets the default user of a database. It must be a user of this database.
pub(super) fn set_default(state: &mut State, set: &SetDefaultUser) -> Result<(), Refusal> {
    let database = find_database(state, set.db_id.get())?;
    let user = find(state, set.default_user_id.get())?;
    if state.database_users[&user].database != Some(database) {
        return Err(Refusal::invalid_value("The database user does not belong to the database"));
    }
    if let Some(database) = state.databases.get_mut(&database) {
        database.default_user = Some(user);
    }
    Ok(())
}

/// Returns the ID of the default user of each database. A database without users has none.
pub(super) fn get_default(state: &State, filter: DbFilter) -> EachReply<Matched> {
    let keys: Vec<(Option<String>, Result<u64, Refusal>)> = match filter {
        DbFilter::DbId(ids) => ids
            .iter()
            .map(|id| {
                let id = id.to_text().unwrap_or_default().trim().to_owned();
                let found = id.parse().map_err(|_| Refusal::not_found("Database"));
                (Some(id), found.and_then(|id| find_database(state, id)))
            })
            .collect(),
        _ => {
            let ids = state.databases.keys().copied().filter(|id| find_database(state, *id).is_ok());
            ids.map(|id| (None, Ok(id))).collect()
        }
    };
    if keys.is_empty() {
        return each_reply([]);
    }
    let results = keys.into_iter().map(|(key, database)| {
        let mut body = Matched::placeholder();
        body.filter_id = key;
        match database {
            Err(refusal) => refusal.into_outcome(body),
            Ok(database) => {
                body.id = state.databases[&database].default_user.map(Into::into);
                Outcome::ok(body)
            }
        }
    });
    results.collect()
}
