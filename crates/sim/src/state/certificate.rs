//! Certificates for sites, mail and the panel.

use super::stored;
use plesk_wire::packet::Secret;
use serde::{Deserialize, Serialize};

use super::account::ADMINISTRATOR_ID;
use super::table::{IndexKey, Record};

/// A certificate in the pool of the administrator or of a subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// The ID.
    pub id: u64,
    /// The ID of the subscription that has it; [`ADMINISTRATOR_ID`] for the pool of the administrator.
    pub pool: u64,
    /// The name.
    pub name: String,
    /// The request for it, in PEM.
    pub csr: String,
    /// The private key, in PEM.
    #[serde(with = "stored::text")]
    pub pvt: Secret,
    /// The certificate, in PEM, if there is one yet.
    pub cert: Option<String>,
    /// The certificates of the authority, in PEM.
    pub ca: Option<String>,
}

/// The name of the certificate that a server has from the beginning.
const DEFAULT: &str = "default certificate";

impl Certificate {
    /// Returns the certificate that a server has from the beginning. Its content is not modeled.
    pub(super) fn default_of_server(id: u64) -> Self {
        let (csr, pvt) = (String::new(), Secret::from(""));
        Self { id, pool: ADMINISTRATOR_ID, name: DEFAULT.to_owned(), csr, pvt, cert: None, ca: None }
    }
}

impl Record for Certificate {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Parent(self.pool));
        visit(IndexKey::NameIn(self.pool, &self.name));
    }

    fn part_of(&self) -> Option<u64> {
        Some(self.pool)
    }
}
