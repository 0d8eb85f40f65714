//! Limits, permissions and other settings of service plans and subscriptions.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use plesk_protocol::common::{DomainLimitsOveruse, DomainPerformance};
use plesk_wire::xml::Content;

/// The settings that a service plan provides, and that a subscription has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The policy for a subscription that exceeds its limits.
    #[serde(with = "stored::text_option")]
    pub overuse: Option<DomainLimitsOveruse>,
    /// The limits, by name; -1 is unlimited.
    pub limits: BTreeMap<String, i64>,
    /// The permissions, by name.
    pub permissions: BTreeMap<String, bool>,
    /// The bandwidth and the number of connections.
    #[serde(with = "stored::xml")]
    pub performance: DomainPerformance,
    /// The settings of PHP, by name.
    pub php: BTreeMap<String, String>,
    /// The applications that may be installed.
    pub applications: ApplicationList,
    /// The names of the additional services.
    pub plan_items: BTreeSet<String>,
    /// The IDs of the database servers that may be used.
    pub db_servers: BTreeSet<u64>,
}

/// The applications that may be installed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ApplicationList {
    /// `true` if only the listed applications may be installed; `false` if all may.
    pub only_listed: bool,
    /// The names of the listed applications.
    pub listed: BTreeSet<String>,
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
