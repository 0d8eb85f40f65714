//! Operator `server`: describes the server, creates login links and lists the protocol versions.

mod get;
mod license;
mod settings;

use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plesk_protocol::server::{
    CreateSession, CreateSessionResult, DelMiscResult, GetProtosResult, MiscResult, ProtosList, Request, Requests,
    Response, Responses, SetMiscResult,
};

use self::settings::MiscOperation;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::reply::single_reply;
use crate::state::{IndexKey, State};
use crate::versions;

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::CreateSession(create) => {
            Response::CreateSession(single_reply(create_session(state, &create).map(Some)))
        }
        Request::Get(get) => Response::Get(single_reply(get::get(state, &get))),
        Request::GetProtos(_) => Response::GetProtos(single_reply(Ok(Some(list_protocols())))),
        Request::Set(set) => Response::Set(single_reply(settings::set(state, set))),
        Request::InitialSetup(setup) => Response::InitialSetup(single_reply(settings::set_up(state, setup))),
        Request::SrvMan(request) => Response::SrvMan(single_reply(settings::manage_service(state, &request))),
        Request::SetMisc(set) => {
            let properties = set.filter.property.into_iter();
            let properties = properties.map(|property| (property.name, MiscOperation::Set(property.value)));
            Response::SetMisc(settings::edit_misc(state, properties, |property| {
                build(|result: &mut SetMiscResult| result.property = Some(property))
            }))
        }
        Request::GetMisc(get) => {
            let properties = get.filter.property.into_iter().map(|property| (property.name, MiscOperation::Get));
            Response::GetMisc(settings::edit_misc(state, properties, |property| {
                Some(build(|result: &mut MiscResult| result.property = property))
            }))
        }
        Request::DelMisc(del) => {
            let properties = del.filter.property.into_iter().map(|property| (property.name, MiscOperation::Delete));
            Response::DelMisc(settings::edit_misc(state, properties, |property| {
                build(|result: &mut DelMiscResult| result.property = Some(property))
            }))
        }
        Request::AddAdminAlias(add) => Response::AddAdminAlias(single_reply(settings::add_alias(state, add.data))),
        Request::SetAdminAlias(set) => {
            Response::SetAdminAlias(single_reply(settings::set_alias(state, &set.filter, &set.data)))
        }
        Request::DelAdminAlias(del) => {
            Response::DelAdminAlias(single_reply(settings::delete_alias(state, &del.filter)))
        }
        Request::DomainRestrictionAdd(add) => {
            Response::DomainRestrictionAdd(single_reply(settings::restrict_domain(state, &add.name)))
        }
        Request::DomainRestrictionRemove(remove) => {
            Response::DomainRestrictionRemove(single_reply(settings::permit_domain(state, &remove.name)))
        }
        Request::DomainRestrictionRename(rename) => {
            Response::DomainRestrictionRename(single_reply(settings::rename_restricted(state, &rename)))
        }
        Request::DomainRestrictionList(_) => Response::DomainRestrictionList(settings::list_restricted(state)),
        Request::DomainRestrictionEnable(_) => {
            Response::DomainRestrictionEnable(single_reply(settings::enable_restriction(state, true)))
        }
        Request::DomainRestrictionDisable(_) => {
            Response::DomainRestrictionDisable(single_reply(settings::enable_restriction(state, false)))
        }
        Request::LicInstall(install) => Response::LicInstall(single_reply(license::install(state, &install))),
        Request::LicUpdate(update) => Response::LicUpdate(license::update(state, &update)),
        Request::LicGetInfo(_) => Response::LicGetInfo(license::describe(state)),
        Request::GetAdditionalKey(get) => Response::GetAdditionalKey(license::get_additional(state, get.scope)),
        Request::RenewAdditionalKey(renew) => {
            Response::RenewAdditionalKey(license::renew_additional(state, renew.scope))
        }
        Request::RemoveAdditionalKey(remove) => {
            Response::RemoveAdditionalKey(single_reply(license::remove_additional(state, remove.scope)))
        }
        Request::LicenseRollbackKey(_) => Response::LicenseRollbackKey(single_reply(license::roll_back(state))),
        Request::LicenseRetrieveKeys(_) => Response::LicenseRetrieveKeys(single_reply(state.require_administrator())),
        Request::SetPpbConnection(set) => {
            Response::SetPpbConnection(single_reply(state.require_administrator().map(|()| {
                state.server.billing_url = Some(set.connection.ppb_url);
            })))
        }
        Request::Reboot(_) => Response::Reboot(single_reply(state.require_administrator().map(|()| {
            state.server.uptime = 0;
        }))),
        Request::CleanMailQueue(_) => Response::CleanMailQueue(single_reply(state.require_administrator())),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Opens a session for a user, who can then log in without a password.
fn create_session(state: &mut State, create: &CreateSession) -> Result<CreateSessionResult, Refusal> {
    let login = &create.login;
    let account = state.lookup_account(IndexKey::Name(login)).map(|account| account.id);
    let account = account.ok_or_else(|| Refusal::not_found(&format!("The user '{login}'")))?;
    state.require_access(account)?;
    let user_ip = create.data.as_ref().map(|data| parse_address(&data.user_ip)).transpose()?;

    if let (Some(account), Some(data)) = (state.account_mut(account), &create.data) {
        // An account without contact data keeps the data of the first login.
        for (own, sent) in [(&mut account.email, &data.c_email), (&mut account.phone, &data.c_phone)] {
            if let (true, Some(sent)) = (own.is_empty(), sent) {
                own.clone_from(sent);
            }
        }
    }
    let session = state.add_session(login);
    session.ip_address = user_ip.unwrap_or(session.ip_address);
    Ok(build(|result: &mut CreateSessionResult| result.id = session.id.expose().into()))
}

/// Parses the IP address that the user will connect from: plain, or in Base64, as older clients send
/// it.
fn parse_address(text: &str) -> Result<IpAddr, Refusal> {
    let plain = || text.trim().parse().ok();
    let decoded = || String::from_utf8(BASE64_STANDARD.decode(text.trim()).ok()?).ok()?.trim().parse().ok();
    plain().or_else(decoded).ok_or_else(|| Refusal::invalid_value(&format!("user_ip '{text}' is not an IP address")))
}

fn list_protocols() -> GetProtosResult {
    build(|result: &mut GetProtosResult| {
        result.protos = build(|list: &mut ProtosList| {
            list.proto = versions::accepted().map(str::to_owned).collect();
        });
    })
}
