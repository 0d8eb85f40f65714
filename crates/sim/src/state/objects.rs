//! All objects of the simulated Plesk, and how they are added.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use plesk_protocol::event_log::{ClassType, EventType};
use plesk_protocol::session::UserType;

use super::account::{ADMINISTRATOR_ID, Account};
use super::certificate::Certificate;
use super::custom_button::CustomButton;
use super::database::{Database, DatabaseUser};
use super::description::ServerDescription;
use super::dns::Dns;
use super::event::EventLog;
use super::extension::Extension;
use super::ftp_user::FtpUser;
use super::log_rotation::LogRotation;
use super::mail::MailAccount;
use super::plan::{ResellerPlan, ServicePlan};
use super::protected_dir::{ProtectedDir, ProtectedDirUser};
use super::secret_key::SecretKey;
use super::server::{DbServer, IpDetails};
use super::session::Session;
use super::site::Site;
use super::site_alias::SiteAlias;
use super::subscription::Subscription;
use super::table::{IndexKey, Table};
use super::virtual_dir::VirtualDir;
use crate::shared::descriptors::default_permissions;
use crate::{clock, random};

/// All objects of the server, by ID.
///
/// A test may read and change all fields. The `add_` methods add an object with a new ID and GUID.
///
/// No two objects have the same ID, not even objects of different kinds. An operation that confuses
/// two kinds therefore finds nothing. The `add_` methods do not check that logins and names are
/// unique; the operations of the protocol do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The administrator, who owns everything that no reseller owns.
    pub administrator: Account,
    /// The customers.
    pub customers: Table<Account>,
    /// The resellers.
    pub resellers: Table<Account>,
    /// The subscriptions, which the protocol calls webspaces.
    pub subscriptions: Table<Subscription>,
    /// The additional domains and subdomains of subscriptions.
    pub sites: Table<Site>,
    /// Further names of sites.
    pub site_aliases: Table<SiteAlias>,
    /// The service plans. Initially "Default Domain", "Default Simple" and "Unlimited".
    pub service_plans: Table<ServicePlan>,
    /// The add-ons to service plans.
    pub service_plan_addons: Table<ServicePlan>,
    /// The reseller plans.
    pub reseller_plans: Table<ResellerPlan>,
    /// The open sessions, by a number that only grows: the oldest is first.
    pub sessions: Table<Session>,
    /// The IP addresses of the server. A subscription that requests none gets the first one.
    /// Initially 192.0.2.1 and 2001:db8::1.
    pub ip_addresses: Vec<IpAddr>,
    /// The network settings of IP addresses. An address that is not listed has those of
    /// [`IpDetails::default_for`].
    pub ip_details: BTreeMap<IpAddr, IpDetails>,
    /// What the server is, what it runs on, and how it is configured.
    pub server: ServerDescription,
    /// The secret keys of the API, which clients may use instead of login and password.
    pub secret_keys: BTreeMap<String, SecretKey>,
    /// The DNS zones and their records.
    pub dns: Dns,
    /// The databases.
    pub databases: Table<Database>,
    /// The users of databases.
    pub database_users: Table<DatabaseUser>,
    /// The directories of sites that ask visitors for a password.
    pub protected_dirs: Table<ProtectedDir>,
    /// The users of protected directories.
    pub protected_dir_users: Table<ProtectedDirUser>,
    /// The mail accounts.
    pub mail_accounts: Table<MailAccount>,
    /// The database servers. Initially a local MySQL.
    pub db_servers: Table<DbServer>,
    /// The additional FTP accounts.
    pub ftp_users: Table<FtpUser>,
    /// The virtual directories of sites.
    pub virtual_dirs: Table<VirtualDir>,
    /// How the log files of sites are rotated, by the ID of the site. A site that is not listed has the
    /// rotation of a new one.
    pub log_rotations: BTreeMap<u64, LogRotation>,
    /// The certificates. Initially one, which the panel uses.
    pub certificates: Table<Certificate>,
    /// The buttons that link from the panel to other pages.
    pub custom_buttons: Table<CustomButton>,
    /// The branding themes: the file of each, by the ID of its account.
    pub branding_themes: BTreeMap<u64, String>,
    /// `true` if limits of subscriptions bind: what exceeds one is refused with error 1024. Initially `false`.
    pub enforce_limits: bool,
    /// What was changed through the API. Initially one event: the start of the server.
    pub events: EventLog,
    /// The names of the applications that can be installed. Initially none.
    pub applications: BTreeSet<String>,
    /// The names of the additional services, which the protocol calls plan items. Initially none.
    pub plan_items: BTreeSet<String>,
    /// The extensions of the panel, by ID. Initially none.
    pub extensions: BTreeMap<String, Extension>,
    /// The ID of the account that sent the packet which is carried out now.
    pub(crate) caller: u64,
    /// The address that this packet comes from.
    pub(crate) caller_address: IpAddr,
    last_id: u64,
}

