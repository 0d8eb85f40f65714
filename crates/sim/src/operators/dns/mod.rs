//! Operator `dns`: zones and their records, the template for new zones, and the settings of the DNS server.

mod records;
mod zones;

use plesk_protocol::dns::{
    AclFilter, AclResult, GetRecursionResult, GetStatusRemoteDnsResult, GetSupportedRecursionResult, RecursionValue,
    Request, Requests, Response, Responses,
};
use plesk_wire::packet::EachReply;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::domain_not_found;
use crate::shared::reply::{each_reply, single_reply};
use crate::state::{ADMINISTRATOR_ID, IndexKey, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::SyncWithTemplate(sync) => R::SyncWithTemplate(single_reply(zones::sync(state, &sync.filter))),
        Request::AddRec(add) => R::AddRec(single_reply(records::add(state, add))),
        Request::GetRec(get) => R::GetRec(records::get(state, get)),
        Request::DelRec(del) => R::DelRec(records::delete(state, del)),
        Request::GetAcl(_) => R::GetAcl(each_reply([state.require_administrator().map(|()| read_acl(state))])),
        Request::AddToAcl(add) => R::AddToAcl(edit_acl(state, add.filter, |state, host| {
            state.dns.acl.insert(host.to_owned());
            Ok(())
        })),
        Request::RemoveFromAcl(remove) => R::RemoveFromAcl(edit_acl(state, remove.filter, |state, host| {
            if state.dns.acl.remove(host) { Ok(()) } else { Err(Refusal::not_found(&format!("The host '{host}'"))) }
        })),
        Request::Set(set) => R::Set(zones::set_soa(state, set)),
        Request::Get(get) => R::Get(zones::get(state, get)),
        Request::Switch(switch) => R::Switch(zones::switch(state, switch)),
        Request::AddMasterServer(add) => R::AddMasterServer(single_reply(zones::add_master(state, &add).map(Some))),
        Request::GetMasterServer(get) => R::GetMasterServer(zones::get_masters(state, get.filter)),
        Request::DelMasterServer(del) => R::DelMasterServer(zones::delete_masters(state, del.filter)),
        Request::Enable(enable) => R::Enable(zones::set_enabled(state, enable.scope, true)),
        Request::Disable(disable) => R::Disable(zones::set_enabled(state, disable.scope, false)),
        Request::EnableRemoteDns(_) => R::EnableRemoteDns(single_reply(set_remote(state, true))),
        Request::DisableRemoteDns(_) => R::DisableRemoteDns(single_reply(set_remote(state, false))),
        Request::GetStatusRemoteDns(_) => R::GetStatusRemoteDns(single_reply(Ok(Some(build(
            // The status is that of the server itself: it is off while another one serves the zones.
            |result: &mut GetStatusRemoteDnsResult| result.dns_status = state.dns.remote,
        ))))),
        Request::SetRecursion(set) => R::SetRecursion(single_reply(state.require_administrator().map(|()| {
            state.dns.recursion = set.value;
        }))),
        Request::GetRecursion(_) => {
            let recursion = state.dns.recursion.clone();
            R::GetRecursion(single_reply(Ok(Some(build(|result: &mut GetRecursionResult| result.value = recursion)))))
        }
        Request::GetSupportedRecursion(_) => {
            R::GetSupportedRecursion(single_reply(Ok(build(|result: &mut GetSupportedRecursionResult| {
                result.value = vec![RecursionValue::On, RecursionValue::Localnets, RecursionValue::Off];
            }))))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns a zone that the sender of the packet may see and change, given its site or site alias.
fn find_zone(state: &State, zone: u64) -> Result<u64, Refusal> {
    if !state.dns.zones.contains_key(&zone) {
        return Err(domain_not_found());
    }
    state.require_access_to_domain(state.zone_domain(zone))?;
    Ok(zone)
}

/// Returns the zones that the sender of the packet may see and change.
fn visible_zones(state: &State) -> Vec<u64> {
    if state.caller == ADMINISTRATOR_ID {
        return state.dns.zones.keys().copied().collect();
    }
    let domains = state.visible_domains();
    let aliases = domains.iter().flat_map(|domain| state.site_aliases.lookup_ids(IndexKey::Parent(*domain)));
    let mut zones: Vec<u64> = aliases.chain(domains.iter().copied()).collect();
    zones.retain(|zone| state.dns.zones.contains_key(zone));
    zones.sort_unstable();
    zones
}

fn set_remote(state: &mut State, remote: bool) -> Result<(), Refusal> {
    state.require_administrator()?;
    state.dns.remote = remote;
    Ok(())
}

fn read_acl(state: &State) -> AclResult {
    build(|result: &mut AclResult| result.host = state.dns.acl.iter().cloned().collect())
}

/// Runs `edit` on each host of the filter. Each result repeats the host.
fn edit_acl(
    state: &mut State,
    filter: AclFilter,
    mut edit: impl FnMut(&mut State, &str) -> Result<(), Refusal>,
) -> EachReply<AclResult, 0> {
    each_reply(filter.host.into_iter().map(|host| {
        state.require_administrator()?;
        edit(state, &host)?;
        Ok(build(|result: &mut AclResult| result.host = vec![host]))
    }))
}
