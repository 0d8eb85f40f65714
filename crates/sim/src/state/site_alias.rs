//! Further names of sites.

use super::stored;
use plesk_protocol::site_alias::Pref;
use serde::{Deserialize, Serialize};

use super::objects::State;
use super::table::{IndexKey, Record};

/// A further name of a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteAlias {
    /// The ID.
    pub id: u64,
    /// The ID of the site.
    pub site: u64,
    /// The name, in ASCII.
    pub name: String,
    /// 0: active; other values: why it is not.
    pub status: i64,
    /// The services that use the name.
    #[serde(with = "stored::xml")]
    pub pref: Pref,
    /// `true` if it has a DNS zone.
    pub manage_dns: bool,
}

impl Record for SiteAlias {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Name(&self.name));
        visit(IndexKey::Parent(self.site));
    }
}

impl State {
    /// Deletes an alias with its DNS zone.
    pub(crate) fn delete_site_alias(&mut self, id: u64) {
        self.delete_zone(id);
        self.site_aliases.remove(&id);
    }
}
