//! The records of zones and of the template.

use std::net::{Ipv4Addr, Ipv6Addr};

use plesk_protocol::dns::{
    AddRec, AddRecResult, AddRecType, DelRec, DelRecResult, GetRec, GetRecResult, GetRecScope, Record, RecordFilter,
    Zone,
};
use plesk_wire::packet::{EachReply, Outcome};
use plesk_wire::xml::{Content, Nillable};

use super::{find_zone, visible_zones};
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::domain_not_found;
use crate::state::{DnsRecord, IndexKey, State};

/// Adds a record to a zone, or to the template.
pub(super) fn add(state: &mut State, add: AddRec) -> Result<AddRecResult, Refusal> {
    let zone = match add.zone {
        Zone::Template => None,
        Zone::SiteId(id) | Zone::SiteAliasId(id) => Some(find_zone(state, id.get())?),
        other => return Err(Refusal::not_modeled(&other)),
    };
    let name = match zone {
        Some(zone) => state.zone_name(zone).ok_or_else(domain_not_found)?.to_owned(),
        None => {
            state.require_administrator()?;
            "<domain>".to_owned()
        }
    };
    let host = add.host.value().map(String::as_str).unwrap_or_default();
    let opt = add.opt.as_ref().and_then(Nillable::value).map(|opt| opt.trim().to_owned());
    let record = DnsRecord {
        zone,
        host: absolute(host, &name)?,
        value: check_value(&add.r#type, &add.value, zone.is_none())?,
        opt: opt.unwrap_or_default(),
        kind: add.r#type,
    };
    let exists = match zone {
        Some(zone) => state.dns.records.lookup(IndexKey::Parent(zone)).contains(&&record),
        None => state.dns.template_records.values().any(|other| *other == record),
    };
    if exists {
        return Err(Refusal::already_exists("The DNS record"));
    }
    let id = state.next_id();
    if zone.is_some() {
        state.dns.records.insert(id, record);
    } else {
        state.dns.template_records.insert(id, record);
    }
    Ok(build(|result: &mut AddRecResult| result.id = Some(id.into())))
}

/// Returns the full name of a host with a final dot. It is relative to the zone, unless it has a final dot.
fn absolute(host: &str, zone: &str) -> Result<String, Refusal> {
    let host = host.trim().to_ascii_lowercase();
    match host.strip_suffix('.') {
        _ if host.is_empty() => Ok(format!("{zone}.")),
        None => Ok(format!("{host}.{zone}.")),
        Some(full) if full == zone || full.ends_with(&format!(".{zone}")) => Ok(host),
        Some(_) => Err(Refusal::invalid_value(&format!("The host '{host}' is not in the zone '{zone}'"))),
    }
}

/// Returns the value as it is stored: names get a final dot, and addresses must be valid.
fn check_value(kind: &AddRecType, value: &str, template: bool) -> Result<String, Refusal> {
    let value = value.trim();
    let invalid =
        |expected: &str| Err(Refusal::invalid_value(&format!("The value '{value}' of the record is not {expected}")));
    match kind {
        _ if value.is_empty() => invalid("a value"),
        AddRecType::Cname | AddRecType::Ns | AddRecType::Mx | AddRecType::Ptr => {
            Ok(format!("{}.", value.trim_end_matches('.')))
        }
        AddRecType::A if !(template && value == "<ip>") && value.parse::<Ipv4Addr>().is_err() => {
            invalid("an IPv4 address")
        }
        AddRecType::Aaaa if !(template && value == "<ipv6>") && value.parse::<Ipv6Addr>().is_err() => {
            invalid("an IPv6 address")
        }
        AddRecType::Soa => Err(Refusal::invalid_value("The SOA record is changed by the operation set")),
        _ => Ok(value.to_owned()),
    }
}

/// Reads records.
pub(super) fn get(state: &State, get: GetRec) -> EachReply<Option<GetRecResult>, 0> {
    let template = matches!(get.scope, Some(GetRecScope::Template(_)));
    let subdomains = matches!(get.scope, Some(GetRecScope::IncludeSubdomains(_)));
    let selected = select(state, get.filter, template, subdomains);
    let results = selected.into_iter().map(|selected| match selected {
        Ok((id, record)) => Outcome::ok(Some(read(state, id, record))),
        Err((id, refusal)) => {
            let result = |id: u64| build(|result: &mut GetRecResult| result.id = id.into());
            refusal.into_outcome(id.map(result))
        }
    });
    results.collect()
}

/// Deletes records.
pub(super) fn delete(state: &mut State, del: DelRec) -> EachReply<DelRecResult, 0> {
    let template = del.template.is_some();
    let selected = select(state, del.filter, template, false);
    let selected: Vec<_> = selected.into_iter().map(|selected| selected.map(|(id, _)| id)).collect();
    let result = |id: Option<u64>| build(|result: &mut DelRecResult| result.id = id.map(Into::into));
    let results = selected.into_iter().map(|selected| match selected {
        Err((id, refusal)) => refusal.into_outcome(result(id)),
        Ok(id) => {
            let records = if template { &mut state.dns.template_records } else { &mut state.dns.records };
            match records.remove(&id) {
                Some(_) => Outcome::ok(result(Some(id))),
                // The filter named the record twice.
                None => record_not_found().into_outcome(result(Some(id))),
            }
        }
    });
    results.collect()
}

/// A record that was found, or why not; with the ID if the filter named one.
type Selected<'s> = Result<(u64, &'s DnsRecord), (Option<u64>, Refusal)>;

