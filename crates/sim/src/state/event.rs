//! The log of events: what was changed through the API, by whom and when.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::net::IpAddr;

use plesk_protocol::event_log::{ClassType, EventType};

use super::objects::State;
use super::table::{Change, Record, Table};
use crate::clock;

/// The number of events that are kept. The oldest ones are dropped, so that the log does not grow forever.
const CAPACITY: usize = 10_000;

/// Something that happened on the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The number of the event. It only grows.
    pub id: u64,
    /// What happened.
    #[serde(with = "stored::text")]
    pub kind: EventType,
    /// The class of the object to which it happened.
    #[serde(with = "stored::text")]
    pub class: ClassType,
    /// When it happened, in seconds since 1970.
    pub time: u64,
    /// The ID or the name of the object.
    pub object: String,
    /// The login of the account that sent the packet.
    pub user: String,
    /// The address that the packet came from.
    pub host: IpAddr,
}

/// The events that nobody has removed yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventLog {
    events: VecDeque<Event>,
    last_id: u64,
}

impl EventLog {
    /// Returns the events, oldest first: at most the last 10,000.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.events.iter()
    }

    /// Returns the number of the last event. It stays when the events are removed.
    pub fn last_id(&self) -> u64 {
        self.last_id
    }

    /// Removes all events.
    pub fn clear(&mut self) {
        self.events.clear();
    }

    fn push(&mut self, event: Event) {
        if self.events.len() == CAPACITY {
            self.events.pop_front();
        }
        self.last_id = event.id;
        self.events.push_back(event);
    }
}

impl State {
    /// Adds an event that the sender of the packet causes now.
    pub(crate) fn add_event(&mut self, kind: EventType, class: ClassType, object: String) {
        let user = self.account(self.caller).map(|account| account.login.clone()).unwrap_or_default();
        let (id, time, host) = (self.events.last_id + 1, clock::seconds(), self.caller_address);
        self.events.push(Event { id, kind, class, time, object, user, host });
    }

    /// Adds an event for each object that was created, changed or deleted since the last call. Returns their
    /// number.
    pub(crate) fn log_changes(&mut self) -> usize {
        let changes = self.take_changes();
        let count = changes.len();
        for (class, id, change) in changes {
            let kind = match change {
                Change::Created => EventType::Created,
                Change::Updated => EventType::Updated,
                Change::Deleted => EventType::Deleted,
            };
            self.add_event(kind, class, id.to_string());
        }
        count
    }

    /// Returns what happened to objects since the last call, each with the class of the object.
    pub(crate) fn take_changes(&mut self) -> Vec<(ClassType, u64, Change)> {
        use ClassType as C;
        fn take<T: Record>(into: &mut Vec<(ClassType, u64, Change)>, class: ClassType, table: &mut Table<T>) {
            into.extend(table.take_changes().map(|(id, change)| (class.clone(), id, change)));
        }
        let mut all = Vec::new();
        take(&mut all, C::Client, &mut self.customers);
        take(&mut all, C::Reseller, &mut self.resellers);
        take(&mut all, C::TemplateDomain, &mut self.service_plans);
        take(&mut all, C::TemplateDomain, &mut self.service_plan_addons);
        take(&mut all, C::TemplateReseller, &mut self.reseller_plans);
        take(&mut all, C::Domain, &mut self.subscriptions);
        take(&mut all, C::Site, &mut self.sites);
        take(&mut all, C::SiteAlias, &mut self.site_aliases);
        take(&mut all, C::DnsZone, &mut self.dns.zones);
        take(&mut all, C::DnsZone, &mut self.dns.records);
        take(&mut all, C::DnsZone, &mut self.dns.master_servers);
        take(&mut all, C::Mailname, &mut self.mail_accounts);
        take(&mut all, C::DbServer, &mut self.db_servers);
        take(&mut all, C::Db, &mut self.databases);
        take(&mut all, C::DbUser, &mut self.database_users);
        take(&mut all, C::Phosting, &mut self.protected_dirs);
        take(&mut all, C::Phosting, &mut self.protected_dir_users);
        take(&mut all, C::Phosting, &mut self.ftp_users);
        take(&mut all, C::Phosting, &mut self.virtual_dirs);
        take(&mut all, C::Phosting, &mut self.certificates);
        // A record is a part of its zone: the zone is reported once.
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|(class, id, _)| seen.insert((class.as_str().to_owned(), *id)));
        all
    }
}
