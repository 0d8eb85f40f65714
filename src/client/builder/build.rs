//! Checks the configuration and builds the client.

use std::sync::Arc;
use std::time::Duration;

use http::Uri;

use super::ClientBuilder;
use crate::ProtocolVersion;
use crate::client::core::Core;
use crate::error::Error;
use crate::redactor::Redactor;
use crate::transport::{Settings, Trust};

/// A client that can be built. Sealed; implemented by both clients of this crate.
pub trait Build: Sized {
    #[doc(hidden)]
    fn build(settings: Settings, parts: ClientParts) -> Result<Self, Error>;
}

/// A client that can be built with a transport of type `T`. Sealed; implemented by both clients of this
/// crate, each for the transports of its kind.
pub trait BuildWith<T>: Sized {
    #[doc(hidden)]
    fn build_with(transport: T, parts: ClientParts) -> Self;
}

/// The checked configuration that a client takes over.
#[doc(hidden)]
pub struct ClientParts {
    pub(in crate::client) core: Core,
    pub(in crate::client) max_in_flight: usize,
}

impl<C> ClientBuilder<C> {
    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Setup`], which names the setting and the problem: an invalid URL, missing credentials,
    /// credentials that HTTP headers cannot carry, an invalid certificate or fingerprint, a limit of
    /// zero, plain HTTP without [`danger_plain_http`](Self::danger_plain_http).
    pub fn build(self) -> Result<C, Error>
    where
        C: Build,
    {
        let (settings, parts) = self.check()?;
        C::build(settings, parts)
    }

    /// Builds the client with your own transport. The settings of certificates, proxy, `connect_timeout` and
    /// `read_timeout` are not used then.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_with<T>(self, transport: T) -> Result<C, Error>
    where
        C: BuildWith<T>,
    {
        let (_, parts) = self.check()?;
        Ok(C::build_with(transport, parts))
    }

    /// Checks the settings.
    ///
    /// # Errors
    /// If one of them is invalid.
    fn check(self) -> Result<(Settings, ClientParts), Error> {
        let endpoint = self.endpoint?;
        if endpoint.is_plain() && !self.plain_http {
            return Err(Error::setup(
                "the URL starts with http://, which would send the credentials unencrypted; use https://",
            ));
        }
        if endpoint.is_plain() && self.trust.identity.is_some() {
            return Err(Error::setup(
                "the URL starts with http://, so there is no TLS to present client_certificate in",
            ));
        }
        let credentials =
            self.credentials.ok_or_else(|| Error::setup("no credentials; call secret_key() or login()"))?;
        if self.options.version.as_ref().is_some_and(|version| version.parse::<ProtocolVersion>().is_err()) {
            return Err(Error::setup("the protocol version is not a version like 1.6.9.1"));
        }
        let read_timeout = self.read_timeout.unwrap_or(self.timeout);
        for (name, timeout) in
            [("timeout", self.timeout), ("connect_timeout", self.connect_timeout), ("read_timeout", read_timeout)]
        {
            if timeout.is_zero() {
                return Err(Error::setup(format!("a {name} of zero would fail every request; set a longer one")));
            }
        }
        let read_timeout = self.read_timeout.map(at_most_a_year);
        let (timeout, connect_timeout) = (at_most_a_year(self.timeout), at_most_a_year(self.connect_timeout));
        if self.retry.deadline.is_some_and(|deadline| deadline.is_zero()) {
            return Err(Error::setup("a deadline of zero would fail every request; set a later one"));
        }
        if self.max_in_flight == 0 {
            return Err(Error::setup("with a max_in_flight of zero, nothing could be sent; set at least 1"));
        }
        let proxy = self.proxy.resolve(&endpoint)?;
        let uri: Uri = endpoint
            .url()
            .as_str()
            .parse()
            .map_err(|e| Error::Setup { problem: "the URL cannot be used".to_owned(), source: Some(Box::new(e)) })?;
        let mut secrets = credentials.secrets();
        secrets.extend(proxy.iter().flat_map(|proxy| proxy.secrets()));
        let core = Core {
            host: endpoint.host(),
            uri,
            headers: credentials.headers()?,
            options: self.options,
            timeout,
            retry_budget: self.retry.new_budget(),
            retry: self.retry.map_durations(at_most_a_year),
            forbidden: self.forbidden,
            redactor: Arc::new(Redactor::new(secrets.iter().map(String::as_str))),
            inspector: self.inspector,
        };
        let settings = Settings {
            host: core.host.clone(),
            // Plain HTTP uses no certificates, so the system's need not be read.
            trust: if endpoint.is_plain() { Trust::none() } else { self.trust },
            proxy,
            connect_timeout: connect_timeout.min(timeout),
            read_timeout,
        };
        Ok((settings, ClientParts { core, max_in_flight: self.max_in_flight }))
    }
}

/// Shortens a duration to a year. [`Duration::MAX`] means "no limit", but no clock can add it to its time.
fn at_most_a_year(duration: Duration) -> Duration {
    duration.min(Duration::from_secs(365 * 24 * 60 * 60))
}
