//! DNS zones and their records.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::IpAddr;

use plesk_protocol::common::Zone as ZoneType;
use plesk_protocol::dns::{AddRecType, RecursionValue, Soa};
use plesk_wire::xml::Content;

use super::objects::State;
use super::table::{IndexKey, Record, Table};

/// The DNS server: its zones, their records, and the template for new zones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dns {
    /// The zones, by the ID of their site or site alias.
    pub zones: Table<DnsZone>,
    /// The template for new zones.
    pub template: DnsZone,
    /// The records of zones, by ID.
    pub records: Table<DnsRecord>,
    /// The records of the template, by ID. `<domain>` in a host or a value is replaced by the name of the
    /// zone, `<ip>` and `<ipv6>` by its addresses.
    pub template_records: Table<DnsRecord>,
    /// The primary name servers of secondary zones, by ID.
    pub master_servers: Table<MasterServer>,
    /// The hosts that may transfer zones.
    pub acl: BTreeSet<String>,
    /// Who may send recursive queries.
    #[serde(with = "stored::text")]
    pub recursion: RecursionValue,
    /// `true` if zones are served by another server.
    pub remote: bool,
}

/// The settings of a DNS zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DnsZone {
    /// The values of the SOA record.
    #[serde(with = "stored::xml")]
    pub soa: Soa,
    /// `true` if the zone is served.
    pub enabled: bool,
    /// `master` or `slave`.
    #[serde(with = "stored::text")]
    pub kind: ZoneType,
}

/// A DNS record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DnsRecord {
    /// The ID of the site or site alias; `None` for a record of the template.
    pub zone: Option<u64>,
    /// The type.
    #[serde(with = "stored::text")]
    pub kind: AddRecType,
    /// The full name, with a final dot.
    pub host: String,
    /// The value. That of CNAME, MX, NS and PTR is a full name with a final dot.
    pub value: String,
    /// The priority of MX records, the priority, weight and port of SRV records, and the prefix of PTR
    /// records. Empty for other types.
    pub opt: String,
}

/// The primary name server of a secondary zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MasterServer {
    /// The ID of the site or site alias.
    pub zone: u64,
    /// The address.
    pub address: IpAddr,
}

/// The records of the template of a fresh server: type, host, option and value.
const TEMPLATE: &[(AddRecType, &str, &str, &str)] = &[
    (AddRecType::Ns, "<domain>.", "", "ns1.<domain>."),
    (AddRecType::Ns, "<domain>.", "", "ns2.<domain>."),
    (AddRecType::A, "<domain>.", "", "<ip>"),
    (AddRecType::Aaaa, "<domain>.", "", "<ipv6>"),
    (AddRecType::A, "ns1.<domain>.", "", "<ip>"),
    (AddRecType::A, "ns2.<domain>.", "", "<ip>"),
    (AddRecType::A, "mail.<domain>.", "", "<ip>"),
    (AddRecType::A, "webmail.<domain>.", "", "<ip>"),
    (AddRecType::Cname, "www.<domain>.", "", "<domain>."),
    (AddRecType::Cname, "ftp.<domain>.", "", "<domain>."),
    (AddRecType::Mx, "<domain>.", "10", "mail.<domain>."),
    (AddRecType::Txt, "<domain>.", "", "v=spf1 +a +mx -all"),
    (AddRecType::Txt, "_dmarc.<domain>.", "", "v=DMARC1; p=none"),
];

impl Record for DnsRecord {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        if let Some(zone) = self.zone {
            visit(IndexKey::Parent(zone));
        }
    }

    fn part_of(&self) -> Option<u64> {
        self.zone
    }
}

impl Record for DnsZone {
    fn visit_keys<'a>(&'a self, _: &mut dyn FnMut(IndexKey<'a>)) {}
}

impl Record for MasterServer {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Parent(self.zone));
    }

    fn part_of(&self) -> Option<u64> {
        Some(self.zone)
    }
}

