//! The settings of the transports of this crate.

use std::time::{Duration, Instant};

use plesk_wire::packet::Secret;

use super::Bounds;
use super::tls::Trust;
use crate::error::{BoxError, Error};

/// The settings of the transports of this crate.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) host: String,
    pub(crate) trust: Trust,
    pub(crate) proxy: Proxy,
    pub(crate) connect_timeout: Duration,
    /// The maximum time in which the server may send nothing; `None` if only the timeout of the attempt applies.
    pub(crate) read_timeout: Option<Duration>,
}

impl Settings {
    /// Returns the error for an attempt that ran into a timeout, with the timeout that applied.
    pub(super) fn timeout_error(&self, started: Instant, bounds: Bounds, source: BoxError) -> Error {
        let after = match self.read_timeout {
            Some(read_timeout) if started.elapsed() < bounds.timeout => read_timeout,
            _ => bounds.timeout,
        };
        Error::Timeout { host: self.host.clone(), after, source }
    }
}

/// The HTTP proxy between client and server.
#[derive(Clone, Debug, Default)]
pub(crate) enum Proxy {
    /// The one in the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, if any.
    #[default]
    Environment,
    None,
    Url(Secret),
}

/// The time after which an idle connection is closed. Panels close theirs after a minute or so.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

pub(super) const USER_AGENT: &str = concat!("plesk-rs/", env!("CARGO_PKG_VERSION"));
