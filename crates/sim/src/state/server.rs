//! Resources of the server.

use super::stored;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use plesk_protocol::server::IpType;
use plesk_wire::packet::Secret;

use super::objects::State;
use super::table::{IndexKey, Record};

/// A database server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DbServer {
    /// The ID.
    pub id: u64,
    /// `mysql`, `postgresql` or `mssql`.
    pub kind: String,
    /// The host.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The login of its administrator.
    pub admin: String,
    /// The password of its administrator.
    #[serde(with = "stored::text_option")]
    pub password: Option<Secret>,
    /// `true` if it runs on this server.
    pub local: bool,
    /// `true` if new databases of its type are created on it.
    pub is_default: bool,
}

/// The ID of the local MySQL, as on a real Plesk.
pub(super) const LOCAL_MYSQL_ID: u64 = 1;

impl DbServer {
    /// Returns a database server that is neither local nor the default of its type.
    pub(crate) fn new(id: u64, kind: &str, host: &str, port: u16) -> Self {
        Self {
            id,
            kind: kind.to_owned(),
            host: host.to_owned(),
            port,
            admin: "admin".to_owned(),
            password: None,
            local: false,
            is_default: false,
        }
    }

    /// Returns the MySQL that runs on this server.
    pub(super) fn local_mysql() -> Self {
        Self { local: true, is_default: true, ..Self::new(LOCAL_MYSQL_ID, "mysql", "localhost", 3306) }
    }
}

impl Record for DbServer {
    fn visit_keys<'a>(&'a self, _: &mut dyn FnMut(IndexKey<'a>)) {}
}

/// The network settings of an IP address of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IpDetails {
    /// The network mask.
    pub netmask: IpAddr,
    /// Shared by all accounts, or exclusive to one.
    #[serde(with = "stored::text")]
    pub kind: IpType,
    /// The network interface.
    pub interface: String,
    /// The address that others see, for a server behind NAT.
    pub public: Option<IpAddr>,
    /// The name of the certificate of sites without their own certificate.
    pub certificate: Option<String>,
}

impl IpDetails {
    /// Returns the settings of an address for which nothing was set: shared, in a network of usual size.
    pub fn default_for(address: IpAddr, interface: &str) -> Self {
        let netmask = match address {
            IpAddr::V4(_) => Ipv4Addr::new(255, 255, 255, 0).into(),
            IpAddr::V6(_) => Ipv6Addr::new(0xffff, 0xffff, 0xffff, 0xffff, 0, 0, 0, 0).into(),
        };
        Self { netmask, kind: IpType::Shared, interface: interface.to_owned(), public: None, certificate: None }
    }
}

impl State {
    /// Returns the network settings of an address.
    pub(crate) fn ip_details(&self, address: IpAddr) -> IpDetails {
        let interface = self.server.interfaces.first().map_or("eth0", String::as_str);
        let details = self.ip_details.get(&address).cloned();
        details.unwrap_or_else(|| IpDetails::default_for(address, interface))
    }
}
