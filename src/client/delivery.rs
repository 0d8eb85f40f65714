//! Delivers a message: decides what to send, what a response means, and whether to try again.
//!
//! It does no I/O. The clients make the attempts and the pauses that it asks for, so that both behave
//! alike.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue};
use tracing::Span;

use super::core::Core;
use super::message::{Message, Received};
use super::{retry, trace, unpack};
use crate::error::Error;
use crate::transport::{Bounds, redirect_target};

/// The next step that a client has to take.
pub(crate) enum Next<T> {
    /// Return this result.
    Done(Result<T, Error>),
    /// Wait for this long and make another attempt.
    RetryAfter(Duration),
}

/// The delivery of one message, over one or more attempts.
pub(crate) struct Delivery<'a, M> {
    core: &'a Core,
    message: M,
    body: Bytes,
    span: Span,
    started: Instant,
    attempts: u32,
    /// Whether a failed attempt may have been executed by the server.
    maybe_executed: bool,
    /// The most informative error of the attempts so far.
    error: Option<Error>,
}

impl<'a, M: Message> Delivery<'a, M> {
    pub(crate) fn new(core: &'a Core, mut message: M) -> Self {
        let body = Bytes::from(message.take_body());
        let span = trace::new_span(core, &message, body.len());
        Self { core, message, body, span, started: Instant::now(), attempts: 0, maybe_executed: false, error: None }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Returns the request of the next attempt.
    ///
    /// # Errors
    /// If the deadline passed while the attempt waited for a free slot.
    pub(crate) fn next_request(&mut self) -> Result<(http::Request<Bytes>, Bounds), Error> {
        let remaining = self.remaining();
        if remaining.is_some_and(|remaining| remaining.is_zero()) {
            return Err(self.deadline_exceeded());
        }
        self.attempts += 1;
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.core.uri.clone();
        *request.headers_mut() = self.core.headers.clone();
        request.headers_mut().insert(CONTENT_TYPE, self.message.content_type());
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        // Never zero: a transport may take that for no timeout at all.
        let timeout = self.core.timeout.min(remaining.unwrap_or(Duration::MAX)).max(Duration::from_millis(1));
        Ok((request, Bounds { timeout, max_response_size: self.core.options.max_response_size }))
    }

    /// Returns the time until the deadline; `None` if there is no deadline.
    pub(crate) fn remaining(&self) -> Option<Duration> {
        self.core.retry.deadline.map(|deadline| deadline.saturating_sub(self.started.elapsed()))
    }

    /// Returns the error for a passed deadline: that of the attempts, if there were any.
    pub(crate) fn deadline_exceeded(&mut self) -> Error {
        let after = self.core.retry.deadline.unwrap_or_default();
        self.error.take().unwrap_or_else(|| Error::QueueTimeout { host: self.core.host.clone(), after })
    }

    /// Processes the result of an attempt.
    pub(crate) fn on_response(&mut self, response: Result<http::Response<Vec<u8>>, Error>) -> Next<M::Response> {
        let status = response.as_ref().ok().map(|response| response.status().as_u16());
        let (body, result) = match response {
            Ok(response) => self.read(response),
            Err(error) => (None, Err(error)),
        };
        trace::record_attempt(&self.span, status, body.as_ref().map(Vec::len));
        let result = result.map_err(|error| error.redacted(&self.core.redactor).with_host(Some(&self.core.host)));
        self.core.inspect(self.attempts, || self.message.redacted(&self.body), status, body.as_deref());
        let error = match result {
            Ok(response) => return Next::Done(Ok(response)),
            Err(error) => error,
        };
        let pause = self.retry_pause(&error);
        if let Some(pause) = pause {
            trace::retry(&self.span, &error, pause);
        }
        let error = self.most_informative(error);
        match pause {
            Some(pause) => {
                self.error = Some(error);
                Next::RetryAfter(pause)
            }
            None => Next::Done(Err(error)),
        }
    }

    /// Picks the error to return. If an earlier attempt may have been executed, its error wins over a later
    /// connection failure: "nothing was sent" would be wrong.
    fn most_informative(&mut self, error: Error) -> Error {
        match self.error.take() {
            Some(earlier) if self.maybe_executed && error.is_unsent() => earlier,
            _ => {
                // A packet that the server refused as a whole was not executed.
                self.maybe_executed |= !error.is_unsent() && !matches!(error, Error::System(_));
                error
            }
        }
    }

    /// Records the result in the trace.
    pub(crate) fn finish(&self, result: &Result<M::Response, Error>) {
        trace::finish::<M>(&self.span, result, self.attempts, self.started.elapsed());
    }

    /// Returns the decompressed body, if there is one, and what it was read as.
    fn read(&self, response: http::Response<Vec<u8>>) -> (Option<Vec<u8>>, Result<M::Response, Error>) {
        let status = response.status().as_u16();
        if let Some(target) = redirect_target(&response) {
            return (None, Err(Error::Redirect { host: None, status, target }));
        }
        let body = match unpack::unpack(response, &self.core.host, self.core.options.max_response_size) {
            Ok(body) => body,
            Err(error) => return (None, Err(error)),
        };
        let Self { core, attempts, maybe_executed, .. } = *self;
        let response = self.message.read(&Received { core, status, body: &body, attempts, maybe_executed });
        (Some(body), response)
    }

    /// Returns how long to wait before the next attempt; `None` if there must not be one.
    fn retry_pause(&self, error: &Error) -> Option<Duration> {
        let policy = &self.core.retry;
        if self.attempts >= policy.attempts || !retry::may_retry(self.message.idempotency(), error) {
            return None;
        }
        let pause = policy.pause(self.attempts);
        let in_time = policy.deadline.is_none_or(|deadline| self.started.elapsed().saturating_add(pause) < deadline);
        in_time.then_some(pause)
    }
}
