//! Zones: their SOA record, their primary name servers, and whether they are served.

use plesk_protocol::common::Zone as ZoneType;
use plesk_protocol::dns::{
    AddMasterServer, AddMasterServerResult, DelMasterServerResult, Get, GetMasterServerResult,
    GetMasterServerResultServer, GetResult, RecordFilter, Scope, Set, SetResult, Site, Switch, SwitchResult,
    SwitchZoneType, TemplateFilter, ZoneFilter, ZoneResult, ZoneStatus,
};
use plesk_wire::packet::{EachReply, ErrorCode, Outcome};
use plesk_wire::xml::Content;

use super::{find_zone, visible_zones};
use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::domains::domain_not_found;
use crate::shared::reply::each_reply;
use crate::state::{DnsZone, IndexKey, MasterServer, State};

/// A result that reports on a zone.
trait ZoneBody: Content {
    fn set_site(&mut self, site: Option<Site>);
}

macro_rules! impl_zone_body {
    ($($body:ty)*) => {$(
        impl ZoneBody for $body {
            fn set_site(&mut self, site: Option<Site>) {
                self.site = site;
            }
        }
    )*};
}

impl_zone_body! { GetResult SetResult SwitchResult ZoneResult }

/// Runs `act` on the template or on each zone, and returns one result for each. The results repeat the ID
/// of the request.
fn for_each<B: ZoneBody, const MIN: usize>(
    state: &mut State,
    scope: Scope,
    mut act: impl FnMut(&mut State, Option<u64>, &mut B) -> Result<(), Refusal>,
) -> EachReply<B, MIN> {
    let (ids, into_site): (Vec<u64>, fn(u64) -> Site) = match scope {
        Scope::Filter(ZoneFilter::SiteId(ids)) => {
            (ids.iter().map(|id| id.get()).collect(), |id| Site::SiteId(id.into()))
        }
        Scope::Filter(ZoneFilter::SiteAliasId(ids)) => {
            (ids.iter().map(|id| id.get()).collect(), |id| Site::SiteAliasId(id.into()))
        }
        _ => {
            let mut body = B::placeholder();
            return match state.require_administrator().and_then(|()| act(state, None, &mut body)) {
                Ok(()) => vec![Outcome::ok(body)].into(),
                Err(refusal) => vec![refusal.into_outcome(B::placeholder())].into(),
            };
        }
    };
    let results = ids.into_iter().map(|id| {
        let mut body = B::placeholder();
        body.set_site(Some(into_site(id)));
        match find_zone(state, id).and_then(|zone| act(state, Some(zone), &mut body)) {
            Ok(()) => Outcome::ok(body),
            Err(refusal) => refusal.into_outcome(body),
        }
    });
    results.collect()
}

/// Returns the settings of a zone, or of the template.
fn zone_mut(state: &mut State, zone: Option<u64>) -> Result<&mut DnsZone, Refusal> {
    match zone {
        None => Ok(&mut state.dns.template),
        Some(zone) => state.dns.zones.get_mut(&zone).ok_or_else(domain_not_found),
    }
}

/// Reads zones. The SOA record is returned if the request names it.
pub(super) fn get(state: &mut State, get: Get) -> EachReply<GetResult> {
    for_each(state, get.scope, |state, zone, result: &mut GetResult| {
        let settings = zone_mut(state, zone)?;
        result.soa = get.soa.as_ref().map(|_| settings.soa.clone());
        result.zone_type = zone.map(|_| settings.kind.clone());
        result.zone_status = Some(if settings.enabled { ZoneStatus::Enabled } else { ZoneStatus::Disabled });
        Ok(())
    })
}

/// Changes the values of the SOA record that were sent.
pub(super) fn set_soa(state: &mut State, set: Set) -> EachReply<SetResult, 0> {
    for_each(state, set.scope, |state, zone, _| {
        let (settings, soa) = (zone_mut(state, zone)?, set.soa.clone());
        merge!(settings.soa, soa; ttl refresh retry expire minimum);
        Ok(())
    })
}

/// Makes the server the primary or a secondary name server of zones.
pub(super) fn switch(state: &mut State, switch: Switch) -> EachReply<SwitchResult> {
    for_each(state, Scope::Filter(switch.filter), |state, zone, _| {
        zone_mut(state, zone)?.kind = match &switch.zone_type {
            SwitchZoneType::Master => ZoneType::Master,
            SwitchZoneType::Slave => ZoneType::Slave,
            other => return Err(Refusal::invalid_value(&format!("The zone type '{other}' is unknown"))),
        };
        Ok(())
    })
}

/// Serves zones, or stops serving them.
pub(super) fn set_enabled(state: &mut State, scope: Scope, enabled: bool) -> EachReply<ZoneResult> {
    for_each(state, scope, |state, zone, _| {
        zone_mut(state, zone)?.enabled = enabled;
        Ok(())
    })
}

