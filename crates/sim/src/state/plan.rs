//! Service plans and reseller plans.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use plesk_protocol::reseller::ResourcePolicyOveruse;
use plesk_protocol::service_plan::{LogRotation, MailPreferences, Preferences, WebServerSettings};
use plesk_wire::packet::Secret;

use super::settings::{ApplicationList, Settings};
use crate::random;

/// A service plan, or an add-on to one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServicePlan {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in your own system, for example in billing.
    pub external_id: Option<String>,
    /// The ID of the administrator or reseller who sells it.
    pub owner: u64,
    /// The name.
    pub name: String,
    /// The properties of web hosting, by name; `None` for a plan without hosting.
    #[serde(with = "stored::text_map_option")]
    pub hosting: Option<BTreeMap<String, Secret>>,
    /// The limits, permissions and other settings that subscriptions get.
    pub settings: Settings,
    /// How mail is handled.
    #[serde(with = "stored::xml_option")]
    pub mail: Option<MailPreferences>,
    /// How log files are rotated.
    #[serde(with = "stored::xml_option")]
    pub log_rotation: Option<LogRotation>,
    /// Preferences of statistics, mail and DNS.
    #[serde(with = "stored::xml_option")]
    pub preferences: Option<Preferences>,
    /// Directives for the web server.
    #[serde(with = "stored::xml_option")]
    pub web_server: Option<WebServerSettings>,
}

/// A plan for resellers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResellerPlan {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in your own system, for example in billing.
    pub external_id: Option<String>,
    /// The name.
    pub name: String,
    /// `true` if the reseller may sell more resources than it has.
    pub oversell: Option<bool>,
    /// The policy for customers who exceed their limits.
    #[serde(with = "stored::text_option")]
    pub overuse: Option<ResourcePolicyOveruse>,
    /// The limits, by name; -1 is unlimited.
    pub limits: BTreeMap<String, i64>,
    /// The permissions, by name.
    pub permissions: BTreeMap<String, bool>,
    /// The IP addresses that resellers get.
    pub ip_pool: BTreeSet<IpAddr>,
    /// The numbers of IPv4 and of IPv6 addresses that resellers get exclusively.
    pub exclusive_ips: (i64, i64),
    /// The applications that may be installed.
    pub applications: ApplicationList,
}

impl ServicePlan {
    pub(crate) fn new(id: u64, owner: u64, name: &str) -> Self {
        Self {
            id,
            guid: random::guid(),
            external_id: None,
            owner,
            name: name.to_owned(),
            hosting: Some(BTreeMap::new()),
            settings: Settings::default(),
            mail: None,
            log_rotation: None,
            preferences: None,
            web_server: None,
        }
    }
}

impl ResellerPlan {
    pub(crate) fn new(id: u64, name: &str) -> Self {
        Self {
            id,
            guid: random::guid(),
            external_id: None,
            name: name.to_owned(),
            oversell: None,
            overuse: None,
            limits: BTreeMap::new(),
            permissions: BTreeMap::new(),
            ip_pool: BTreeSet::new(),
            exclusive_ips: (0, 0),
            applications: ApplicationList::default(),
        }
    }
}
