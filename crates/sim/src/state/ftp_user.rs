//! Additional FTP accounts of subscriptions.

use super::stored;
use plesk_wire::packet::Secret;
use serde::{Deserialize, Serialize};

use super::objects::State;
use super::table::{IndexKey, Record};
use crate::random;

/// An additional FTP account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FtpUser {
    /// The ID.
    pub id: u64,
    /// The ID of the subscription.
    pub subscription: u64,
    /// The login.
    pub name: String,
    /// The password.
    #[serde(with = "stored::text")]
    pub password: Secret,
    /// The directory, relative to that of the subscription.
    pub home: String,
    /// The disk space that it may use, in bytes; -1 is unlimited.
    pub quota: i64,
    /// `true` if it may read files.
    pub read: bool,
    /// `true` if it may change files.
    pub write: bool,
}

impl FtpUser {
    /// Returns an account that may read and change all files of the subscription.
    pub(crate) fn new(id: u64, subscription: u64, name: &str) -> Self {
        Self {
            id,
            subscription,
            name: name.to_owned(),
            password: random::token().into(),
            home: "/".to_owned(),
            quota: -1,
            read: true,
            write: true,
        }
    }
}

impl Record for FtpUser {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Name(&self.name));
        visit(IndexKey::Subscription(self.subscription));
    }

    fn part_of(&self) -> Option<u64> {
        Some(self.subscription)
    }
}

impl State {
    /// Adds an FTP account to a subscription.
    pub fn add_ftp_user(&mut self, subscription: u64, name: &str) -> &mut FtpUser {
        let id = self.next_id();
        self.ftp_users.insert_new(id, FtpUser::new(id, subscription, name))
    }
}
