//! Applications, additional services and database servers: what the server has, and who may use it.

use std::collections::BTreeSet;

use plesk_protocol::aps::{Application, Identifier};
use plesk_protocol::database::{DbServerAddress, request, response};

use super::make;
use crate::refusal::Refusal;
use crate::state::{ApplicationList, Settings, State};

/// Whether something is put on a list or taken off it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    Add,
    Remove,
}

impl ApplicationList {
    /// Puts applications on the list, or takes them off. They are looked for on the server, by name.
    pub(super) fn edit(
        &mut self,
        edit: Edit,
        applications: &[Application],
        server: &BTreeSet<String>,
    ) -> Result<(), Refusal> {
        for application in applications {
            if application.name != "name" {
                let problem = format!("Applications are found by 'name' here, not by '{}'", application.name);
                return Err(Refusal::invalid(&problem));
            }
            let there = match edit {
                Edit::Add => server.contains(&application.value),
                Edit::Remove => self.listed.contains(&application.value),
            };
            if !there {
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

    /// The listed applications.
    pub(super) fn packages(&self) -> Vec<Identifier> {
        let package = |name: &String| make(|package: &mut Identifier| package.name.clone_from(name));
        self.listed.iter().map(package).collect()
    }
}

impl Settings {
    /// Gives an additional service, or takes it away; returns its name.
    pub(super) fn edit_plan_item(
        &mut self,
        edit: Edit,
        name: &str,
        server: &BTreeSet<String>,
    ) -> Result<String, Refusal> {
        let there = match edit {
            Edit::Add => server.contains(name),
            Edit::Remove => self.plan_items.remove(name),
        };
        if !there {
            return Err(Refusal::not_found("Additional service"));
        }
        if edit == Edit::Add {
            self.plan_items.insert(name.to_owned());
        }
        Ok(name.to_owned())
    }

    /// Allows the use of database servers, or ends it.
    pub(super) fn edit_db_servers(&mut self, edit: Edit, servers: &[u64]) -> Result<(), Refusal> {
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

    /// The database servers that may be used.
    pub(super) fn db_servers(&self, state: &State) -> Vec<response::DbServer> {
        let servers = self.db_servers.iter().filter_map(|id| state.db_servers.get(id));
        let shown = servers.map(|server| {
            make(|shown: &mut response::DbServer| {
                shown.r#type.clone_from(&server.kind);
                shown.id = server.id.into();
                shown.host.clone_from(&server.host);
                shown.port = server.port.to_string();
            })
        });
        shown.collect()
    }
}

/// The IDs of the database servers that a request names.
pub(super) fn db_servers(state: &State, named: &[request::DbServer]) -> Result<Vec<u64>, Refusal> {
    let id = |named: &request::DbServer| {
        let found = state.db_servers.values().find(|server| {
            server.kind == named.r#type
                && match &named.address {
                    DbServerAddress::Id(id) => server.id == id.get(),
                    DbServerAddress::Host(at) => server.host == at.host && server.port.to_string() == at.port,
                    _ => false,
                }
        });
        found.map(|server| server.id).ok_or_else(|| Refusal::not_found("Database server"))
    };
    named.iter().map(id).collect()
}
