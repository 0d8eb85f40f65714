//! The transport traits.

#[cfg(feature = "async")]
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;

use crate::error::Error;

/// The future that [`Transport::exchange`] returns.
#[cfg(feature = "async")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The transport of a [`Client`](crate::Client): reqwest, unless
/// [`build_with`](crate::ClientBuilder::build_with) sets another one, for a test or an unusual network.
///
/// A transport makes one attempt. It must not repeat requests or follow redirects, and it must respect the
/// [`Bounds`]. Its errors decide whether the client may send the packet again: [`Error::Connect`] means that
/// nothing reached the server; [`Error::NoResponse`], [`Error::Timeout`] and [`Error::Truncated`] mean that
/// something may have.
///
/// ```
/// use plesk::transport::{BoxFuture, Bounds, Bytes, Transport, http};
/// use plesk::{Client, Error, session};
///
/// /// Closes every session.
/// struct AlwaysOk;
///
/// impl Transport for AlwaysOk {
///     fn exchange(
///         &self,
///         request: http::Request<Bytes>,
///         _bounds: Bounds,
///     ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
///         assert_eq!(request.headers()["KEY"], "no-such-key");
///         let reply = "<session><terminate><result><status>ok</status></result></terminate></session>";
///         Box::pin(async move { Ok(http::Response::new(format!("<packet>{reply}</packet>").into_bytes())) })
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let client = Client::builder("https://panel.example:8443").secret_key("no-such-key").build_with(AlwaysOk)?;
/// client.send(session::Terminate::new("a66734b")).await??;
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "async")]
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` once and receives the whole response, whatever its status. The body is returned as
    /// received; the client decompresses it.
    ///
    /// # Errors
    /// [`Error::Connect`] or [`Error::Tls`] only if nothing reached the server; otherwise the error that
    /// describes how far the exchange got.
    fn exchange(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>>;

    /// Sends `request` once and receives the response without its body, which the caller reads as it arrives: for
    /// [`Client::send_each`](crate::Client::send_each). The timeout applies until the body begins; the caller limits the
    /// time and the size of the body.
    ///
    /// By default, the whole response is received first, with [`exchange`](Self::exchange).
    ///
    /// # Errors
    /// Those of [`exchange`](Self::exchange).
    fn open(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn Body>>, Error>> {
        let exchange = self.exchange(request, bounds);
        Box::pin(async { Ok(exchange.await?.map(|body| Box::new(Whole::new(body)) as Box<dyn Body>)) })
    }
}

/// The body of a response that is still arriving. To drop it closes the connection, unless the body has ended.
#[cfg(feature = "async")]
pub trait Body: Send {
    /// Waits for the next bytes of the body, as received; `None` is the end. There may be no byte.
    ///
    /// # Errors
    /// [`Error::Timeout`] if nothing arrives within `timeout`; [`Error::Truncated`] and [`Error::BadHttp`] if the body
    /// breaks off.
    fn chunk(&mut self, timeout: Duration) -> BoxFuture<'_, Result<Option<Bytes>, Error>>;
}

/// The transport of a [`blocking::Client`](crate::blocking::Client): ureq, unless
/// [`build_with`](crate::ClientBuilder::build_with) sets another one. It follows the same rules as the
/// transport of the asynchronous client.
///
/// ```
/// use plesk::transport::{BlockingTransport, Bounds, Bytes, http};
/// use plesk::{Error, blocking, session};
///
/// /// Closes every session.
/// struct AlwaysOk;
///
/// impl BlockingTransport for AlwaysOk {
///     fn exchange(&self, _request: http::Request<Bytes>, _bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
///         let reply = "<session><terminate><result><status>ok</status></result></terminate></session>";
///         Ok(http::Response::new(format!("<packet>{reply}</packet>").into_bytes()))
///     }
/// }
///
/// let builder = blocking::Client::builder("https://panel.example:8443").secret_key("no-such-key");
/// builder.build_with(AlwaysOk)?.send(session::Terminate::new("a66734b"))??;
/// # Ok::<(), Error>(())
/// ```
#[cfg(feature = "blocking")]
pub trait BlockingTransport: Send + Sync + 'static {
    /// Sends `request` once and receives the whole response, whatever its status. The body is returned as
    /// received; the client decompresses it.
    ///
    /// # Errors
    /// [`Error::Connect`] or [`Error::Tls`] only if nothing reached the server; otherwise the error that
    /// describes how far the exchange got.
    fn exchange(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error>;

    /// Sends `request` once and receives the response without its body, which the caller reads as it arrives: for
    /// [`Client::send_each`](crate::blocking::Client::send_each). The timeout applies until the body begins; the caller
    /// limits the time and the size of the body.
    ///
    /// By default, the whole response is received first, with [`exchange`](Self::exchange).
    ///
    /// # Errors
    /// Those of [`exchange`](Self::exchange).
    fn open(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> Result<http::Response<Box<dyn BlockingBody>>, Error> {
        Ok(self.exchange(request, bounds)?.map(|body| Box::new(Whole::new(body)) as Box<dyn BlockingBody>))
    }
}

/// The body of a response that is still arriving. To drop it closes the connection, unless the body has ended.
#[cfg(feature = "blocking")]
pub trait BlockingBody: Send {
    /// Waits for the next bytes of the body, as received; `None` is the end. There may be no byte.
    ///
    /// # Errors
    /// [`Error::Timeout`] if nothing arrives within `timeout`; [`Error::Truncated`] and [`Error::BadHttp`] if the body
    /// breaks off.
    fn chunk(&mut self, timeout: Duration) -> Result<Option<Bytes>, Error>;
}

/// A body that has arrived.
pub(crate) struct Whole(Option<Bytes>);

impl Whole {
    pub(crate) fn new(body: Vec<u8>) -> Self {
        Self(Some(body.into()))
    }
}

#[cfg(feature = "async")]
impl Body for Whole {
    fn chunk(&mut self, _timeout: Duration) -> BoxFuture<'_, Result<Option<Bytes>, Error>> {
        Box::pin(async { Ok(self.0.take()) })
    }
}

#[cfg(feature = "blocking")]
impl BlockingBody for Whole {
    fn chunk(&mut self, _timeout: Duration) -> Result<Option<Bytes>, Error> {
        Ok(self.0.take())
    }
}

/// The limits of one attempt.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Bounds {
    /// The maximum time from connecting to the last byte of the response.
    pub timeout: Duration,
    /// The maximum size of the body, in bytes. The error for a larger one is [`Error::TooLarge`] without a
    /// host; the client adds it.
    pub max_response_size: usize,
}
