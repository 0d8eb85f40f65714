//! Sites: the additional domains and the subdomains of subscriptions.

use super::stored;
use plesk_protocol::common::{DomainPerformance, DomainPrefs, Traffic, TurnOffAction, WebspaceMailPreferences};
use plesk_wire::xml::{Content, Date};
use serde::{Deserialize, Serialize};

use super::objects::State;
use super::subscription::{Hosting, Subscription};
use super::table::{IndexKey, Record};
use crate::refusal::Refusal;
use crate::{clock, random};

/// An additional domain or a subdomain of a subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// The ID.
    pub id: u64,
    /// The GUID.
    pub guid: String,
    /// The ID of its subscription.
    pub subscription: u64,
    /// The ID of the domain of which it is a subdomain.
    pub parent: Option<u64>,
    /// The full name, in ASCII.
    pub name: String,
    /// The day on which it was created.
    #[serde(with = "stored::text")]
    pub cr_date: Date,
    /// 0: active; other values: why it is not.
    pub status: i64,
    /// A note.
    pub description: String,
    /// Its hosting.
    pub hosting: Hosting,
    /// Its preferences.
    #[serde(with = "stored::xml")]
    pub prefs: DomainPrefs,
    /// Its bandwidth and number of connections.
    #[serde(with = "stored::xml")]
    pub performance: DomainPerformance,
    /// What visitors see while it is turned off.
    #[serde(with = "stored::text_option")]
    pub turn_off_action: Option<TurnOffAction>,
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
}

/// A domain with services such as DNS and mail: the main domain of a subscription, or a site.
///
/// The protocol addresses both by a site ID. That of a main domain is the ID of its subscription.
#[derive(Clone, Copy)]
pub(crate) enum Domain<'s> {
    Main(&'s Subscription),
    Site(&'s Site),
}

impl Site {
    pub(crate) fn new(id: u64, subscription: u64, name: &str) -> Self {
        Self {
            id,
            guid: random::guid(),
            subscription,
            parent: None,
            name: name.to_owned(),
            cr_date: clock::today(),
            status: 0,
            description: String::new(),
            hosting: Hosting::None,
            prefs: DomainPrefs::placeholder(),
            performance: DomainPerformance::placeholder(),
            turn_off_action: None,
            mail: WebspaceMailPreferences::placeholder(),
            mailboxes_size: 0,
            maillists_size: 0,
            traffic: Vec::new(),
        }
    }
}

impl Record for Site {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Name(&self.name));
        visit(IndexKey::Guid(&self.guid));
        visit(IndexKey::Subscription(self.subscription));
        if let Some(parent) = self.parent {
            visit(IndexKey::Parent(parent));
        }
    }
}

impl<'s> Domain<'s> {
    pub(crate) fn id(self) -> u64 {
        match self {
            Self::Main(subscription) => subscription.id,
            Self::Site(site) => site.id,
        }
    }

    pub(crate) fn guid(self) -> &'s str {
        match self {
            Self::Main(subscription) => &subscription.guid,
            Self::Site(site) => &site.guid,
        }
    }

    pub(crate) fn name(self) -> &'s str {
        match self {
            Self::Main(subscription) => &subscription.name,
            Self::Site(site) => &site.name,
        }
    }

    /// Returns the ID of the subscription that the domain belongs to.
    pub(crate) fn subscription(self) -> u64 {
        match self {
            Self::Main(subscription) => subscription.id,
            Self::Site(site) => site.subscription,
        }
    }

    pub(crate) fn hosting(self) -> &'s Hosting {
        match self {
            Self::Main(subscription) => &subscription.hosting,
            Self::Site(site) => &site.hosting,
        }
    }
}

impl State {
    /// Adds a site to a subscription, with a DNS zone and without hosting.
    pub fn add_site(&mut self, subscription: u64, name: &str) -> &mut Site {
        let id = self.next_id();
        self.sites.insert(id, Site::new(id, subscription, name));
        self.add_zone(id);
        self.sites.get_mut(&id).expect("it was just inserted")
    }

