//! Operator `ftp-user`: additional FTP accounts of subscriptions.

use plesk_protocol::common::Matched;
use plesk_protocol::ftp_user::{
    Add, Filter, GetResult, GetResultUser, Home, Permissions, Request, Requests, Response, Responses, SetValues,
    SimpleResult, Webspace,
};
use plesk_wire::packet::{EachReply, Secret};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::{find_subscription, find_subscription_named};
use crate::shared::limits::require_within_limit;
use crate::shared::query::{Key, KeyKind};
use crate::shared::reply::{refused_reply, single_reply};
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::reply_to_keys;
use crate::state::{FtpUser, IndexKey, State};

/// The shortest password that is accepted, in characters.
const MIN_PASSWORD_LENGTH: usize = 5;

impl_result_body! {
    GetResult { user: GetResultUser }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(request) => R::Add(single_reply(add(state, request).map(Some))),
        Request::Set(set) => {
            R::Set(for_each(state, set.filter, set.webspace, |state, id| change(state, id, set.values.clone())))
        }
        Request::Del(del) => R::Del(for_each::<Matched>(state, del.filter, del.webspace, |state, id| {
            state.ftp_users.remove(&id);
            Ok(())
        })),
        Request::Get(get) => {
            R::Get(for_each(state, get.filter, get.webspace, |state, id| Ok(read(&state.ftp_users[&id]))))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn not_found() -> Refusal {
    Refusal::not_found("FTP user")
}

fn find_webspace(state: &State, webspace: &Webspace) -> Result<u64, Refusal> {
    match webspace {
        Webspace::WebspaceId(id) => find_subscription(state, id.get()),
        Webspace::WebspaceName(name) => find_subscription_named(state, name),
        other => Err(Refusal::not_modeled(other)),
    }
}

/// Runs `act` on each account that the filter selects, in this subscription or in any.
fn for_each<B: ResultBody>(
    state: &mut State,
    filter: Filter,
    webspace: Option<Webspace>,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let webspace = match webspace.map(|webspace| find_webspace(state, &webspace)).transpose() {
        Ok(webspace) => webspace,
        Err(refusal) => return refused_reply(refusal),
    };
    let find = |id: u64| {
        let user =
            state.ftp_users.get(&id).filter(|user| webspace.is_none_or(|webspace| user.subscription == webspace));
        find_subscription(state, user.ok_or_else(not_found)?.subscription).map(|_| id)
    };
    let named = |name: &str| {
        let user = state.ftp_users.lookup_first(IndexKey::Name(name)).ok_or_else(not_found)?;
        find(user.id).map(|id| vec![id])
    };
    let of = |subscription: Result<u64, Refusal>| {
        let users = state.ftp_users.lookup_ids(IndexKey::Subscription(subscription?));
        Ok(users.into_iter().filter(|id| find(*id).is_ok()).collect())
    };
    let key = |id: u64| Some(Key::new(KeyKind::Id, id.to_string()));
    let selected = match filter {
        Filter::Id(ids) => ids.iter().map(|id| (key(id.get()), find(id.get()).map(|id| vec![id]))).collect(),
        Filter::Name(names) => names.iter().map(|name| (Some(Key::name(name)), named(name))).collect(),
        Filter::WebspaceId(ids) => {
            ids.iter().map(|id| (key(id.get()), of(find_subscription(state, id.get())))).collect()
        }
        Filter::WebspaceName(names) => {
            names.iter().map(|name| (Some(Key::name(name)), of(find_subscription_named(state, name)))).collect()
        }
        _ => match webspace {
            Some(webspace) => vec![(None, of(Ok(webspace)))],
            None => vec![(None, Ok(state.ftp_users.keys().copied().filter(|id| find(*id).is_ok()).collect()))],
        },
    };
    reply_to_keys(selected, |id| act(state, id))
}

fn add(state: &mut State, add: Add) -> Result<SimpleResult, Refusal> {
    let subscription = find_webspace(state, &add.webspace)?;
    let used = || state.ftp_users.lookup_ids(IndexKey::Subscription(subscription)).len();
    require_within_limit(state, subscription, "max_subftp_users", used)?;
    let mut user = FtpUser::new(0, subscription, &add.name);
    let mut values = SetValues::new();
    (values.name, values.password) = (Some(add.name), Some(add.password));
    (values.home, values.quota, values.permissions) = (add.home, add.quota, add.permissions);
    apply(state, &mut user, values)?;
    let id = state.next_id();
    state.ftp_users.insert(id, FtpUser { id, ..user });
    Ok(build(|result: &mut SimpleResult| result.id = id.into()))
}

/// Changes the values of an account that were sent. If one of them is refused, none is changed.
fn change(state: &mut State, id: u64, values: SetValues) -> Result<(), Refusal> {
    let mut user = state.ftp_users.get(&id).ok_or_else(not_found)?.clone();
    apply(state, &mut user, values)?;
    state.ftp_users.insert(id, user);
    Ok(())
}

fn apply(state: &State, user: &mut FtpUser, values: SetValues) -> Result<(), Refusal> {
    if let Some(name) = values.name {
        user.name = check_name(state, user.id, &name)?;
    }
    if let Some(password) = values.password {
        user.password = check_password(password)?;
    }
    if let Some(Home { home, .. }) = values.home {
        user.home = home;
    }
    user.quota = values.quota.unwrap_or(user.quota);
    if let Some(permissions) = values.permissions {
        user.read = permissions.read.unwrap_or(user.read);
        user.write = permissions.write.unwrap_or(user.write);
    }
    Ok(())
}

/// Returns the name, if no other FTP account and no system user has it.
fn check_name(state: &State, own: u64, name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::invalid_value("The name of the FTP user is empty"));
    }
    let is_taken = state.ftp_users.lookup_ids(IndexKey::Name(name)).iter().any(|id| *id != own)
        || state.subscriptions.lookup_first(IndexKey::SystemUser(name)).is_some();
    if is_taken { Err(Refusal::already_exists(&format!("The FTP user '{name}'"))) } else { Ok(name.to_owned()) }
}

fn check_password(password: Secret) -> Result<Secret, Refusal> {
    if password.expose().chars().count() < MIN_PASSWORD_LENGTH {
        let text = format!("The password has fewer than {MIN_PASSWORD_LENGTH} characters");
        return Err(Refusal::invalid_value(&text));
    }
    Ok(password)
}

fn read(user: &FtpUser) -> GetResultUser {
    build(|data: &mut GetResultUser| {
        data.name.clone_from(&user.name);
        data.home.clone_from(&user.home);
        data.quota = Some(user.quota);
        data.permissions = Some(build(|permissions: &mut Permissions| {
            (permissions.read, permissions.write) = (Some(user.read), Some(user.write));
        }));
        data.webspace_id = user.subscription.into();
    })
}
