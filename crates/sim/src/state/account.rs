//! Accounts: the administrator, resellers and customers.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::IpAddr;

use plesk_protocol::reseller::ResourcePolicyOveruse;
use plesk_protocol::server::IpType;
use plesk_wire::packet::Secret;
use plesk_wire::xml::Date;

use super::settings::ApplicationList;
use crate::{clock, random};

/// The administrator's ID, as on a real Plesk. All other IDs differ from run to run.
pub const ADMINISTRATOR_ID: u64 = 1;

/// The account of a customer, of a reseller or of the administrator.
///
/// The fields have the names that the protocol uses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in your own system, for example in billing.
    pub external_id: Option<String>,
    /// The ID of the owner: the administrator, or the reseller of a customer.
    pub owner: u64,
    /// The day on which it was created.
    #[serde(with = "stored::text")]
    pub cr_date: Date,
    /// The name to log in with.
    pub login: String,
    /// The password.
    #[serde(with = "stored::text")]
    pub password: Secret,
    /// 0: active; 16: disabled by the administrator.
    pub status: i64,
    /// The company.
    pub cname: String,
    /// The contact person.
    pub pname: String,
    /// The telephone number.
    pub phone: String,
    /// The fax number.
    pub fax: String,
    /// The mail address.
    pub email: String,
    /// The street and number.
    pub address: String,
    /// The city.
    pub city: String,
    /// The state or province.
    pub state: String,
    /// The postal code.
    pub pcode: String,
    /// The country, as a code of two letters.
    pub country: String,
    /// The language.
    pub locale: String,
    /// A note about the account.
    pub description: String,
    /// The data that only resellers have. It has no effect in other accounts.
    pub reseller: ResellerSettings,
}

/// The plan, limits and permissions of a reseller.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ResellerSettings {
    /// `true` if the account manages only its own sites.
    pub power_user: bool,
    /// The ID of the reseller plan that the account follows.
    pub plan: Option<u64>,
    /// `true` if the account has settings of its own. Changes of its plan then no longer apply.
    pub locked: bool,
    /// `true` if the reseller may sell more resources than it has.
    pub oversell: Option<bool>,
    /// The policy for customers who exceed their limits.
    #[serde(with = "stored::text_option")]
    pub overuse: Option<ResourcePolicyOveruse>,
    /// The limits, by name; -1 is unlimited.
    pub limits: BTreeMap<String, i64>,
    /// The permissions, by name.
    pub permissions: BTreeMap<String, bool>,
    /// The IP addresses that the reseller can assign to customers.
    #[serde(with = "stored::text_map")]
    pub ip_pool: BTreeMap<IpAddr, IpType>,
    /// The applications that may be installed.
    pub applications: ApplicationList,
}

impl Account {
    /// Returns an account that the administrator owns, without contact data.
    pub(crate) fn new(id: u64, login: &str) -> Self {
        Self {
            id,
            guid: random::guid(),
            external_id: None,
            owner: ADMINISTRATOR_ID,
            cr_date: clock::today(),
            login: login.to_owned(),
            password: random::token().into(),
            status: 0,
            cname: String::new(),
            pname: login.to_owned(),
            phone: String::new(),
            fax: String::new(),
            email: String::new(),
            address: String::new(),
            city: String::new(),
            state: String::new(),
            pcode: String::new(),
            country: String::new(),
            locale: "en-US".to_owned(),
            description: String::new(),
            reseller: ResellerSettings::default(),
        }
    }
}