    /// Returns the domain with this site ID.
    pub(crate) fn domain(&self, id: u64) -> Option<Domain<'_>> {
        let main = self.subscriptions.get(&id).map(Domain::Main);
        main.or_else(|| self.sites.get(&id).map(Domain::Site))
    }

    /// Returns all domains: those of subscriptions first.
    pub(crate) fn domains(&self) -> impl Iterator<Item = Domain<'_>> {
        self.subscriptions.values().map(Domain::Main).chain(self.sites.values().map(Domain::Site))
    }

    /// Returns the first domain that has this key.
    pub(crate) fn lookup_domain(&self, key: IndexKey<'_>) -> Option<Domain<'_>> {
        let main = self.subscriptions.lookup_first(key).map(Domain::Main);
        main.or_else(|| self.sites.lookup_first(key).map(Domain::Site))
    }

    /// Returns the domain with this name, in any case.
    pub(crate) fn domain_named(&self, name: &str) -> Option<Domain<'_>> {
        self.lookup_domain(IndexKey::Name(&name.trim().to_ascii_lowercase()))
    }

    /// Returns `true` if a domain, or an alias of one, has this name.
    pub(crate) fn domain_name_exists(&self, name: &str) -> bool {
        let key = IndexKey::Name(name);
        self.lookup_domain(key).is_some() || self.site_aliases.lookup_first(key).is_some()
    }

    /// Returns the ID of the account that owns a domain.
    pub(crate) fn domain_owner(&self, id: u64) -> Option<u64> {
        let subscription = self.domain(id)?.subscription();
        self.subscriptions.get(&subscription).map(|subscription| subscription.owner)
    }

    /// Refuses the operation unless the sender of the packet may see and change this domain.
    pub(crate) fn require_access_to_domain(&self, id: u64) -> Result<(), Refusal> {
        self.domain_owner(id).map_or(Ok(()), |owner| self.require_access(owner))
    }

    /// Renames a domain. Its subdomains and the records of its zone get the new name too.
    pub(crate) fn rename_domain(&mut self, id: u64, name: &str) {
        let Some(old) = self.domain(id).map(|domain| domain.name().to_owned()) else { return };
        let renamed = |text: &str| {
            let start = text.strip_suffix(old.as_str()).filter(|start| start.is_empty() || start.ends_with('.'));
            start.map(|start| format!("{start}{name}"))
        };
        let subdomains = self.sites.lookup(IndexKey::Parent(id)).into_iter();
        let subdomains: Vec<_> = subdomains.filter_map(|site| Some((site.id, renamed(&site.name)?))).collect();
        for record in self.dns.records.lookup_ids(IndexKey::Parent(id)) {
            let Some(record) = self.dns.records.get_mut(&record) else { continue };
            for text in [&mut record.host, &mut record.value] {
                if let Some(new) = text.strip_suffix('.').and_then(renamed) {
                    *text = format!("{new}.");
                }
            }
        }
        if let Some(subscription) = self.subscriptions.get_mut(&id) {
            name.clone_into(&mut subscription.name);
        } else if let Some(site) = self.sites.get_mut(&id) {
            name.clone_into(&mut site.name);
        }
        for (subdomain, name) in subdomains {
            self.rename_domain(subdomain, &name);
        }
    }

    /// Deletes a subscription with its sites and everything in them.
    pub(crate) fn delete_subscription(&mut self, id: u64) {
        for site in self.sites.lookup_ids(IndexKey::Subscription(id)) {
            self.delete_site(site);
        }
        self.delete_services(id);
        self.databases.remove_all(IndexKey::Subscription(id));
        self.database_users.remove_all(IndexKey::Subscription(id));
        self.ftp_users.remove_all(IndexKey::Subscription(id));
        self.certificates.remove_all(IndexKey::Parent(id));
        self.subscriptions.remove(&id);
    }

    /// Deletes a site with its subdomains and everything in them.
    pub(crate) fn delete_site(&mut self, id: u64) {
        for subdomain in self.sites.lookup_ids(IndexKey::Parent(id)) {
            self.delete_site(subdomain);
        }
        self.delete_services(id);
        self.sites.remove(&id);
    }

    /// Deletes what belongs to a domain: its DNS zone, aliases, mail accounts and directories.
    fn delete_services(&mut self, domain: u64) {
        for alias in self.site_aliases.lookup_ids(IndexKey::Parent(domain)) {
            self.delete_site_alias(alias);
        }
        for directory in self.protected_dirs.lookup_ids(IndexKey::Parent(domain)) {
            self.delete_protected_dir(directory);
        }
        self.mail_accounts.remove_all(IndexKey::Parent(domain));
        self.virtual_dirs.remove_all(IndexKey::Parent(domain));
        self.log_rotations.remove(&domain);
        self.delete_zone(domain);
    }
}
