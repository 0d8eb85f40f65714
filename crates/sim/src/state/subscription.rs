//! Subscriptions and their hosting.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use plesk_protocol::common::{DomainPrefs, HostingType, Traffic, WebspaceMailPreferences};
use plesk_wire::packet::Secret;
use plesk_wire::xml::{Content, Date, DateTime};

use super::settings::Settings;
use crate::{clock, random};

/// A subscription, with its main domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in your own system, for example in billing.
    pub external_id: Option<String>,
    /// The ID of the account that owns it.
    pub owner: u64,
    /// The name of its main domain, in ASCII.
    pub name: String,
    /// The day on which it was created.
    #[serde(with = "stored::text")]
    pub cr_date: Date,
    /// 0: active; 16, 32 and 64: disabled by the administrator, the reseller and the customer.
    pub status: i64,
    /// The note of the owner.
    pub description: String,
    /// The note of the administrator.
    pub admin_description: String,
    /// The note of the reseller.
    pub reseller_description: String,
    /// The IP addresses of its main domain: an IPv4 address, an IPv6 address, or one of each.
    pub ip_addresses: Vec<IpAddr>,
    /// The hosting of its main domain.
    pub hosting: Hosting,
    /// The ID of the service plan that it follows.
    pub plan: Option<u64>,
    /// The IDs of the add-on plans.
    pub addons: BTreeSet<u64>,
    /// `true` if it has settings of its own. Changes of its plan then no longer apply.
    pub locked: bool,
    /// Its limits, permissions and other settings.
    pub settings: Settings,
    /// The preferences of the main domain.
    #[serde(with = "stored::xml")]
    pub prefs: DomainPrefs,
    /// How mail is handled.
    #[serde(with = "stored::xml")]
    pub mail: WebspaceMailPreferences,
    /// The disk space of mailboxes, in bytes.
    pub mailboxes_size: i64,
    /// The disk space of mailing lists, in bytes.
    pub maillists_size: i64,
    /// The traffic of each day, oldest first.
    #[serde(with = "stored::xml_list")]
    pub traffic: Vec<Traffic>,
    /// When its resource usage last changed.
    #[serde(with = "stored::text")]
    pub usage_changed: DateTime,
}

/// The content that a domain serves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Hosting {
    /// Nothing.
    None,
    /// Web space on this server, with its properties by name.
    Physical(#[serde(with = "stored::text_map")] BTreeMap<String, Secret>),
    /// A redirect to another address.
    StandardForwarding {
        /// The address.
        url: String,
        /// The HTTP status of the redirect.
        code: Option<i64>,
    },
    /// A page that shows another address in a frame.
    FrameForwarding {
        /// The address.
        url: String,
    },
}

impl Subscription {
    pub(crate) fn new(id: u64, owner: u64, name: &str, ip_addresses: Vec<IpAddr>) -> Self {
        Self {
            id,
            guid: random::guid(),
            external_id: None,
            owner,
            name: name.to_owned(),
            cr_date: clock::today(),
            status: 0,
            description: String::new(),
            admin_description: String::new(),
            reseller_description: String::new(),
            ip_addresses,
            hosting: Hosting::None,
            plan: None,
            addons: BTreeSet::new(),
            locked: false,
            settings: Settings::default(),
            prefs: DomainPrefs::placeholder(),
            mail: WebspaceMailPreferences::placeholder(),
            mailboxes_size: 0,
            maillists_size: 0,
            traffic: Vec::new(),
            usage_changed: clock::now(),
        }
    }
}

impl Hosting {
    /// Returns the kind of hosting, as the protocol names it.
    pub fn kind(&self) -> HostingType {
        match self {
            Self::None => HostingType::None,
            Self::Physical(_) => HostingType::VrtHst,
            Self::StandardForwarding { .. } => HostingType::StdFwd,
            Self::FrameForwarding { .. } => HostingType::FrmFwd,
        }
    }
}
