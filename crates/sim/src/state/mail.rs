//! Mail accounts.

use super::stored;
use plesk_protocol::mail::{Antivir, AutoresponderInfo};
use plesk_wire::packet::Secret;
use plesk_wire::xml::Content;
use serde::{Deserialize, Serialize};

use super::objects::State;
use super::table::{IndexKey, Record};
use crate::random;

/// A mail account of a domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailAccount {
    /// The ID.
    pub id: u64,
    /// The ID of the site that it belongs to.
    pub site: u64,
    /// The part of the address before the `@`.
    pub name: String,
    /// The password.
    #[serde(with = "stored::text")]
    pub password: Secret,
    /// `true` if the account can log in to the panel.
    pub cp_access: bool,
    /// `true` if it has a mailbox.
    pub mailbox: bool,
    /// The size that the mailbox may have, in bytes; -1 is unlimited.
    pub quota: i64,
    /// `true` if its mail is forwarded.
    pub forwarding: bool,
    /// The addresses that its mail is forwarded to.
    pub forwarding_addresses: Vec<String>,
    /// Further names of the account.
    pub aliases: Vec<String>,
    /// The automatic reply.
    #[serde(with = "stored::xml")]
    pub autoresponder: AutoresponderInfo,
    /// Which mail is searched for viruses.
    #[serde(with = "stored::text_option")]
    pub antivirus: Option<Antivir>,
    /// The messages that it may send per hour, as text.
    pub outgoing_limit: Option<String>,
    /// A note.
    pub description: Option<String>,
}

impl MailAccount {
    pub(crate) fn new(id: u64, site: u64, name: &str) -> Self {
        let mut autoresponder = AutoresponderInfo::placeholder();
        autoresponder.enabled = Some(false);
        Self {
            id,
            site,
            name: name.to_owned(),
            password: random::token().into(),
            cp_access: false,
            mailbox: false,
            quota: -1,
            forwarding: false,
            forwarding_addresses: Vec::new(),
            aliases: Vec::new(),
            autoresponder,
            antivirus: None,
            outgoing_limit: None,
            description: None,
        }
    }

    /// Returns `true` if the account receives mail for this name: its own, or an alias.
    pub fn has_name(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

impl Record for MailAccount {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Parent(self.site));
        visit(IndexKey::NameIn(self.site, &self.name));
        self.aliases.iter().for_each(|alias| visit(IndexKey::NameIn(self.site, alias)));
    }
}

impl State {
    /// Adds a mail account with a mailbox to a site.
    pub fn add_mail_account(&mut self, site: u64, name: &str) -> &mut MailAccount {
        let id = self.next_id();
        self.mail_accounts.insert_new(id, MailAccount { mailbox: true, ..MailAccount::new(id, site, name) })
    }

    /// Returns the mail accounts of a site.
    pub(crate) fn mail_accounts_of(&self, site: u64) -> impl Iterator<Item = &MailAccount> {
        self.mail_accounts.lookup(IndexKey::Parent(site)).into_iter()
    }
}
