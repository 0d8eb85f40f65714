//! Operator `db_server`: the database servers.

use plesk_protocol::db_server::{
    Add, DefaultServer, DelResult, Error, Filter, GetDefaultFilter, GetFilter, GetLocalFilter, GetResult,
    GetResultData, GetSupportedTypesResult, Request, Response, Responses, SelectedServer, Set, SetDefault,
    SetDefaultResult, SetResult,
};
use plesk_wire::packet::{EachReply, ErrorCode, Outcome};
use plesk_wire::xml::Any;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::reply::{each_reply, single_reply};
use crate::state::{DbServer, IndexKey, State};

/// The types of database servers that can be added.
const TYPES: [&str; 2] = ["mysql", "postgresql"];

pub(super) fn run(state: &mut State, request: Request) -> Result<Responses, Refusal> {
    let response = run_one(state, request)?;
    Ok(build(|responses: &mut Responses| responses.items = vec![response]))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(request) => R::Add(single_reply(
            add(state, request).map(|id| Some(build(|result: &mut SelectedServer| result.id = id.into()))),
        )),
        Request::Set(request) => R::Set(single_reply(
            set(state, request).map(|id| build(|result: &mut SetResult| result.id = Some(id.into()))),
        )),
        Request::Del(del) => R::Del(delete(state, del.filter)),
        Request::SetDefault(request) => R::SetDefault(single_reply(
            set_default(state, &request).map(|id| build(|result: &mut SetDefaultResult| result.id = Some(id.into()))),
        )),
        Request::GetDefault(get) => {
            let types = match get.filter {
                GetDefaultFilter::Type(types) => types.into_vec(),
                _ => all_types(),
            };
            R::GetDefault(each_of_type(state, types, |server| server.is_default))
        }
        Request::Get(get) => R::Get(read_each(state, get.filter)),
        Request::GetSupportedTypes(_) => {
            R::GetSupportedTypes(single_reply(Ok(build(|result: &mut GetSupportedTypesResult| {
                result.r#type = all_types();
            }))))
        }
        Request::GetLocal(get) => {
            let types = match get.filter {
                GetLocalFilter::Type(types) => types.into_vec(),
                _ => all_types(),
            };
            R::GetLocal(each_of_type(state, types, |server| server.local))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn all_types() -> Vec<String> {
    TYPES.map(str::to_owned).into()
}

fn not_found() -> Refusal {
    Refusal::not_found("Database server")
}

fn add(state: &mut State, add: Add) -> Result<u64, Refusal> {
    state.require_administrator()?;
    if !TYPES.contains(&add.r#type.as_str()) {
        let text = format!("The database server type '{}' is not supported", add.r#type);
        return Err(Refusal::new(ErrorCode::WRONG_DATABASE_SERVER_TYPE, text));
    }
    let port = parse_port(&add.port)?;
    if add.host.trim().is_empty() || add.admin.trim().is_empty() {
        return Err(Refusal::invalid_value("A database server needs a host and the login of its administrator"));
    }
    check_address(state, 0, &add.host, port)?;
    let first = !state.db_servers.values().any(|server| server.kind == add.r#type);
    let server = state.add_db_server(&add.r#type, &add.host, port);
    (server.admin, server.password) = (add.admin, add.password);
    let id = server.id;
    if add.default || first {
        make_default(state, id);
    }
    Ok(id)
}

fn parse_port(text: &str) -> Result<u16, Refusal> {
    let port = text.trim().parse().ok().filter(|port| *port > 0);
    port.ok_or_else(|| Refusal::invalid_value(&format!("'{text}' is not a port")))
}

/// Checks that no other server has this address.
fn check_address(state: &State, own: u64, host: &str, port: u16) -> Result<(), Refusal> {
    let mut others = state.db_servers.values().filter(|server| server.id != own);
    match others.any(|server| server.host == host && server.port == port) {
        true => Err(Refusal::already_exists(&format!("The database server {host}:{port}"))),
        false => Ok(()),
    }
}

fn set(state: &mut State, set: Set) -> Result<u64, Refusal> {
    state.require_administrator()?;
    let id = set.id.get();
    let server = state.db_servers.get(&id).ok_or_else(not_found)?;
    let host = set.host.unwrap_or_else(|| server.host.clone());
    let port = set.port.map_or(Ok(server.port), |port| parse_port(&port.to_string()))?;
    if server.local && host != server.host {
        return Err(Refusal::invalid_value("The host of the local database server cannot be changed"));
    }
    check_address(state, id, &host, port)?;
    if let Some(server) = state.db_servers.get_mut(&id) {
        (server.host, server.port) = (host, port);
        server.admin = set.admin.unwrap_or_else(|| server.admin.clone());
        server.password = set.password.or(server.password.take());
    }
    Ok(id)
}

/// Removes database servers. One that is local, the default of its type, or in use stays.
fn delete(state: &mut State, filter: Filter) -> EachReply<DelResult> {
    let by_dsn = |state: &State, dsn: &str| {
        let server = state.db_servers.values().find(|server| format!("{}:{}", server.host, server.port) == dsn);
        server.map(|server| server.id)
    };
    let servers: Vec<Result<u64, Refusal>> = match filter {
        Filter::Ids(keys) => {
            let ids = keys.id.iter().map(|id| Ok(id.get()));
            ids.chain(keys.dsn.iter().map(|dsn| by_dsn(state, dsn).ok_or_else(not_found))).collect()
        }
        Filter::Dsn(dsns) => dsns.iter().map(|dsn| by_dsn(state, dsn).ok_or_else(not_found)).collect(),
        _ => state.db_servers.keys().copied().map(Ok).collect(),
    };
    let results = servers.into_iter().map(|id| match id {
        Err(refusal) => refusal.into_outcome(build(|_: &mut DelResult| {})),
        Ok(id) => {
            let result = build(|result: &mut DelResult| result.id = Some(id.into()));
            match delete_one(state, id) {
                Ok(()) => Outcome::ok(result),
                Err(refusal) => refusal.into_outcome(result),
            }
        }
    });
    results.collect()
}

fn delete_one(state: &mut State, id: u64) -> Result<(), Refusal> {
    state.require_administrator()?;
    let server = state.db_servers.get(&id).ok_or_else(not_found)?;
    let reason = if server.local {
        "The local database server cannot be removed"
    } else if server.is_default {
        "The default database server cannot be removed"
    } else if state.databases.lookup_first(IndexKey::DbServer(id)).is_some() {
        "The database server has databases"
    } else {
        state.db_servers.remove(&id);
        return Ok(());
    };
    Err(Refusal::new(ErrorCode::OPERATION_FAILED, reason))
}

/// Makes a database server the default of its type: the one with the ID, or the local one of the type.
fn set_default(state: &mut State, request: &SetDefault) -> Result<u64, Refusal> {
    state.require_administrator()?;
    let id = match request {
        SetDefault::Id(id) => state.db_servers.get(&id.get()).map(|server| server.id),
        SetDefault::Type(kind) => {
            let kind = kind.to_text().unwrap_or_default();
            state.db_servers.values().find(|server| server.local && server.kind == kind.trim()).map(|server| server.id)
        }
        other => return Err(Refusal::not_modeled(other)),
    };
    let id = id.ok_or_else(not_found)?;
    make_default(state, id);
    Ok(id)
}

fn make_default(state: &mut State, id: u64) {
    let kind = state.db_servers.get(&id).map(|server| server.kind.clone());
    for server in state.db_servers.values_mut().filter(|server| Some(&server.kind) == kind.as_ref()) {
        server.is_default = server.id == id;
    }
}

/// Returns one result for each type, with the ID of the first server of the type that the predicate
/// accepts, if there is one.
fn each_of_type(state: &State, types: Vec<String>, predicate: impl Fn(&DbServer) -> bool) -> EachReply<DefaultServer> {
    let results = types.into_iter().map(|kind| {
        let server = state.db_servers.values().find(|server| server.kind == kind && predicate(server));
        let known = TYPES.contains(&kind.as_str());
        let body = build(|result: &mut DefaultServer| {
            result.r#type = Some(kind);
            result.id = server.map(|server| server.id.into());
        });
        if known {
            return Outcome::ok(body);
        }
        let text = "The database server type is not supported";
        Refusal::new(ErrorCode::WRONG_DATABASE_SERVER_TYPE, text).into_outcome(body)
    });
    results.collect()
}

fn read_each(state: &State, filter: GetFilter) -> EachReply<GetResult> {
    let ids: Vec<u64> = match filter {
        GetFilter::Id(ids) => ids.iter().map(|id| id.get()).collect(),
        _ => state.db_servers.keys().copied().collect(),
    };
    if ids.is_empty() {
        return each_reply([]);
    }
    let results = ids.into_iter().map(|id| {
        let data = state.db_servers.get(&id).map(|server| read(state, server));
        let known = data.is_some();
        let body = build(|result: &mut GetResult| {
            result.id = Some(id.into());
            result.data = data;
        });
        if known { Outcome::ok(body) } else { not_found().into_outcome(body) }
    });
    results.collect()
}

/// Returns a database server, without its password. Its status is always that of one that can be reached.
fn read(state: &State, server: &DbServer) -> GetResultData {
    let databases = state.databases.lookup_ids(IndexKey::DbServer(server.id)).len();
    build(|data: &mut GetResultData| {
        data.host = Some(server.host.clone());
        data.port = Some(server.port.into());
        data.r#type.clone_from(&server.kind);
        data.admin.clone_from(&server.admin);
        data.status = Error::NoError;
        data.db_num = i64::try_from(databases).unwrap_or(i64::MAX);
        data.default = server.is_default.then(Any::empty);
        data.local = server.local.then(Any::empty);
    })
}
