//! The way of packets over the network: bytes out, bytes back.
//!
//! Everything else knows nothing of HTTP. [`Http::exchange`] is the only door; a blocking client or
//! one that repeats packets stands before or beside it.

mod credentials;
mod endpoint;
mod failure;
mod http;
mod tls;

pub(crate) use credentials::Credentials;
pub(crate) use endpoint::Endpoint;
pub(crate) use http::{Http, Settings};
pub(crate) use tls::Trust;

/// An HTTP answer, whatever it is.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Where a redirect points to.
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}
