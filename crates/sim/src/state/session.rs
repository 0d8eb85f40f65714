//! Sessions of the panel.

use super::stored;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

use plesk_protocol::session::UserType;
use plesk_wire::packet::Secret;
use plesk_wire::xml::DateTime;

use super::table::{IndexKey, Record};

/// An open session of a user in the panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The ID. It is a text, and as secret as a password.
    #[serde(with = "stored::text")]
    pub id: Secret,
    /// The kind of user.
    #[serde(with = "stored::text")]
    pub kind: UserType,
    /// The login of the user.
    pub login: String,
    /// The IP address from which the user connects.
    pub ip_address: IpAddr,
    /// When the session was opened.
    #[serde(with = "stored::text")]
    pub login_time: DateTime,
    /// When the user was last active.
    #[serde(with = "stored::text")]
    pub idle: DateTime,
}

impl Record for Session {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Session(self.id.expose()));
        visit(IndexKey::Name(&self.login));
    }
}
