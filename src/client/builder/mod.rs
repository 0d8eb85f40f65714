//! Building a client.

mod settings;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::core::{Core, Inspector};
use super::forbidden::Forbidden;
use super::retry::RetryPolicy;
use crate::codec::CodecOptions;
use crate::error::Error;
use crate::transport::{Credentials, Endpoint, Proxy, Settings, Trust};

/// Reading everything of a large server takes minutes.
const TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// A host that drops packets would otherwise use up the whole timeout, which has to be generous.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// A panel runs each packet in a process of its own, and has few.
const MAX_IN_FLIGHT: usize = 8;

/// The client that a [`ClientBuilder`] is of where its type does not say.
#[cfg(feature = "async")]
type Usual = super::Client;
#[cfg(not(feature = "async"))]
type Usual = super::blocking::Client;

/// The settings of a client to be; the same for both clients. Begin with
/// [`Client::builder`](crate::Client::builder) or
/// [`blocking::Client::builder`](crate::blocking::Client::builder).
///
/// ```
/// use std::time::Duration;
/// use plesk::{Client, Effect, RetryPolicy};
///
/// let client = Client::builder("https://panel.example:8443")
///     .login("admin", "correct horse")
///     .timeout(Duration::from_secs(60))
///     .retry(RetryPolicy::attempts(3))
///     .forbid(Effect::DeleteEverything)
///     .build()?;
/// # Ok::<(), plesk::Error>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder<C = Usual> {
    /// An error in the URL is kept for `build`, so that calls can be chained.
    pub(super) endpoint: Result<Endpoint, Error>,
    pub(super) credentials: Option<Credentials>,
    pub(super) trust: Trust,
    pub(super) proxy: Proxy,
    pub(super) connect_timeout: Duration,
    pub(super) read_timeout: Option<Duration>,
    pub(super) timeout: Duration,
    pub(super) plain_http: bool,
    pub(super) rules: CodecOptions,
    pub(super) retry: RetryPolicy,
    pub(super) forbidden: Forbidden,
    pub(super) max_in_flight: usize,
    pub(super) inspector: Option<Inspector>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    pub(super) fn new(url: &str) -> Self {
        Self {
            endpoint: Endpoint::parse(url),
            credentials: None,
            trust: Trust::default(),
            proxy: Proxy::default(),
            connect_timeout: CONNECT_TIMEOUT,
            read_timeout: None,
            timeout: TIMEOUT,
            plain_http: false,
            rules: CodecOptions::default(),
            retry: RetryPolicy::default(),
            forbidden: Forbidden::default(),
            max_in_flight: MAX_IN_FLIGHT,
            inspector: None,
            client: PhantomData,
        }
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Setup`], saying which setting cannot be used and why: the URL, missing credentials,
    /// credentials that HTTP cannot carry, a certificate or fingerprint that is none, a limit of
    /// zero, plain HTTP without [`danger_plain_http`](Self::danger_plain_http).
    pub fn build(self) -> Result<C, Error>
    where
        C: Build,
    {
        let (settings, ready) = self.ready()?;
        C::build(settings, ready)
    }

    /// The client, with a transport of your own. The settings of certificates, proxy, connecting and
    /// silence are the transport's matter then, and are not used.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_with<T>(self, transport: T) -> Result<C, Error>
    where
        C: BuildWith<T>,
    {
        Ok(C::build_with(transport, self.ready()?.1))
    }
}

/// A client that can be built. Sealed: both clients of this crate are.
pub trait Build: Sized {
    #[doc(hidden)]
    fn build(settings: Settings, ready: ClientParts) -> Result<Self, Error>;
}

/// A client that can be built with a transport of the type `T`. Sealed: both clients of this crate
/// are, each with the transports of its kind.
pub trait BuildWith<T>: Sized {
    #[doc(hidden)]
    fn build_with(transport: T, ready: ClientParts) -> Self;
}

/// What was checked, for a client to take over.
#[doc(hidden)]
pub struct ClientParts {
    pub(super) core: Core,
    pub(super) max_in_flight: usize,
}

/// Shows the settings, never the credentials.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("endpoint", &self.endpoint)
            .field("credentials", &self.credentials)
            .field("trust", &self.trust)
            .field("proxy", &self.proxy)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("max_in_flight", &self.max_in_flight)
            .field("danger_plain_http", &self.plain_http)
            .field("retry", &self.retry)
            .field("forbidden", &self.forbidden)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
