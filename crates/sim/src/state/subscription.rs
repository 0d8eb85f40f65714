//! Subscriptions.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use plesk_protocol::common::{DomainPrefs, HostingType, Traffic, WebspaceMailPreferences};
use plesk_wire::packet::Secret;
use plesk_wire::xml::{Content, Date, DateTime};

use super::Settings;
use crate::{clock, random};

/// A subscription, with its main domain.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in another system.
    pub external_id: Option<String>,
    /// The ID of the account that owns it.
    pub owner: u64,
    /// The name of its main domain, in ASCII.
    pub name: String,
    /// When it was created.
    pub cr_date: Date,
    /// 0: active; 16, 32, 64: disabled by the administrator, the reseller, the customer.
    pub status: i64,
    /// The note of the owner.
    pub description: String,
    /// The note of the administrator.
    pub admin_description: String,
    /// The note of the reseller.
    pub reseller_description: String,
    /// The addresses of its main domain: one of a kind at most, one at least.
    pub ip_addresses: Vec<IpAddr>,
    /// The hosting of its main domain.
    pub hosting: Hosting,
    /// The ID of the service plan that it follows.
    pub plan: Option<u64>,
    /// The IDs of the add-on plans.
    pub addons: BTreeSet<u64>,
    /// Whether it has settings of its own, so that changes of its plan pass it by.
    pub locked: bool,
    /// What it may do and use.
    pub settings: Settings,
    /// The preferences of the main domain.
    pub prefs: DomainPrefs,
    /// How mail is handled.
    pub mail: WebspaceMailPreferences,
    /// Bytes that mailboxes take up.
    pub mailboxes_size: i64,
    /// Bytes that mailing lists take up.
    pub maillists_size: i64,
    /// The traffic of each day, the earliest first.
    pub traffic: Vec<Traffic>,
    /// When its use of resources last changed.
    pub usage_changed: DateTime,
}

/// What a domain shows to visitors.
#[derive(Clone, Debug, PartialEq)]
pub enum Hosting {
    /// Nothing.
    None,
    /// Web space, with its properties by name.
    Physical(BTreeMap<String, Secret>),
    /// The redirect to another address.
    StandardForwarding {
        /// The address.
        url: String,
        /// The HTTP status of the redirect.
        code: Option<i64>,
    },
    /// Another address in a frame.
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
    /// The kind, as the protocol names it.
    pub fn kind(&self) -> HostingType {
        match self {
            Self::None => HostingType::None,
            Self::Physical(_) => HostingType::VrtHst,
            Self::StandardForwarding { .. } => HostingType::StdFwd,
            Self::FrameForwarding { .. } => HostingType::FrmFwd,
        }
    }
}
