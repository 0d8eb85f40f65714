//! Building a client.

use std::fmt;
use std::time::Duration;

use plesk_wire::packet::Secret;
use plesk_wire::xml::Strictness;

use super::Client;
use crate::codec::Rules;
use crate::error::Error;
use crate::transport::{Credentials, Endpoint, Http, Settings, Trust};

/// Reading everything of a large server takes minutes.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// The settings of a [`Client`] to be. Begin with [`Client::builder`].
///
/// ```
/// use std::time::Duration;
/// use plesk::Client;
///
/// let client = Client::builder("https://panel.example:8443")
///     .login("admin", "correct horse")
///     .timeout(Duration::from_secs(60))
///     .build()?;
/// # Ok::<(), plesk::Error>(())
/// ```
///
/// A proxy is taken from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    /// An error in the URL is kept for `build`, so that calls can be chained.
    endpoint: Result<Endpoint, Error>,
    credentials: Option<Credentials>,
    trust: Trust,
    timeout: Duration,
    plain_http: bool,
    rules: Rules,
}

impl ClientBuilder {
    pub(super) fn new(url: &str) -> Self {
        Self {
            endpoint: Endpoint::parse(url),
            credentials: None,
            trust: Trust::default(),
            timeout: DEFAULT_TIMEOUT,
            plain_http: false,
            rules: Rules::default(),
        }
    }

    /// Authenticates with a secret key. Instead of [`login`](Self::login): the last one counts.
    ///
    /// By default a key works only from the address for which it was made.
    pub fn secret_key(mut self, key: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Key(key.into()));
        self
    }

    /// Authenticates with login and password. Instead of [`secret_key`](Self::secret_key): the last
    /// one counts.
    pub fn login(mut self, login: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Login(login.into(), password.into()));
        self
    }

    /// Trusts the certificates in `pem`, and what they issued, beside those of the system.
    ///
    /// A panel ships with a self-signed certificate: give that, or the certificate of your own
    /// authority. A server that presents one of these very certificates is believed whatever name
    /// and dates it bears, as the one that a panel makes for itself bears no host name. May be called
    /// more than once, and `pem` may hold several.
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.trust.roots.push(pem.as_ref().to_vec());
        self
    }

    /// **Dangerous**: believes anyone who answers to be the server. Whoever controls a part of the
    /// way then gets the credentials, and with them the server.
    ///
    /// Nearly always [`root_certificate`](Self::root_certificate) is what is wanted.
    pub fn danger_accept_invalid_certificates(mut self) -> Self {
        self.trust.anyone = true;
        self
    }

    /// **Dangerous**: allows a URL with `http://`, where credentials and data travel readable and
    /// changeable by anyone on the way. For a tunnel or the same machine.
    pub fn danger_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// How long a packet may take, from making the connection to the last byte of the answer.
    ///
    /// 15 minutes unless set, as reading everything of a large server takes minutes. A connection
    /// that cannot be made is given up after 30 seconds in any case.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Names the protocol version in each packet, for example `1.6.9.1`.
    ///
    /// Best left out, as by default: the server then uses its newest. A named one makes a newer
    /// server refuse what that version did not have.
    pub fn protocol_version(mut self, version: impl Into<String>) -> Self {
        self.rules.version = Some(version.into());
        self
    }

    /// Whether answers must be exactly what the schema says. Off by default: elements that the
    /// schema does not know are skipped, wherever they stand, since servers may be newer than it.
    pub fn strict(mut self, strict: bool) -> Self {
        self.rules.reading = if strict { Strictness::Strict } else { Strictness::Lenient };
        self
    }

    /// Whether requests may hold values that an enumeration of the schema does not list, for
    /// servers newer than the schema. Off by default: such a value is a violation.
    pub fn allow_unlisted_values(mut self, allow: bool) -> Self {
        self.rules.allow_unlisted_values = allow;
        self
    }

    /// The size of the largest answer to accept, in bytes; 64 MiB unless set. A larger one is
    /// refused as soon as it is seen to be larger.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.rules.max_response_size = bytes;
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Setup`], saying which setting cannot be used and why: the URL, missing credentials,
    /// credentials that HTTP cannot carry, a certificate that is none, plain HTTP without
    /// [`danger_plain_http`](Self::danger_plain_http).
    pub fn build(self) -> Result<Client, Error> {
        let endpoint = self.endpoint?;
        if endpoint.is_plain() && !self.plain_http {
            return Err(Error::setup(
                "the URL begins with http://, which would send the credentials readable; use https://",
            ));
        }
        let credentials =
            self.credentials.ok_or_else(|| Error::setup("no credentials; give secret_key() or login()"))?;
        if let Some(version) = &self.rules.version
            && !is_version(version)
        {
            return Err(Error::setup("the protocol version is not a version like 1.6.9.1"));
        }
        let max_response_size = self.rules.max_response_size;
        let settings = Settings { endpoint, credentials, trust: self.trust, timeout: self.timeout, max_response_size };
        Ok(Client::new(Http::new(settings)?, self.rules))
    }
}

/// Whether `text` is numbers with dots between.
fn is_version(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Shows the settings, never the credentials.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("endpoint", &self.endpoint)
            .field("credentials", &self.credentials)
            .field("root_certificates", &self.trust.roots.len())
            .field("danger_accept_invalid_certificates", &self.trust.anyone)
            .field("danger_plain_http", &self.plain_http)
            .field("timeout", &self.timeout)
            .field("rules", &self.rules)
            .finish()
    }
}
