//! Directories of sites that ask visitors for a password.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use plesk_wire::packet::Secret;

use super::objects::State;
use super::table::{IndexKey, Record};

/// A directory that only its users may visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProtectedDir {
    /// The ID.
    pub id: u64,
    /// The ID of the site.
    pub site: u64,
    /// The path, relative to the document root, without slashes at its ends.
    pub name: String,
    /// The text that a browser shows when it asks for the password.
    pub header: String,
    /// Where the directory is protected, by name: `ssl`, `nonssl` or `cgi`.
    pub location: BTreeMap<String, bool>,
}

/// A user of a protected directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProtectedDirUser {
    /// The ID.
    pub id: u64,
    /// The ID of the directory.
    pub directory: u64,
    /// The login.
    pub login: String,
    /// The password.
    #[serde(with = "stored::text")]
    pub password: Secret,
}

impl Record for ProtectedDir {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Parent(self.site));
    }

    fn part_of(&self) -> Option<u64> {
        Some(self.site)
    }
}

impl Record for ProtectedDirUser {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Parent(self.directory));
    }
}

impl State {
    /// Deletes a protected directory with its users.
    pub(crate) fn delete_protected_dir(&mut self, id: u64) {
        self.protected_dir_users.remove_all(IndexKey::Parent(id));
        self.protected_dirs.remove(&id);
    }
}
