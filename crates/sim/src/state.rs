//! What the simulated Plesk holds: accounts, subscriptions, plans, sessions.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use plesk_protocol::session::Kind;
use plesk_wire::packet::Secret;
use plesk_wire::xml::{Date, DateTime};

use crate::{clock, random};

/// The administrator's ID, as on a real Plesk. All other IDs differ from run to run.
pub const ADMINISTRATOR_ID: u64 = 1;

/// All objects of the server, by ID.
///
/// The fields are there to be read and changed; the `add_` methods make objects with an ID and a
/// GUID of their own. No ID is given twice, to objects of different kinds neither, so that an
/// operation that mixes them up finds nothing. That logins and names are unique is up to whoever
/// seeds them; the operations of the protocol see to it themselves.
#[derive(Clone, Debug)]
pub struct State {
    /// The administrator, who owns what no reseller owns.
    pub administrator: Account,
    /// The customers.
    pub customers: BTreeMap<u64, Account>,
    /// The resellers.
    pub resellers: BTreeMap<u64, Account>,
    /// The subscriptions, which the protocol calls webspaces.
    pub subscriptions: BTreeMap<u64, Subscription>,
    /// The service plans.
    pub service_plans: BTreeMap<u64, ServicePlan>,
    /// The open sessions, in the order in which they were opened.
    pub sessions: Vec<Session>,
    last_id: u64,
}

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
}

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
    /// The ID of the service plan that it follows.
    pub plan: Option<u64>,
}

/// A service plan.
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
}

/// Somebody's open session in the panel.
#[derive(Clone, Debug)]
pub struct Session {
    /// The ID: a text, and as good as a password.
    pub id: Secret,
    /// What kind of user opened it.
    pub kind: Kind,
    /// The login of that user.
    pub login: String,
    /// Where its user connects from.
    pub ip_address: IpAddr,
    /// When it was opened.
    pub login_time: DateTime,
    /// When its user last did something.
    pub idle: DateTime,
}

impl State {
    pub(crate) fn new() -> Self {
        let administrator = Account { pname: "Administrator".to_owned(), ..Account::new(ADMINISTRATOR_ID, "admin") };
        Self {
            administrator,
            customers: BTreeMap::new(),
            resellers: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            service_plans: BTreeMap::new(),
            sessions: Vec::new(),
            last_id: 1_000 + random::number() % 1_000_000,
        }
    }

    /// Adds a customer of the administrator's.
    pub fn add_customer(&mut self, login: &str) -> &mut Account {
        let id = self.next_id();
        self.customers.entry(id).or_insert_with(|| Account::new(id, login))
    }

    /// Adds a reseller.
    pub fn add_reseller(&mut self, login: &str) -> &mut Account {
        let id = self.next_id();
        self.resellers.entry(id).or_insert_with(|| Account::new(id, login))
    }

    /// Adds a subscription of the account `owner`.
    pub fn add_subscription(&mut self, owner: u64, name: &str) -> &mut Subscription {
        let id = self.next_id();
        self.subscriptions.entry(id).or_insert_with(|| Subscription {
            id,
            guid: random::guid(),
            external_id: None,
            owner,
            name: name.to_owned(),
            plan: None,
        })
    }

    /// Adds a service plan of the administrator or reseller `owner`.
    pub fn add_service_plan(&mut self, owner: u64, name: &str) -> &mut ServicePlan {
        let id = self.next_id();
        self.service_plans.entry(id).or_insert_with(|| ServicePlan {
            id,
            guid: random::guid(),
            external_id: None,
            owner,
            name: name.to_owned(),
        })
    }

    /// Opens a session of the user `login`: of the administrator's, a reseller's or a customer's
    /// kind, whichever has that login, or else of a customer's.
    pub fn add_session(&mut self, login: &str) -> &mut Session {
        let kind = if login == self.administrator.login {
            Kind::Admin
        } else if self.resellers.values().any(|reseller| reseller.login == login) {
            Kind::Reseller
        } else {
            Kind::Client
        };
        let session = Session {
            id: random::token().into(),
            kind,
            login: login.to_owned(),
            ip_address: Ipv4Addr::LOCALHOST.into(),
            login_time: clock::now(),
            idle: clock::now(),
        };
        self.sessions.push(session);
        let last = self.sessions.len() - 1;
        &mut self.sessions[last]
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// The accounts that may own customers and plans.
    pub(crate) fn providers(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.administrator).chain(self.resellers.values())
    }

    /// All accounts.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.providers().chain(self.customers.values())
    }

    /// Deletes a customer and what belongs to it.
    pub(crate) fn delete_customer(&mut self, id: u64) {
        if let Some(customer) = self.customers.remove(&id) {
            self.delete_belongings(&customer);
        }
    }

    /// Deletes a reseller and what belongs to it, its customers too.
    pub(crate) fn delete_reseller(&mut self, id: u64) {
        let Some(reseller) = self.resellers.remove(&id) else { return };
        self.delete_belongings(&reseller);
        let customers: Vec<u64> = self.customers.values().filter(|c| c.owner == id).map(|c| c.id).collect();
        for customer in customers {
            self.delete_customer(customer);
        }
    }

    fn delete_belongings(&mut self, account: &Account) {
        self.subscriptions.retain(|_, subscription| subscription.owner != account.id);
        self.service_plans.retain(|_, plan| plan.owner != account.id);
        self.sessions.retain(|session| session.login != account.login);
    }

    /// Deletes a service plan; returns how many subscriptions followed it and now follow none.
    pub(crate) fn delete_service_plan(&mut self, id: u64) -> usize {
        self.service_plans.remove(&id);
        let followers = self.subscriptions.values_mut().filter(|subscription| subscription.plan == Some(id));
        followers.map(|subscription| subscription.plan = None).count()
    }
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
        }
    }
}