impl Dns {
    /// Returns a DNS server without zones. The caller adds the records of the template.
    pub(crate) fn new() -> Self {
        Self {
            zones: Table::new(),
            template: DnsZone::new(),
            records: Table::new(),
            template_records: Table::new(),
            master_servers: Table::new(),
            acl: BTreeSet::new(),
            recursion: RecursionValue::Localnets,
            remote: false,
        }
    }
}

impl DnsZone {
    fn new() -> Self {
        let mut soa = Soa::placeholder();
        soa.ttl = Some(86_400);
        soa.refresh = Some(10_800);
        soa.retry = Some(3_600);
        soa.expire = Some(604_800);
        soa.minimum = Some(10_800);
        Self { soa, enabled: true, kind: ZoneType::Master }
    }
}

impl State {
    /// Adds the records of a fresh server to the template of zones.
    pub(crate) fn fill_zone_template(&mut self) {
        for (kind, host, opt, value) in TEMPLATE {
            let record = DnsRecord {
                zone: None,
                kind: kind.clone(),
                host: (*host).to_owned(),
                value: (*value).to_owned(),
                opt: (*opt).to_owned(),
            };
            let id = self.next_id();
            self.dns.template_records.insert(id, record);
        }
    }

    /// Returns the full name of a zone, without a final dot.
    pub(crate) fn zone_name(&self, zone: u64) -> Option<&str> {
        let alias = || self.site_aliases.get(&zone).map(|alias| alias.name.as_str());
        self.domain(zone).map(|domain| domain.name()).or_else(alias)
    }

    /// Returns the ID of the site or site alias with this name.
    pub(crate) fn zone_named(&self, name: &str) -> Option<u64> {
        let alias = || self.site_aliases.lookup_first(IndexKey::Name(name)).map(|alias| alias.id);
        self.lookup_domain(IndexKey::Name(name)).map(|domain| domain.id()).or_else(alias)
    }

    /// Returns the ID of the domain whose account owns a zone.
    pub(crate) fn zone_domain(&self, zone: u64) -> u64 {
        self.site_aliases.get(&zone).map_or(zone, |alias| alias.site)
    }

    /// Adds the zone of a site or a site alias, with the records of the template. A zone that exists is
    /// replaced.
    pub(crate) fn add_zone(&mut self, zone: u64) {
        self.delete_zone(zone);
        self.dns.zones.insert(zone, self.dns.template.clone());
        for record in self.records_from_template(zone) {
            let id = self.next_id();
            self.dns.records.insert(id, record);
        }
    }

    /// Returns the records that the template provides for a zone. Records with an address that the domain
    /// does not have are left out.
    pub(crate) fn records_from_template(&self, zone: u64) -> Vec<DnsRecord> {
        let Some(name) = self.zone_name(zone) else { return Vec::new() };
        let subscription = self.domain(self.zone_domain(zone)).map(|domain| domain.subscription());
        let addresses = subscription.and_then(|id| self.subscriptions.get(&id)).map(|it| it.ip_addresses.as_slice());
        let address = |v4: bool| addresses.unwrap_or_default().iter().find(|address| address.is_ipv4() == v4);
        let placeholders = [
            ("<domain>", Some(name.to_owned())),
            ("<ip>", address(true).map(ToString::to_string)),
            ("<ipv6>", address(false).map(ToString::to_string)),
        ];
        let expand = |text: &str| {
            placeholders.iter().try_fold(text.to_owned(), |text, (placeholder, value)| match value {
                Some(value) => Some(text.replace(placeholder, value)),
                None => (!text.contains(placeholder)).then_some(text),
            })
        };
        let records = self.dns.template_records.values().filter_map(|record| {
            let (host, value) = (expand(&record.host)?, expand(&record.value)?);
            Some(DnsRecord { zone: Some(zone), host, value, ..record.clone() })
        });
        records.collect()
    }

    /// Deletes the zone of a site or a site alias.
    pub(crate) fn delete_zone(&mut self, zone: u64) {
        self.dns.zones.remove(&zone);
        self.dns.records.remove_all(IndexKey::Parent(zone));
        self.dns.master_servers.remove_all(IndexKey::Parent(zone));
    }
}
