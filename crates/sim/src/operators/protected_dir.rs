//! Operator `protected-dir`: directories that ask visitors for a password, and their users.

use std::collections::BTreeMap;

use plesk_protocol::common::{ObjectDescriptor, PropertyDescriptor};
use plesk_protocol::protected_dir::{
    Add, AddResult, AddUser, AddUserResult, Filter, GetPdLocationDescriptorResult, GetPdLocationDescriptorScope,
    GetResult, GetResultData, GetUserResult, GetUserResultData, Location, LocationFilter, LocationProperty,
    ProtectedDir as Values, Request, Requests, Response, Responses, User, UserFilter,
};
use plesk_wire::packet::{EachReply, Outcome, Secret};
use plesk_wire::xml::Any;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::{find_domain, find_domain_named};
use crate::shared::query::{Key, KeyKind};
use crate::shared::reply::single_reply;
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::reply_to_keys;
use crate::state::{IndexKey, ProtectedDir, ProtectedDirUser, State};

/// Where a directory can be protected on this server.
const LOCATIONS: [&str; 2] = ["nonssl", "cgi"];

impl_result_body! {
    GetResult { data: GetResultData }
    GetUserResult { data: GetUserResultData }
    GetPdLocationDescriptorResult { descriptor: ObjectDescriptor }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(request) => R::Add(single_reply(add(state, request).map(Some))),
        Request::Get(get) => R::Get(for_each(state, get.filter, |state, id| Ok(read(&state.protected_dirs[&id])))),
        Request::Set(set) => R::Set(for_each(state, set.filter, |state, id| change(state, id, set.values.clone()))),
        Request::Delete(delete) => R::Delete(for_each(state, delete.filter, |state, id| {
            state.delete_protected_dir(id);
            Ok(())
        })),
        Request::AddUser(request) => R::AddUser(single_reply(add_user(state, request).map(Some))),
        Request::GetUser(get) => R::GetUser(for_each_user(state, get.filter, |state, id| {
            let login = state.protected_dir_users[&id].login.clone();
            Ok(build(|data: &mut GetUserResultData| data.login = Some(login)))
        })),
        Request::SetUser(set) => {
            R::SetUser(for_each_user(state, set.filter, |state, id| change_user(state, id, set.values.clone())))
        }
        Request::DeleteUser(delete) => R::DeleteUser(for_each_user(state, delete.filter, |state, id| {
            state.protected_dir_users.remove(&id);
            Ok(())
        })),
        Request::GetPdLocationDescriptor(get) => R::GetPdLocationDescriptor(match get.scope {
            GetPdLocationDescriptorScope::Filter(LocationFilter::SiteId(ids)) => {
                let of_site = |id: u64| (key(id), find_domain(state, id).map(|site| vec![site]));
                let selected = ids.iter().map(|id| of_site(id.get())).collect();
                reply_to_keys::<_>(selected, |_| Ok(describe_location())).results.into()
            }
            _ => {
                let fill = |result: &mut GetPdLocationDescriptorResult| result.descriptor = Some(describe_location());
                vec![Outcome::ok(build(fill))].into()
            }
        }),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn key(id: u64) -> Option<Key> {
    Some(Key::new(KeyKind::Id, id.to_string()))
}

fn not_found() -> Refusal {
    Refusal::not_found("Protected directory")
}

/// Returns the ID of a directory that the sender of the packet may change.
fn find(state: &State, id: u64) -> Result<u64, Refusal> {
    let directory = state.protected_dirs.get(&id).ok_or_else(not_found)?;
    state.require_access_to_domain(directory.site).map(|()| id)
}

/// Returns the ID of a user that the sender of the packet may change.
fn find_user(state: &State, id: u64) -> Result<u64, Refusal> {
    let missing = || Refusal::not_found("User of protected directory");
    let user = state.protected_dir_users.get(&id).ok_or_else(missing)?;
    find(state, user.directory).map(|_| id)
}

/// Runs `act` on each directory that the filter selects.
fn for_each<B: ResultBody>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let of_site = |site: Result<u64, Refusal>| Ok(state.protected_dirs.lookup_ids(IndexKey::Parent(site?)));
    let selected = match filter {
        Filter::Id(ids) => ids.iter().map(|id| (key(id.get()), find(state, id.get()).map(|id| vec![id]))).collect(),
        Filter::SiteId(ids) => ids.iter().map(|id| (key(id.get()), of_site(find_domain(state, id.get())))).collect(),
        Filter::SiteName(names) => {
            names.iter().map(|name| (Some(Key::name(name)), of_site(find_domain_named(state, name)))).collect()
        }
        _ => {
            let visible = state.protected_dirs.keys().copied().filter(|id| find(state, *id).is_ok());
            vec![(None, Ok(visible.collect()))]
        }
    };
    reply_to_keys(selected, |id| act(state, id))
}

