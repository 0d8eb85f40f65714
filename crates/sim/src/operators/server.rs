//! Operator `server`: login links, and which versions of the protocol there are.

use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plesk_protocol::server::{
    CreateSession, CreateSessionResult, GetProtosResult, ProtosList, Request, Requests, Response, Responses,
};

use super::{make, not_modelled, single};
use crate::packet::versions;
use crate::refusal::Refusal;
use crate::state::State;

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| match request {
        Request::CreateSession(create) => Ok(Response::CreateSession(single(create_session(state, &create).map(Some)))),
        Request::GetProtos(_) => Ok(Response::GetProtos(single(Ok(Some(protocols()))))),
        other => Err(not_modelled(&other)),
    });
    let items = items.collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

/// Opens a session for somebody who is to log in without a password.
fn create_session(state: &mut State, create: &CreateSession) -> Result<CreateSessionResult, Refusal> {
    let login = &create.login;
    let account = state.accounts().find(|account| account.login == *login).map(|account| account.id);
    let account = account.ok_or_else(|| Refusal::not_found(&format!("The user '{login}'")))?;
    let from = create.data.as_ref().map(|data| address(&data.user_ip)).transpose()?;

    if let (Some(account), Some(data)) = (state.account_mut(account), &create.data) {
        // An account that lacks them keeps these for good.
        for (own, sent) in [(&mut account.email, &data.c_email), (&mut account.phone, &data.c_phone)] {
            if let (true, Some(sent)) = (own.is_empty(), sent) {
                own.clone_from(sent);
            }
        }
    }
    let session = state.add_session(login);
    session.ip_address = from.unwrap_or(session.ip_address);
    Ok(make(|result: &mut CreateSessionResult| result.id = session.id.expose().into()))
}

/// The address that somebody will connect from: as it is, or in Base64, as older clients send it.
fn address(text: &str) -> Result<IpAddr, Refusal> {
    let plain = || text.trim().parse().ok();
    let decoded = || String::from_utf8(BASE64_STANDARD.decode(text.trim()).ok()?).ok()?.trim().parse().ok();
    plain().or_else(decoded).ok_or_else(|| Refusal::invalid(&format!("user_ip '{text}' is not an IP address")))
}

fn protocols() -> GetProtosResult {
    make(|result: &mut GetProtosResult| {
        result.protos = make(|list: &mut ProtosList| {
            list.proto = versions().map(str::to_owned).collect();
        });
    })
}
