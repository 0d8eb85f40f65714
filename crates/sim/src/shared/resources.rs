//! Edits which applications, additional services and database servers of the server a plan, a
//! subscription or a reseller may use.

use std::collections::BTreeSet;

use plesk_protocol::aps::{Application, Identifier};
use plesk_protocol::database::{DbServerAddress, request, response};

use super::build::build;
use crate::refusal::Refusal;
use crate::state::{ApplicationList, Settings, State};

/// The direction in which a list is edited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    Add,
    Remove,
}

impl ApplicationList {
    /// Allows only listed applications, and empties the list, as the protocol documents it for plans and resellers.
    pub(crate) fn restrict_to_new_list(&mut self) {
        *self = Self { only_listed: true, ..Self::default() };
    }

    /// Adds applications to the list, or removes them; all or none of them.
    ///
    /// `available` has the names of the applications of the server.
    pub(crate) fn edit(
        &mut self,
        edit: Edit,
        applications: &[Application],
        available: &BTreeSet<String>,
    ) -> Result<(), Refusal> {
        for application in applications {
            if application.name != "name" {
                let text = format!("The simulated Plesk finds applications by 'name', not by '{}'", application.name);
                return Err(Refusal::invalid_value(&text));
            }
            let found = match edit {
                Edit::Add => available.contains(&application.value),
                Edit::Remove => self.listed.contains(&application.value),
            };
            if !found {
                return Err(Refusal::not_found(&format!("Application '{}'", application.value)));
            }
        }
        for application in applications {
            match edit {
                Edit::Add => self.listed.insert(application.value.clone()),
                Edit::Remove => self.listed.remove(&application.value),
            };
        }
        Ok(())
    }

    /// Returns the listed applications.
    pub(crate) fn packages(&self) -> Vec<Identifier> {
        let package = |name: &String| build(|package: &mut Identifier| package.name.clone_from(name));
        self.listed.iter().map(package).collect()
    }
}

impl Settings {
    /// Adds an additional service, or removes it. Returns its name.
    ///
    /// `available` has the names of the additional services of the server.
    pub(crate) fn edit_plan_item(
        &mut self,
        edit: Edit,
        name: &str,
        available: &BTreeSet<String>,
    ) -> Result<String, Refusal> {
        let found = match edit {
            Edit::Add => available.contains(name),
            Edit::Remove => self.plan_items.remove(name),
        };
        if !found {
            return Err(Refusal::not_found("Additional service"));
        }
        if edit == Edit::Add {
            self.plan_items.insert(name.to_owned());
        }
        Ok(name.to_owned())
    }

    /// Adds database servers, or removes them; all or none of them.
    pub(crate) fn edit_db_servers(&mut self, edit: Edit, servers: &[u64]) -> Result<(), Refusal> {
        if edit == Edit::Add {
            self.db_servers.extend(servers);
            return Ok(());
        }
        if !servers.iter().all(|id| self.db_servers.contains(id)) {
            return Err(Refusal::not_found("Database server"));
        }
        self.db_servers.retain(|id| !servers.contains(id));
        Ok(())
    }

    /// Returns the database servers that may be used.
    pub(crate) fn list_db_servers(&self, state: &State) -> Vec<response::DbServer> {
        let servers = self.db_servers.iter().filter_map(|id| state.db_servers.get(id));
        let listed = servers.map(|server| {
            build(|listed: &mut response::DbServer| {
                listed.r#type.clone_from(&server.kind);
                listed.id = server.id.into();
                listed.host.clone_from(&server.host);
                listed.port = server.port.to_string();
            })
        });
        listed.collect()
    }
}

/// Returns the IDs of the database servers that a request names.
pub(crate) fn find_db_servers(state: &State, requested: &[request::DbServer]) -> Result<Vec<u64>, Refusal> {
    let id = |requested: &request::DbServer| {
        let found = state.db_servers.values().find(|server| {
            server.kind == requested.r#type
                && match &requested.address {
                    DbServerAddress::Id(id) => server.id == id.get(),
                    DbServerAddress::Host(host) => server.host == host.host && server.port.to_string() == host.port,
                    _ => false,
                }
        });
        found.map(|server| server.id).ok_or_else(|| Refusal::not_found("Database server"))
    };
    requested.iter().map(id).collect()
}
