//! The way of packets over the network: an HTTP request out, an HTTP response back.
//!
//! A transport makes one attempt and knows nothing of packets. What may be sent again, and what an
//! answer says, is decided before and after it, and is the same for all transports. See [`Transport`]
//! to bring your own.

mod credentials;
mod endpoint;
mod failure;
#[cfg(feature = "async")]
mod over_reqwest;
#[cfg(feature = "blocking")]
mod over_ureq;
mod tls;
#[cfg(feature = "blocking")]
mod unreached;

#[cfg(feature = "async")]
use std::pin::Pin;
use std::time::Duration;

use crate::error::Error;
use plesk_wire::packet::Secret;

pub use bytes::Bytes;
pub use http;

pub(crate) use credentials::Credentials;
pub(crate) use endpoint::Endpoint;
#[cfg(feature = "async")]
pub(crate) use over_reqwest::Reqwest;
#[cfg(feature = "blocking")]
pub(crate) use over_ureq::Ureq;
pub(crate) use tls::Trust;

/// A future that a [`Transport`] returns.
#[cfg(feature = "async")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What carries the requests of a [`Client`](crate::Client): reqwest unless
/// [`build_with`](crate::ClientBuilder::build_with) is given another, for a test or an unusual network.
///
/// A transport makes one attempt. It does not repeat requests and does not follow redirects, and it
/// keeps the [`Bounds`]. What it returns as an error decides whether the client may send the packet
/// again: [`Error::Connect`] says that nothing reached the server, [`Error::NoAnswer`],
/// [`Error::Timeout`] and [`Error::Truncated`] that something may have.
///
/// ```
/// use plesk::transport::{BoxFuture, Bounds, Bytes, Transport, http};
/// use plesk::{Client, Error, session};
///
/// /// Closes every session.
/// struct Obliging;
///
/// impl Transport for Obliging {
///     fn exchange(
///         &self,
///         request: http::Request<Bytes>,
///         _bounds: Bounds,
///     ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
///         assert_eq!(request.headers()["KEY"], "no-such-key");
///         let done = "<session><terminate><result><status>ok</status></result></terminate></session>";
///         Box::pin(async move { Ok(http::Response::new(format!("<packet>{done}</packet>").into_bytes())) })
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let client = Client::builder("https://panel.example:8443").secret_key("no-such-key").build_with(Obliging)?;
/// client.send(session::Terminate::new("a66734b")).await??;
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "async")]
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` once and collects the whole response, whatever its status. The body is as it
    /// was sent: it is unpacked later.
    fn exchange(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>>;
}

/// What carries the requests of a [`blocking::Client`](crate::blocking::Client): ureq unless
/// [`build_with`](crate::ClientBuilder::build_with) is given another. As the transport
/// of an asynchronous client, but blocking.
///
/// ```
/// use plesk::transport::{Bounds, Bytes, http};
/// use plesk::{Error, blocking, session};
///
/// /// Closes every session.
/// struct Obliging;
///
/// impl blocking::Transport for Obliging {
///     fn exchange(&self, _request: http::Request<Bytes>, _bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
///         let done = "<session><terminate><result><status>ok</status></result></terminate></session>";
///         Ok(http::Response::new(format!("<packet>{done}</packet>").into_bytes()))
///     }
/// }
///
/// let builder = blocking::Client::builder("https://panel.example:8443").secret_key("no-such-key");
/// builder.build_with(Obliging)?.send(session::Terminate::new("a66734b"))??;
/// # Ok::<(), Error>(())
/// ```
#[cfg(feature = "blocking")]
pub trait BlockingTransport: Send + Sync + 'static {
    /// Sends `request` once and collects the whole response, whatever its status. The body is as it
    /// was sent: it is unpacked later.
    ///
    /// # Errors
    /// [`Error::Connect`] or [`Error::Tls`] if nothing reached the server; otherwise the error that
    /// says how far it came.
    fn exchange(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error>;
}

/// What one attempt may cost.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Bounds {
    /// The time from making a connection to the last byte of the answer.
    pub timeout: Duration,
    /// The size of the largest body to collect, in bytes. A larger one is [`Error::TooLarge`], without a
    /// host: the client names it.
    pub max_response_size: usize,
}

/// What the transports of this crate need to be built.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) host: String,
    pub(crate) trust: Trust,
    pub(crate) proxy: Proxy,
    pub(crate) connect_timeout: Duration,
    /// How long the server may be silent; `None` if only the whole time counts.
    pub(crate) read_timeout: Option<Duration>,
}

/// What stands between client and server.
#[derive(Clone, Debug, Default)]
pub(crate) enum Proxy {
    /// What the environment says (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
    #[default]
    Environment,
    None,
    Url(Secret),
}

/// How long an idle connection is kept: less than the minute or so after which panels close it.
const IDLE: Duration = Duration::from_secs(30);

const USER_AGENT: &str = concat!("plesk-rs/", env!("CARGO_PKG_VERSION"));

/// A body being collected, up to a limit.
struct Body {
    bytes: Vec<u8>,
    limit: usize,
}

impl Body {
    /// A place for the body of a response with these `headers`.
    ///
    /// # Errors
    /// If the body is announced as too large.
    fn announced(headers: &http::HeaderMap, limit: usize) -> Result<Self, Error> {
        /// How much memory is set aside on the word of a server alone, in bytes.
        const AT_ONCE: usize = 1 << 20;
        let length = headers.get(http::header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        match length.unwrap_or(0) {
            length if length > limit => Err(Error::TooLarge { host: None, limit }),
            length => Ok(Self { bytes: Vec::with_capacity(length.min(AT_ONCE)), limit }),
        }
    }

    /// # Errors
    /// If the body is too large.
    fn push(&mut self, chunk: &[u8]) -> Result<(), Error> {
        if self.bytes.len() + chunk.len() > self.limit {
            return Err(Error::TooLarge { host: None, limit: self.limit });
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }
}

/// Where the response points to, if it is a redirect. Its body does not matter then.
pub(crate) fn redirect<T>(response: &http::Response<T>) -> Option<String> {
    let target = response.headers().get(http::header::LOCATION).filter(|_| response.status().is_redirection())?;
    Some(String::from_utf8_lossy(target.as_bytes()).into_owned())
}
