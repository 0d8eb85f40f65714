//! Databases and their users.

use super::stored;
use plesk_wire::packet::Secret;
use serde::{Deserialize, Serialize};

use super::objects::State;
use super::table::{IndexKey, Record};

/// A database of a subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Database {
    /// The ID.
    pub id: u64,
    /// The name.
    pub name: String,
    /// `mysql`, `postgresql` or `mssql`.
    pub kind: String,
    /// The ID of the subscription.
    pub subscription: u64,
    /// The ID of the database server.
    pub server: u64,
    /// The ID of the user with which the panel opens it.
    pub default_user: Option<u64>,
    /// The host name that the panel shows instead of that of the database server.
    pub custom_host: Option<String>,
}

/// A user of one database, or of all databases of a subscription on one database server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatabaseUser {
    /// The ID.
    pub id: u64,
    /// The login.
    pub login: String,
    /// The password.
    #[serde(with = "stored::text")]
    pub password: Secret,
    /// The ID of the database; `None` for all of the subscription.
    pub database: Option<u64>,
    /// The ID of the subscription.
    pub subscription: u64,
    /// The ID of the database server.
    pub server: u64,
    /// The hosts from which the database server accepts the user.
    pub hosts: Vec<String>,
    /// The addresses that the firewall accepts.
    pub addresses: Vec<String>,
    /// What the user may do: `readWrite`, `readOnly` or `writeOnly`.
    pub role: String,
}

impl Record for Database {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Name(&self.name));
        visit(IndexKey::Subscription(self.subscription));
        visit(IndexKey::DbServer(self.server));
    }
}

impl Record for DatabaseUser {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Name(&self.login));
        visit(IndexKey::Subscription(self.subscription));
        if let Some(database) = self.database {
            visit(IndexKey::Parent(database));
        }
    }
}

impl State {
    /// Adds a database of a subscription on a database server.
    pub fn add_database(&mut self, subscription: u64, server: u64, name: &str) -> &mut Database {
        let id = self.next_id();
        let kind = self.db_servers.get(&server).map_or_else(|| "mysql".to_owned(), |server| server.kind.clone());
        let name = name.to_owned();
        let database = Database { id, name, kind, subscription, server, default_user: None, custom_host: None };
        self.databases.insert_new(id, database)
    }

    /// Deletes a database with its users.
    pub(crate) fn delete_database(&mut self, id: u64) {
        self.databases.remove(&id);
        self.database_users.remove_all(IndexKey::Parent(id));
    }

    /// Deletes a database user.
    pub(crate) fn delete_database_user(&mut self, id: u64) {
        let Some(user) = self.database_users.remove(&id) else { return };
        if let Some(database) = user.database.and_then(|database| self.databases.get_mut(&database)) {
            database.default_user.take_if(|user| *user == id);
        }
    }
}
