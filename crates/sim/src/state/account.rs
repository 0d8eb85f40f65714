//! Accounts: the administrator, resellers and customers.

use std::collections::BTreeMap;
use std::net::IpAddr;

use plesk_protocol::reseller::LimitsResourcePolicyOveruse;
use plesk_protocol::server::IpType;
use plesk_wire::packet::Secret;
use plesk_wire::xml::Date;

use super::{ADMINISTRATOR_ID, ApplicationList};
use crate::{clock, random};

/// The account of a customer, of a reseller or of the administrator.
///
/// The fields bear the names that the protocol gives them.
#[derive(Clone, Debug)]
pub struct Account {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID in another system.
    pub external_id: Option<String>,
    /// The ID of the owner: the administrator, or a customer's reseller.
    pub owner: u64,
    /// When it was created.
    pub cr_date: Date,
    /// The name to log in with.
    pub login: String,
    /// The password.
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
    /// A note on the account.
    pub description: String,
    /// What only a reseller has; without effect in any other account.
    pub reseller: ResellerSettings,
}

/// What a reseller may do and use.
#[derive(Clone, Debug, Default)]
pub struct ResellerSettings {
    /// Whether the account manages its own sites alone.
    pub power_user: bool,
    /// The ID of the reseller plan that the account follows.
    pub plan: Option<u64>,
    /// Whether the account has settings of its own, so that changes of its plan pass it by.
    pub locked: bool,
    /// Whether more may be sold than there is.
    pub oversell: Option<bool>,
    /// What happens to those who use more than they may.
    pub overuse: Option<LimitsResourcePolicyOveruse>,
    /// The limits, by name; -1 is unlimited.
    pub limits: BTreeMap<String, i64>,
    /// The permissions, by name.
    pub permissions: BTreeMap<String, bool>,
    /// The IP addresses to hand out.
    pub ip_pool: BTreeMap<IpAddr, IpType>,
    /// Which applications there are.
    pub applications: ApplicationList,
}

impl Account {
    /// An account of the administrator's, without contact data.
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