/// Runs `act` on each user that the filter selects.
fn for_each_user<B: ResultBody>(
    state: &mut State,
    filter: UserFilter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let of_directory = |id: u64| {
        find(state, id)?;
        Ok(state.protected_dir_users.lookup_ids(IndexKey::Parent(id)))
    };
    let selected = match filter {
        UserFilter::Id(ids) => {
            ids.iter().map(|id| (key(id.get()), find_user(state, id.get()).map(|id| vec![id]))).collect()
        }
        UserFilter::PdId(ids) => ids.iter().map(|id| (key(id.get()), of_directory(id.get()))).collect(),
        _ => {
            let visible = state.protected_dir_users.keys().copied().filter(|id| find_user(state, *id).is_ok());
            vec![(None, Ok(visible.collect()))]
        }
    };
    reply_to_keys(selected, |id| act(state, id))
}

fn add(state: &mut State, add: Add) -> Result<AddResult, Refusal> {
    let site = find_domain(state, add.site_id.get())?;
    let mut directory = ProtectedDir {
        id: 0,
        site,
        name: check_name(state, site, 0, &add.name)?,
        header: add.header.unwrap_or_default(),
        location: BTreeMap::new(),
    };
    set_location(&mut directory, add.location)?;
    let id = state.next_id();
    state.protected_dirs.insert(id, ProtectedDir { id, ..directory });
    Ok(build(|result: &mut AddResult| result.id = id.into()))
}

/// Returns the path without slashes at its ends, if no other directory of the site has it.
fn check_name(state: &State, site: u64, own: u64, name: &str) -> Result<String, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::invalid_value("The name of the protected directory is empty"));
    }
    let name = name.trim().trim_matches('/');
    let mut others = state.protected_dirs.lookup(IndexKey::Parent(site)).into_iter();
    if others.any(|other| other.id != own && other.name == name) {
        return Err(Refusal::already_exists(&format!("The protected directory '{name}'")));
    }
    Ok(name.to_owned())
}

fn set_location(directory: &mut ProtectedDir, location: Option<Location>) -> Result<(), Refusal> {
    for property in location.into_iter().flat_map(|location| location.property) {
        if !LOCATIONS.contains(&property.name.as_str()) {
            let text = format!("The location '{}' must be one of {}", property.name, LOCATIONS.join(", "));
            return Err(Refusal::invalid_value(&text));
        }
        directory.location.insert(property.name, property.value);
    }
    Ok(())
}

/// Changes the values of a directory that were sent. If one of them is refused, none is changed.
fn change(state: &mut State, id: u64, values: Values) -> Result<(), Refusal> {
    let mut directory = state.protected_dirs.get(&id).ok_or_else(not_found)?.clone();
    if let Some(name) = &values.name {
        directory.name = check_name(state, directory.site, id, name)?;
    }
    directory.header = values.header.unwrap_or(directory.header);
    set_location(&mut directory, values.location)?;
    state.protected_dirs.insert(id, directory);
    Ok(())
}

fn read(directory: &ProtectedDir) -> GetResultData {
    build(|data: &mut GetResultData| {
        data.name = Some(directory.name.clone());
        data.header = Some(directory.header.clone());
        let property = |(name, value): (&String, &bool)| {
            build(|property: &mut LocationProperty| {
                property.name.clone_from(name);
                property.value = *value;
            })
        };
        // The protocol has no empty list.
        data.location = (!directory.location.is_empty()).then(|| {
            build(|location: &mut Location| location.property = directory.location.iter().map(property).collect())
        });
    })
}

fn add_user(state: &mut State, add: AddUser) -> Result<AddUserResult, Refusal> {
    let directory = find(state, add.pd_id.get())?;
    let login = check_login(state, directory, 0, &add.login)?;
    check_password(&add.password)?;
    let id = state.next_id();
    state.protected_dir_users.insert(id, ProtectedDirUser { id, directory, login, password: add.password });
    Ok(build(|result: &mut AddUserResult| result.id = id.into()))
}

/// Returns the login, if no other user of the directory has it.
fn check_login(state: &State, directory: u64, own: u64, login: &str) -> Result<String, Refusal> {
    let login = login.trim();
    if login.is_empty() {
        return Err(Refusal::invalid_value("The login of the user is empty"));
    }
    let mut others = state.protected_dir_users.lookup(IndexKey::Parent(directory)).into_iter();
    if others.any(|other| other.id != own && other.login == login) {
        return Err(Refusal::already_exists(&format!("The user '{login}' of the protected directory")));
    }
    Ok(login.to_owned())
}

fn check_password(password: &Secret) -> Result<(), Refusal> {
    if password.expose().is_empty() { Err(Refusal::invalid_value("The password is empty")) } else { Ok(()) }
}

/// Changes the values of a user that were sent. If one of them is refused, none is changed.
fn change_user(state: &mut State, id: u64, values: User) -> Result<(), Refusal> {
    let mut user = state.protected_dir_users[&id].clone();
    if let Some(login) = &values.login {
        user.login = check_login(state, user.directory, id, login)?;
    }
    if let Some(password) = values.password {
        check_password(&password)?;
        user.password = password;
    }
    state.protected_dir_users.insert(id, user);
    Ok(())
}

/// Returns the descriptor of the locations.
fn describe_location() -> ObjectDescriptor {
    let property = |name: &str| {
        build(|property: &mut PropertyDescriptor| {
            property.name = name.to_owned();
            property.r#type = "boolean".to_owned();
            property.default_value = Some(Any::text("false"));
        })
    };
    build(|descriptor: &mut ObjectDescriptor| descriptor.property = LOCATIONS.map(property).into())
}
