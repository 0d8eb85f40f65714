//! Licenses of the server, and other operations behind which nothing is simulated. Their answers follow from the
//! description of the server.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plesk_protocol::server::{
    AdditionalKeyFilter, GetAdditionalKeyResult, LicGetInfoReply, LicInstall, LicInstallKey, LicInstallResult,
    LicUpdate, LicUpdateReply, LicenseRollbackKeyResult, RenewAdditionalKeyResult, Scope,
};
use plesk_wire::packet::{EachReply, Outcome};

use super::get::{license_properties, read_license};
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::state::State;

/// The property of a license that has its ID.
const KEY_ID: &str = "plesk_key_id";

fn key_id(state: &State) -> &str {
    state.server.license.get(KEY_ID).map_or("", String::as_str)
}

/// Installs a license. Its ID is that which the content names, or else that of the license which it replaces.
pub(super) fn install(state: &mut State, install: &LicInstall) -> Result<LicInstallResult, Refusal> {
    state.require_administrator()?;
    if let LicInstallKey::License(content) = &install.key
        && let Some(id) = decode(content.expose())
        && install.additional_key.is_none()
    {
        state.server.license.insert(KEY_ID.to_owned(), id);
    }
    Ok(build(|result: &mut LicInstallResult| result.key_id = Some(key_id(state).to_owned())))
}

/// Returns the ID that the content of a license of a simulated server names.
fn decode(content: &str) -> Option<String> {
    let text = String::from_utf8(BASE64_STANDARD.decode(content.trim()).ok()?).ok()?;
    text.strip_prefix("simulated license ").map(|id| id.trim().to_owned())
}

/// Updates the license, which is always the newest.
pub(super) fn update(state: &State, update: &LicUpdate) -> LicUpdateReply {
    let found = state.require_administrator().and_then(|()| {
        let known = update.filter.key_id == key_id(state);
        if known { Ok(()) } else { Err(Refusal::not_found("License key")) }
    });
    let outcome = match found {
        Ok(()) => Outcome::ok(()),
        Err(refusal) => refusal.into_outcome(()),
    };
    build(|reply: &mut LicUpdateReply| reply.result = outcome)
}

/// Describes the license of the server, whatever the content of the request: no other license is known here. The
/// protocol has no error for this operation.
pub(super) fn describe(state: &State) -> LicGetInfoReply {
    let license = read_license(&state.server);
    build(|reply: &mut LicGetInfoReply| {
        reply.property = license_properties(&state.server);
        reply.content = license.content;
    })
}

/// Returns the names of additional licenses that a request selects. The server has none of them.
fn names(scope: Scope) -> Vec<String> {
    match scope {
        Scope::Filter(AdditionalKeyFilter::Name(names)) => names.into_vec(),
        _ => Vec::new(),
    }
}

/// Reports that an additional license does not exist, for each one that the request names.
pub(super) fn get_additional(state: &State, scope: Scope) -> EachReply<GetAdditionalKeyResult, 0> {
    let refusal = refusal(state);
    let results = names(scope).into_iter().map(|name| {
        refusal.clone().into_outcome(build(|result: &mut GetAdditionalKeyResult| result.name = Some(name)))
    });
    results.collect()
}

/// Reports that an additional license does not exist, for each one that the request names.
pub(super) fn renew_additional(state: &State, scope: Scope) -> EachReply<RenewAdditionalKeyResult, 0> {
    let refusal = refusal(state);
    let results = names(scope).into_iter().map(|name| {
        refusal.clone().into_outcome(build(|result: &mut RenewAdditionalKeyResult| result.name = Some(name)))
    });
    results.collect()
}

/// Removes the additional licenses that the request names. Without a name nothing is to be done.
pub(super) fn remove_additional(state: &State, scope: Scope) -> Result<(), Refusal> {
    state.require_administrator()?;
    if names(scope).is_empty() { Ok(()) } else { Err(refusal(state)) }
}

fn refusal(state: &State) -> Refusal {
    state.require_administrator().err().unwrap_or_else(|| Refusal::not_found("License key"))
}

/// Returns to the previous license, which is the same.
pub(super) fn roll_back(state: &State) -> Result<LicenseRollbackKeyResult, Refusal> {
    state.require_administrator()?;
    Ok(build(|result: &mut LicenseRollbackKeyResult| result.key_id = Some(key_id(state).to_owned())))
}