impl State {
    pub(crate) fn new() -> Self {
        let server = ServerDescription::new();
        let administrator = Account {
            pname: "Administrator".to_owned(),
            email: format!("admin@{}", server.name),
            ..Account::new(ADMINISTRATOR_ID, "admin")
        };
        let mut state = Self {
            administrator,
            customers: Table::new(),
            resellers: Table::new(),
            subscriptions: Table::new(),
            sites: Table::new(),
            site_aliases: Table::new(),
            service_plans: Table::new(),
            service_plan_addons: Table::new(),
            reseller_plans: Table::new(),
            sessions: Table::new(),
            ip_addresses: vec![
                Ipv4Addr::new(192, 0, 2, 1).into(),
                Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
            ],
            ip_details: BTreeMap::new(),
            server,
            secret_keys: BTreeMap::new(),
            dns: Dns::new(),
            databases: Table::new(),
            database_users: Table::new(),
            protected_dirs: Table::new(),
            protected_dir_users: Table::new(),
            mail_accounts: Table::new(),
            db_servers: Table::new(),
            ftp_users: Table::new(),
            virtual_dirs: Table::new(),
            log_rotations: BTreeMap::new(),
            certificates: Table::new(),
            custom_buttons: Table::new(),
            branding_themes: BTreeMap::new(),
            enforce_limits: false,
            events: EventLog::default(),
            applications: BTreeSet::new(),
            plan_items: BTreeSet::new(),
            extensions: BTreeMap::new(),
            caller: ADMINISTRATOR_ID,
            caller_address: Ipv4Addr::LOCALHOST.into(),
            last_id: 1_000 + random::number() % 1_000_000,
        };
        let mysql = DbServer::local_mysql();
        state.db_servers.insert(mysql.id, mysql);
        state.fill_zone_template();
        let certificate = state.next_id();
        state.certificates.insert(certificate, Certificate::default_of_server(certificate));
        state.add_default_plans();
        state.add_event(EventType::Started, ClassType::PleskComponent, "psa".to_owned());
        state
    }

    /// Adds a customer of the administrator.
    pub fn add_customer(&mut self, login: &str) -> &mut Account {
        let id = self.next_id();
        self.customers.insert_new(id, Account::new(id, login))
    }

    /// Adds a reseller with the permissions of a new one.
    pub fn add_reseller(&mut self, login: &str) -> &mut Account {
        let id = self.next_id();
        let mut reseller = Account::new(id, login);
        reseller.reseller.permissions = default_permissions();
        self.resellers.insert_new(id, reseller)
    }

    /// Adds a subscription of the account `owner`. It has no plan, no hosting, the first IP address of the
    /// server, and a DNS zone.
    pub fn add_subscription(&mut self, owner: u64, name: &str) -> &mut Subscription {
        let id = self.next_id();
        let address = self.ip_addresses.first().copied().unwrap_or(Ipv4Addr::LOCALHOST.into());
        self.subscriptions.insert(id, Subscription::new(id, owner, name, vec![address]));
        self.add_zone(id);
        self.subscriptions.get_mut(&id).expect("it was just inserted")
    }

    /// Adds a service plan of the administrator or reseller `owner`, with web hosting.
    pub fn add_service_plan(&mut self, owner: u64, name: &str) -> &mut ServicePlan {
        let id = self.next_id();
        self.service_plans.insert_new(id, ServicePlan::new(id, owner, name))
    }

    /// Adds an add-on plan of the administrator or reseller `owner`.
    pub fn add_service_plan_addon(&mut self, owner: u64, name: &str) -> &mut ServicePlan {
        let id = self.next_id();
        self.service_plan_addons.insert_new(id, ServicePlan::new(id, owner, name))
    }

    /// Adds the service plans of a fresh server.
    fn add_default_plans(&mut self) {
        const GIB: i64 = 1 << 30;
        let limits = |values: &[(&str, i64)]| values.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let small = [("disk_space", 10 * GIB), ("max_traffic", 100 * GIB), ("max_site", 10), ("max_box", 100)];
        let single = [("disk_space", GIB), ("max_traffic", 10 * GIB), ("max_site", 1), ("max_box", 10)];
        for (name, values) in [("Default Domain", &small[..]), ("Default Simple", &single), ("Unlimited", &[])] {
            self.add_service_plan(ADMINISTRATOR_ID, name).settings.limits = limits(values);
        }
    }

    /// Adds a reseller plan.
    pub fn add_reseller_plan(&mut self, name: &str) -> &mut ResellerPlan {
        let id = self.next_id();
        self.reseller_plans.insert_new(id, ResellerPlan::new(id, name))
    }

    /// Adds a database server.
    pub fn add_db_server(&mut self, kind: &str, host: &str, port: u16) -> &mut DbServer {
        let id = self.next_id();
        self.db_servers.insert_new(id, DbServer::new(id, kind, host, port))
    }

    /// Opens a session of the user `login`. Its kind is that of the account with this login, or
    /// [`UserType::Client`] if there is none.
    pub fn add_session(&mut self, login: &str) -> &mut Session {
        let kind = if login == self.administrator.login {
            UserType::Admin
        } else if self.resellers.lookup_first(IndexKey::Name(login)).is_some() {
            UserType::Reseller
        } else {
            UserType::Client
        };
        let session = Session {
            id: random::token().into(),
            kind,
            login: login.to_owned(),
            ip_address: Ipv4Addr::LOCALHOST.into(),
            login_time: clock::now(),
            idle: clock::now(),
        };
        let number = self.next_id();
        self.sessions.insert_new(number, session)
    }

    pub(crate) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}
