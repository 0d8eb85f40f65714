//! The servers that commands talk to, from arguments, the environment and the configuration file.

pub(crate) mod config;
mod credentials;
mod resolve;

pub(crate) use credentials::Credentials;
pub(crate) use resolve::resolve;

use std::fs;
use std::time::Duration;

use plesk::RetryPolicy;
use plesk::blocking::Client;

/// A server, with what is needed to talk to it.
#[derive(Clone)]
pub(crate) struct Server {
    /// The name of its profile, or its URL.
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) credentials: Credentials,
    /// The SHA-256 fingerprint of its certificate.
    pub(crate) pin: Option<String>,
    /// A file with the certificate of an authority.
    pub(crate) ca: Option<String>,
}

impl Server {
    /// Builds a client.
    ///
    /// # Errors
    /// A message about a setting that cannot be used.
    pub(crate) fn client(&self, timeout: Option<u64>, retries: u32) -> Result<Client, String> {
        let mut builder = Client::builder(&self.url).retry(RetryPolicy::attempts(retries.max(1)));
        builder = match &self.credentials {
            Credentials::SecretKey(key) => builder.secret_key(key.as_str()),
            Credentials::Password { login, password } => builder.login(login, password.as_str()),
        };
        if let Some(pin) = &self.pin {
            builder = builder.pinned_certificate(pin);
        }
        if let Some(file) = &self.ca {
            let pem = fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))?;
            builder = builder.root_certificate(pem);
        }
        if let Some(seconds) = timeout {
            builder = builder.timeout(Duration::from_secs(seconds));
        }
        builder.build().map_err(|error| error.to_string())
    }
}
