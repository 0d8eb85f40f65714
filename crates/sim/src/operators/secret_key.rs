//! Operator `secret_key`: keys that authenticate requests instead of login and password.

use std::net::IpAddr;

use plesk_protocol::secret_key::{
    Create, CreateResult, DeleteResult, Filter, GetInfoResult, GetInfoResultKey, Info, Request, Requests, Response,
    Responses,
};
use plesk_wire::packet::EachReply;
use plesk_wire::xml::{Content, Nillable, NonEmpty};

use crate::random;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::query::Key;
use crate::shared::reply::{each_reply, single_reply};
use crate::shared::scope::find_account;
use crate::state::{SecretKey, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Create(request) => Response::Create(single_reply(create(state, &request).map(Some))),
        Request::GetInfo(get) => Response::GetInfo(for_each(state, get.filter, |state, key| {
            let info = read(state, key, &state.secret_keys[key]);
            Ok(Some(build(|result: &mut GetInfoResult| result.key = GetInfoResultKey::KeyInfo(NonEmpty::one(info)))))
        })),
        Request::Delete(delete) => Response::Delete(for_each(state, delete.filter, |state, key| {
            state.secret_keys.remove(key);
            Ok(build(|result: &mut DeleteResult| result.key = Some(key.into())))
        })),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Runs `act` on each key that the filter selects: all keys of the caller, or the named ones.
fn for_each<B: Content>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, &str) -> Result<B, Refusal>,
) -> EachReply<B> {
    let keys: Vec<String> = match filter {
        Filter::Key(keys) => keys.iter().map(|key| key.expose().to_owned()).collect(),
        _ => {
            let visible = state.secret_keys.iter().filter(|(_, key)| state.may_access(key.account));
            visible.map(|(key, _)| key.clone()).collect()
        }
    };
    each_reply(keys.iter().map(|key| {
        let found = state.secret_keys.get(key).ok_or_else(|| Refusal::not_found("Secret key"))?;
        state.require_access(found.account)?;
        act(state, key)
    }))
}

/// Creates a key. Without a login it acts for the account that sent the packet. It is accepted from each of the
/// addresses, which are separated by commas; without any, only from where the packet comes from.
fn create(state: &mut State, create: &Create) -> Result<CreateResult, Refusal> {
    let account = match &create.login {
        None => state.caller,
        Some(login) => {
            let account = find_account(state, &Key::name(login)).map(|account| account.id);
            account.ok_or_else(|| Refusal::not_found(&format!("The user '{login}'")))?
        }
    };
    state.require_access(account)?;
    let addresses = create.ip_address.as_deref().unwrap_or_default().split(',').map(str::trim);
    let mut addresses: Vec<IpAddr> = addresses.filter(|text| !text.is_empty()).map(parse).collect::<Result<_, _>>()?;
    if addresses.is_empty() {
        addresses.push(state.caller_address);
    }
    let description = create.description.clone().unwrap_or_default();
    let key = random::guid();
    state.secret_keys.insert(key.clone(), SecretKey { addresses, description, account });
    Ok(build(|result: &mut CreateResult| result.key = key.into()))
}

fn parse(text: &str) -> Result<IpAddr, Refusal> {
    text.parse().map_err(|_| Refusal::invalid_value(&format!("'{text}' is not an IP address")))
}

fn read(state: &State, key: &str, data: &SecretKey) -> Info {
    let addresses: Vec<String> = data.addresses.iter().map(ToString::to_string).collect();
    let login = state.account(data.account).map(|account| account.login.clone());
    build(|info: &mut Info| {
        info.key = key.into();
        info.ip_address = addresses.join(",");
        info.description = Nillable::Value(data.description.clone());
        info.login = login;
    })
}
