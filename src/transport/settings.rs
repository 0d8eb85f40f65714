//! The settings of the transports of this crate.

use std::time::{Duration, Instant};

use super::Bounds;
use super::proxy::HttpProxy;
use super::tls::Trust;
use super::transport_error;
use crate::error::{BoxError, Error};

/// The settings of the transports of this crate.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) host: String,
    pub(crate) trust: Trust,
    pub(crate) proxy: Option<HttpProxy>,
    pub(crate) connect_timeout: Duration,
    /// The maximum time in which the server may send nothing; `None` if only the timeout of the attempt applies.
    pub(crate) read_timeout: Option<Duration>,
}

impl Settings {
    /// Returns the error for a connection that could not be made. It names the proxy, if there is one.
    pub(super) fn connect_error(&self, source: BoxError) -> Error {
        let via = self.proxy.as_ref().map(|proxy| proxy.address.as_str());
        transport_error::connect_error(self.host.clone(), via, source)
    }

    /// Returns the error for an attempt that ran into a timeout, with the timeout that applied.
    pub(super) fn timeout_error(&self, started: Instant, bounds: Bounds, source: BoxError) -> Error {
        let after = match self.read_timeout {
            Some(read_timeout) if started.elapsed() < bounds.timeout => read_timeout,
            _ => bounds.timeout,
        };
        Error::Timeout { host: self.host.clone(), after, source }
    }
}

/// The time after which an idle connection is closed. Panels close theirs after a minute or so.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

pub(super) const USER_AGENT: &str = concat!("plesk/", env!("CARGO_PKG_VERSION"));