/// Returns the records that a filter selects, in its order.
fn select(state: &State, filter: RecordFilter, template: bool, subdomains: bool) -> Vec<Selected<'_>> {
    if template {
        if let Err(refusal) = state.require_administrator() {
            return vec![Err((None, refusal))];
        }
        let records = &state.dns.template_records;
        return match filter {
            RecordFilter::Id(ids) => {
                let find = |id: u64| records.get(&id).map(|record| (id, record));
                ids.iter().map(|id| find(id.get()).ok_or((Some(id.get()), record_not_found()))).collect()
            }
            _ => records.iter().map(|(id, record)| Ok((*id, record))).collect(),
        };
    }
    let of_zone = |zone: Result<u64, Refusal>| -> Vec<Selected<'_>> {
        match zone {
            Err(refusal) => vec![Err((None, refusal))],
            Ok(zone) => {
                let mut ids = state.dns.records.lookup_ids(IndexKey::Parent(zone));
                if subdomains {
                    let zones = state.sites.lookup_ids(IndexKey::Parent(zone)).into_iter();
                    ids.extend(zones.flat_map(|zone| state.dns.records.lookup_ids(IndexKey::Parent(zone))));
                    ids.sort_unstable();
                }
                ids.into_iter().map(|id| Ok((id, &state.dns.records[&id]))).collect()
            }
        }
    };
    match filter {
        RecordFilter::Id(ids) => ids.iter().map(|id| find(state, id.get())).collect(),
        RecordFilter::SiteId(ids) | RecordFilter::SiteAliasId(ids) => {
            ids.iter().flat_map(|id| of_zone(find_zone(state, id.get()))).collect()
        }
        RecordFilter::DnsZoneName(names) => {
            let zone = |name: &str| {
                let name = name.trim_end_matches('.').to_ascii_lowercase();
                find_zone(state, state.zone_named(&name).ok_or_else(domain_not_found)?)
            };
            names.iter().flat_map(|name| of_zone(zone(name))).collect()
        }
        _ => visible_zones(state).into_iter().flat_map(|zone| of_zone(Ok(zone))).collect(),
    }
}

/// Returns the record with this ID, if it belongs to a zone.
fn find(state: &State, id: u64) -> Selected<'_> {
    let found = state.dns.records.get(&id).and_then(|record| Some((record, record.zone?)));
    let (record, zone) = found.ok_or((Some(id), record_not_found()))?;
    find_zone(state, zone).map(|_| (id, record)).map_err(|refusal| (Some(id), refusal))
}

fn record_not_found() -> Refusal {
    Refusal::not_found("Record")
}

fn read(state: &State, id: u64, record: &DnsRecord) -> GetRecResult {
    build(|result: &mut GetRecResult| {
        result.id = id.into();
        let mut data = Record::placeholder();
        data.zone = match record.zone {
            None => Zone::Template,
            Some(zone) if state.site_aliases.contains_key(&zone) => Zone::SiteAliasId(zone.into()),
            Some(zone) => Zone::SiteId(zone.into()),
        };
        data.r#type = record.kind.clone();
        data.host = Nillable::Value(record.host.clone());
        data.value.clone_from(&record.value);
        // The element is always there, even if it is empty: clients read it without a check.
        data.opt = Some(Nillable::Value(record.opt.clone()));
        result.data = Some(data);
    })
}
