//! Finds the servers that a command line, the environment or the configuration names.

use super::Server;
use super::config::{self, Config, Profile};
use super::credentials::{Credentials, variable};
use crate::arguments::Servers;
use crate::schema::suggestion;

/// Returns the servers; at least one.
///
/// # Errors
/// A message that says how to name a server.
pub(crate) fn resolve(arguments: &Servers) -> Result<Vec<Server>, String> {
    if let Some(url) = &arguments.server {
        return from_environment(url).map(|server| vec![server]);
    }
    let named: Vec<String> = arguments.profile.clone();
    if named.is_empty()
        && !arguments.all
        && let Some(url) = variable("PLESK_SERVER")
    {
        return from_environment(&url).map(|server| vec![server]);
    }
    let config = Config::read()?;
    let names = if arguments.all {
        config.profile.keys().cloned().collect()
    } else if !named.is_empty() {
        named
    } else {
        let only = config.profile.keys().next().filter(|_| config.profile.len() == 1);
        config.default.iter().chain(only).take(1).cloned().collect()
    };
    if names.is_empty() {
        return Err(no_server(&config));
    }
    names.iter().map(|name| from_profile(&config, name)).collect()
}

fn no_server(config: &Config) -> String {
    let path = config::path().map_or_else(|_| "the configuration file".to_owned(), |path| path.display().to_string());
    match config.profile.is_empty() {
        true => {
            "no server: run `plesk login`, set PLESK_SERVER, or give --server URL (try one with `plesk sim`)".to_owned()
        }
        false => {
            let names: Vec<&str> = config.profile.keys().map(String::as_str).collect();
            format!(
                "which server? give --profile {}, or --all, or set `default` in {path}",
                names.join(" or --profile ")
            )
        }
    }
}

fn from_environment(url: &str) -> Result<Server, String> {
    Ok(Server {
        name: url.to_owned(),
        url: url.to_owned(),
        credentials: Credentials::from_environment(url)?,
        pin: variable("PLESK_PIN"),
        ca: variable("PLESK_CA"),
    })
}

fn from_profile(config: &Config, name: &str) -> Result<Server, String> {
    let Some(profile) = config.profile.get(name) else {
        let names = config.profile.keys().map(String::as_str);
        return Err(format!("there is no profile {name}{}", suggestion(name, names)));
    };
    let Profile { url, pin, ca, .. } = profile.clone();
    let credentials = Credentials::of_profile(name, profile)?;
    Ok(Server { name: name.to_owned(), url, credentials, pin, ca })
}
