//! Marks those of ureq's errors that happen before anything is sent.

use std::fmt;

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout};

use super::time_limit::limited;

/// An error of connecting. The wrapper distinguishes it from errors that happen after bytes were sent.
#[derive(Debug)]
pub(super) struct ConnectError(Error);

impl ConnectError {
    fn wrap(error: Error) -> Error {
        match error {
            // Already wrapped: the connection to a proxy is made by the same connector.
            Error::Other(e) if e.is::<Self>() => Error::Other(e),
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for ConnectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Error::Io(e) => Some(e),
            Error::Other(e) => Some(&**e),
            other => Some(other),
        }
    }
}

/// A connector or resolver whose errors become [`ConnectError`]s, and whose time is limited.
#[derive(Debug)]
pub(super) struct WithConnectErrors<C>(pub(super) C);

impl<C: Connector> Connector for WithConnectErrors<C> {
    type Out = C::Out;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<C::Out>, Error> {
        let limited = ConnectionDetails {
            addrs: details.addrs.clone(),
            timeout: limited(details.timeout),
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
            ..*details
        };
        self.0.connect(&limited, chained).map_err(ConnectError::wrap)
    }
}

impl<R: Resolver> Resolver for WithConnectErrors<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, limited(timeout)).map_err(ConnectError::wrap)
    }
}
