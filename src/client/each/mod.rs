//! Outcomes of an answer as they arrive, in memory that does not grow with the answer.
//!
//! `incoming` decides what arrived bytes mean, and does no I/O. `stream` and `iter` receive the bytes, one for each client.

mod incoming;
#[cfg(feature = "blocking")]
pub(super) mod iter;
mod reply_reader;
#[cfg(feature = "async")]
pub(super) mod stream;

use std::time::{Duration, Instant};

pub(super) use incoming::{Attempt, Incoming};
pub(super) use reply_reader::ReplyReader;

use super::unpack::Deadline;
use crate::error::Error;

/// The time that a client may wait for the server.
///
/// It runs only while the caller waits for an outcome. What the caller does between two outcomes may take any time.
#[derive(Clone, Copy)]
struct WaitingTime {
    left: Duration,
    /// The whole of it, for messages.
    after: Duration,
}

impl WaitingTime {
    /// Returns what is left until `deadline`.
    fn until(deadline: Deadline) -> Self {
        Self { left: deadline.at.saturating_duration_since(Instant::now()), after: deadline.after }
    }

    /// Returns the time by which the caller has its outcome.
    fn deadline(self) -> Deadline {
        Deadline { at: Instant::now() + self.left, after: self.after }
    }
}

/// Splits a response into its head and its body.
fn split<B>(response: http::Response<B>) -> (http::Response<()>, B) {
    let (head, body) = response.into_parts();
    (http::Response::from_parts(head, ()), body)
}

/// Returns the error of a body. A timeout names the whole time that was allowed.
fn body_error(error: Error, deadline: &Deadline) -> Error {
    match error {
        Error::Timeout { host, source, .. } if Instant::now() >= deadline.at => {
            Error::Timeout { host, after: deadline.after, source }
        }
        error => error,
    }
}
