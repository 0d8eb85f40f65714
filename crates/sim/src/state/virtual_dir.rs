//! Virtual directories of sites.

use super::stored;
use plesk_protocol::virtdir::Properties;
use serde::{Deserialize, Serialize};

use super::table::{IndexKey, Record};

/// A path of a site that leads to a directory elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VirtualDir {
    /// The ID.
    pub id: u64,
    /// The ID of the site.
    pub site: u64,
    /// The path, without slashes at its ends.
    pub name: String,
    /// The real directory, and who may do what in it.
    #[serde(with = "stored::xml")]
    pub properties: Properties,
}

impl Record for VirtualDir {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Parent(self.site));
        visit(IndexKey::NameIn(self.site, &self.name));
    }

    fn part_of(&self) -> Option<u64> {
        Some(self.site)
    }
}
