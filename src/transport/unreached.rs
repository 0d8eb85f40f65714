//! Which of ureq's errors are from before anything was sent.

use std::fmt;

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout};

/// Why no connection was made: the mark that tells it from what goes wrong once bytes were sent.
#[derive(Debug)]
pub(super) struct Unreached(Error);

impl Unreached {
    fn mark(error: Error) -> Error {
        match error {
            // From within: a proxy is connected to by the same connector.
            Error::Other(e) if e.is::<Self>() => Error::Other(e),
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Unreached {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Error::Io(e) => Some(e),
            Error::Other(e) => Some(&**e),
            other => Some(other),
        }
    }
}

/// A connector or a resolver whose errors are marked.
#[derive(Debug)]
pub(super) struct Marked<C>(pub(super) C);

impl<C: Connector> Connector for Marked<C> {
    type Out = C::Out;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<C::Out>, Error> {
        self.0.connect(details, chained).map_err(Unreached::mark)
    }
}

impl<R: Resolver> Resolver for Marked<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(Unreached::mark)
    }
}
