//! Plans, and what they give to those who follow them.

use std::collections::{BTreeMap, BTreeSet};

use plesk_protocol::common::{DomainLimitsOveruse, DomainPerformance};
use plesk_protocol::reseller::LimitsResourcePolicyOveruse;
use plesk_protocol::service_plan::{LogRotation, MailPreferences, Preferences, WebServerSettings};
use plesk_wire::packet::Secret;
use plesk_wire::xml::Content;

use crate::random;

/// A service plan, or an add-on to one.
#[derive(Clone, Debug)]
pub struct ServicePlan {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in another system.
    pub external_id: Option<String>,
    /// The ID of the administrator or reseller who sells it.
    pub owner: u64,
    /// The name.
    pub name: String,
    /// The properties of web hosting, by name; `None` for a plan without hosting.
    pub hosting: Option<BTreeMap<String, Secret>>,
    /// What subscriptions get and may change.
    pub settings: Settings,
    /// How mail is handled.
    pub mail: Option<MailPreferences>,
    /// What happens to log files.
    pub log_rotation: Option<LogRotation>,
    /// Statistics, mail and DNS.
    pub preferences: Option<Preferences>,
    /// Directives for the web server.
    pub web_server: Option<WebServerSettings>,
}

/// A plan that resellers follow.
#[derive(Clone, Debug)]
pub struct ResellerPlan {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in another system.
    pub external_id: Option<String>,
    /// The name.
    pub name: String,
    /// Whether more may be sold than there is.
    pub oversell: Option<bool>,
    /// What happens to those who use more than they may.
    pub overuse: Option<LimitsResourcePolicyOveruse>,
    /// The limits, by name; -1 is unlimited.
    pub limits: BTreeMap<String, i64>,
    /// The permissions, by name.
    pub permissions: BTreeMap<String, bool>,
}

/// What a service plan gives, and what a subscription has.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What happens to a subscription that uses more than it may.
    pub overuse: Option<DomainLimitsOveruse>,
    /// The limits, by name; -1 is unlimited.
    pub limits: BTreeMap<String, i64>,
    /// The permissions, by name.
    pub permissions: BTreeMap<String, bool>,
    /// The bandwidth and the number of connections.
    pub performance: DomainPerformance,
    /// The settings of PHP, by name.
    pub php: BTreeMap<String, String>,
    /// Which applications there are.
    pub applications: ApplicationList,
    /// The names of the additional services.
    pub plan_items: BTreeSet<String>,
    /// The IDs of the database servers that may be used.
    pub db_servers: BTreeSet<u64>,
}

/// Which applications may be installed.
#[derive(Clone, Debug, Default)]
pub struct ApplicationList {
    /// Whether it is the listed ones only.
    pub only_listed: bool,
    /// The names of the listed applications.
    pub listed: BTreeSet<String>,
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
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            overuse: None,
            limits: BTreeMap::new(),
            permissions: BTreeMap::new(),
            performance: DomainPerformance::placeholder(),
            php: BTreeMap::new(),
            applications: ApplicationList::default(),
            plan_items: BTreeSet::new(),
            db_servers: BTreeSet::new(),
        }
    }
}