/// Adds a primary name server to a zone.
pub(super) fn add_master(state: &mut State, add: &AddMasterServer) -> Result<AddMasterServerResult, Refusal> {
    let (Site::SiteId(id) | Site::SiteAliasId(id)) = &add.site else {
        return Err(Refusal::not_modeled(&add.site));
    };
    let zone = find_zone(state, id.get())?;
    let address = add.ip_address.trim().parse();
    let address = address.map_err(|_| Refusal::invalid_value(&format!("'{}' is not an IP address", add.ip_address)))?;
    let others = state.dns.master_servers.lookup(IndexKey::Parent(zone));
    if others.iter().any(|other| other.address == address) {
        return Err(Refusal::already_exists(&format!("The primary name server {address}")));
    }
    let id = state.next_id();
    state.dns.master_servers.insert(id, MasterServer { zone, address });
    Ok(build(|result: &mut AddMasterServerResult| result.id = id.into()))
}

/// Reads the primary name servers of zones.
pub(super) fn get_masters(state: &State, filter: RecordFilter) -> EachReply<GetMasterServerResult> {
    each_result(select_masters(state, filter), |selected| match selected {
        Ok(id) => {
            let server = &state.dns.master_servers[&id];
            Outcome::ok(build(|result: &mut GetMasterServerResult| {
                result.id = Some(id.into());
                result.server = Some(build(|data: &mut GetMasterServerResultServer| {
                    let alias = state.site_aliases.contains_key(&server.zone);
                    let id = server.zone.into();
                    data.site = if alias { Site::SiteAliasId(id) } else { Site::SiteId(id) };
                    data.ip_address = server.address.to_string();
                }));
            }))
        }
        Err((id, refusal)) => refusal.into_outcome(build(|result: &mut GetMasterServerResult| {
            result.filter_id = Some(id.to_string());
        })),
    })
}

/// Deletes primary name servers of zones.
pub(super) fn delete_masters(state: &mut State, filter: RecordFilter) -> EachReply<DelMasterServerResult> {
    let result = |id: u64| build(|result: &mut DelMasterServerResult| result.id = Some(id.into()));
    each_result(select_masters(state, filter), |selected| match selected {
        Ok(id) => {
            state.dns.master_servers.remove(&id);
            Outcome::ok(result(id))
        }
        Err((id, refusal)) => refusal.into_outcome(result(id)),
    })
}

/// Returns one result for each selected object, or a bare `ok` if nothing was selected.
fn each_result<T, B: Content>(selected: Vec<T>, outcome: impl FnMut(T) -> Outcome<B>) -> EachReply<B> {
    if selected.is_empty() {
        return each_reply([]);
    }
    selected.into_iter().map(outcome).collect()
}

/// Returns the IDs of the primary name servers that a filter selects. An error repeats the ID of the filter.
fn select_masters(state: &State, filter: RecordFilter) -> Vec<Result<u64, (u64, Refusal)>> {
    let servers = &state.dns.master_servers;
    let of_zone = |zone: u64| servers.lookup_ids(IndexKey::Parent(zone)).into_iter().map(Ok).collect::<Vec<_>>();
    let find = |id: u64| {
        let server = servers.get(&id).ok_or_else(|| (id, Refusal::not_found("Master server")))?;
        find_zone(state, server.zone).map(|_| id).map_err(|refusal| (id, refusal))
    };
    match filter {
        RecordFilter::Id(ids) => ids.iter().map(|id| find(id.get())).collect(),
        RecordFilter::SiteId(ids) | RecordFilter::SiteAliasId(ids) => {
            let zone = |id: u64| match find_zone(state, id) {
                Ok(zone) => of_zone(zone),
                Err(refusal) => vec![Err((id, refusal))],
            };
            ids.iter().flat_map(|id| zone(id.get())).collect()
        }
        RecordFilter::DnsZoneName(names) => {
            let zone = |name: &String| {
                let zone = state.zone_named(&name.trim_end_matches('.').to_ascii_lowercase())?;
                find_zone(state, zone).ok()
            };
            names.iter().filter_map(zone).flat_map(of_zone).collect()
        }
        _ => visible_zones(state).into_iter().flat_map(of_zone).collect(),
    }
}

/// Adds the records of the template that zones lack. Records that a user added stay.
pub(super) fn sync(state: &mut State, filter: &TemplateFilter) -> Result<(), Refusal> {
    state.require_administrator()?;
    let zones = match filter {
        TemplateFilter::UsedIp(address) => {
            let address = address.trim().parse();
            let address =
                address.map_err(|_| Refusal::new(ErrorCode::IP_NOT_FOUND, "The IP address does not exist"))?;
            let uses = |zone: &u64| {
                let subscription = state.domain(state.zone_domain(*zone)).map(|domain| domain.subscription());
                let subscription = subscription.and_then(|id| state.subscriptions.get(&id));
                subscription.is_some_and(|subscription| subscription.ip_addresses.contains(&address))
            };
            visible_zones(state).into_iter().filter(uses).collect()
        }
        _ => visible_zones(state),
    };
    for zone in zones {
        for record in state.records_from_template(zone) {
            if !state.dns.records.lookup(IndexKey::Parent(zone)).contains(&&record) {
                let id = state.next_id();
                state.dns.records.insert(id, record);
            }
        }
    }
    Ok(())
}
