//! Records requests and responses as they crossed the socket.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use hyper::body::Bytes;

/// A request and its response, as they crossed the socket.
///
/// `Debug` shows only sizes, because the bytes contain passwords and session IDs.
#[derive(Clone)]
pub struct Exchange {
    pub(crate) request: Bytes,
    pub(crate) response: Bytes,
    pub(crate) status: u16,
}

impl Exchange {
    /// Returns the body of the request.
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// Returns the body of the response.
    pub fn response(&self) -> &[u8] {
        &self.response
    }

    /// Returns the HTTP status of the response.
    pub fn status(&self) -> u16 {
        self.status
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exchange({} bytes, HTTP {}, {} bytes)", self.request.len(), self.status, self.response.len())
    }
}

/// All exchanges, in the order in which they ended.
#[derive(Default)]
pub(crate) struct Recorder(Mutex<Vec<Exchange>>);

impl Recorder {
    pub(crate) fn add(&self, exchange: Exchange) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }

    pub(crate) fn all(&self) -> Vec<Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
