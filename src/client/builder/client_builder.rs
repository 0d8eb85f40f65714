//! The configuration of a client.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use crate::client::DefaultClient;
use crate::client::core::Inspector;
use crate::client::forbidden::Forbidden;
use crate::client::retry::RetryPolicy;
use crate::codec::CodecOptions;
use crate::error::Error;
use crate::transport::{Credentials, Endpoint, ProxySetting, Trust};

/// Reading all objects of a large server takes minutes.
const TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// Without it, a host that drops packets would use up the whole timeout, which has to be generous.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// A panel runs each packet in a process of its own, and has few.
const MAX_IN_FLIGHT: usize = 8;

/// The configuration of a client; the same for both clients. Start with
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
pub struct ClientBuilder<C = DefaultClient> {
    /// An error in the URL is kept until `build`, so that calls can be chained.
    pub(super) endpoint: Result<Endpoint, Error>,
    pub(super) credentials: Option<Credentials>,
    pub(super) trust: Trust,
    pub(super) proxy: ProxySetting,
    pub(super) connect_timeout: Duration,
    pub(super) read_timeout: Option<Duration>,
    pub(super) timeout: Duration,
    pub(super) plain_http: bool,
    pub(super) options: CodecOptions,
    pub(super) retry: RetryPolicy,
    pub(super) forbidden: Forbidden,
    pub(super) max_in_flight: usize,
    pub(super) inspector: Option<Inspector>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    pub(in crate::client) fn new(url: &str) -> Self {
        Self {
            endpoint: Endpoint::parse(url),
            credentials: None,
            trust: Trust::default(),
            proxy: ProxySetting::default(),
            connect_timeout: CONNECT_TIMEOUT,
            read_timeout: None,
            timeout: TIMEOUT,
            plain_http: false,
            options: CodecOptions::default(),
            retry: RetryPolicy::default(),
            forbidden: Forbidden::default(),
            max_in_flight: MAX_IN_FLIGHT,
            inspector: None,
            client: PhantomData,
        }
    }
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
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
