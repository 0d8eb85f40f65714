//! Delivers a message: decides what to send, what a response means, and whether to try again.
//!
//! It does no I/O. The clients make the attempts and the pauses that it asks for, so that both behave
//! alike.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue};
use tracing::Span;

use super::core::Core;
use super::each::{Attempt, Incoming, ReplyReader};
use super::message::Message;
use super::reading::{ReadResponse, Reading};
use super::retry::RetryBudget;
use super::trace::Summary;
use super::unpack::Deadline;
use super::{retry, trace, unpack};
use crate::codec::ResponseMask;
use crate::error::Error;
use crate::packet::Packet;
use crate::transport::{Bounds, redirect_target};

/// The next step that a client has to take.
pub(crate) enum Next<T> {
    /// Return this result.
    Done(Result<T, Error>),
    /// Wait for this long and make another attempt.
    RetryAfter(Duration),
}

/// The delivery of one message, over one or more attempts.
pub(crate) struct Delivery<M> {
    core: Arc<Core>,
    message: Arc<M>,
    body: Bytes,
    span: Span,
    started: Instant,
    /// The time by which the attempt in progress has to be complete.
    deadline: Deadline,
    attempts: u32,
    /// Whether a failed attempt may have been executed by the server.
    maybe_executed: bool,
    /// The most informative error of the attempts so far.
    error: Option<Error>,
}

impl<M: Message> Delivery<M> {
    pub(crate) fn new(core: Arc<Core>, mut message: M) -> Self {
        let body = Bytes::from(message.take_body());
        let span = trace::new_span(&core, &message, body.len());
        let started = Instant::now();
        let deadline = Deadline { at: started, after: Duration::ZERO };
        let message = Arc::new(message);
        Self { core, message, body, span, started, deadline, attempts: 0, maybe_executed: false, error: None }
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
        self.deadline = Deadline { at: Instant::now() + timeout, after: timeout };
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

    /// Returns the reading of what an attempt received. The client decides on which thread it runs.
    pub(crate) fn reading(&self, response: Result<http::Response<Vec<u8>>, Error>) -> Reading<M> {
        Reading {
            core: self.core.clone(),
            message: self.message.clone(),
            sent: self.body.clone(),
            span: self.span.clone(),
            attempts: self.attempts,
            maybe_executed: self.maybe_executed,
            deadline: self.deadline,
            response,
        }
    }

    /// Returns the time by which the attempt in progress has to be complete.
    pub(crate) fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Processes the result of an attempt: a response, or the beginning of one.
    pub(crate) fn on_read<R>(&mut self, read: ReadResponse<R>) -> Next<R> {
        let ReadResponse { status, received_bytes, retry_after, result } = read;
        trace::record_attempt(&self.span, status, received_bytes);
        let error = match result {
            Ok(response) => {
                self.core.retry_budget.iter().for_each(RetryBudget::refill);
                return Next::Done(Ok(response));
            }
            Err(error) => error,
        };
        let pause = self.retry_pause(&error, retry_after);
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
                // A packet that the server refused as a whole was not executed, nor one that was too large.
                let is_refused = matches!(error, Error::System(_) | Error::Status { status: 413, .. });
                self.maybe_executed |= !error.is_unsent() && !is_refused;
                error
            }
        }
    }

    /// Records the result in the trace.
    pub(crate) fn finish(&self, result: &Result<M::Response, Error>) {
        let refusals = result.as_ref().map_or_else(|_| Vec::new(), M::refusals);
        let summary = |response| Summary { refusals: &refusals, skipped: M::skipped(response) };
        self.finish_with(result.as_ref().map(summary));
    }

    /// Records what was read, or the error, in the trace.
    pub(crate) fn finish_with(&self, result: Result<Summary<'_>, &Error>) {
        trace::finish(&self.span, result, self.attempts, self.started.elapsed());
    }

    /// Returns how long to wait before the next attempt; `None` if there must not be one.
    fn retry_pause(&self, error: &Error, retry_after: Option<Duration>) -> Option<Duration> {
        let policy = &self.core.retry;
        if self.attempts >= policy.attempts || !retry::may_retry(self.message.idempotency(), error) {
            return None;
        }
        let pause = policy.pause(self.attempts).max(retry_after.unwrap_or_default());
        let in_time = match policy.deadline {
            Some(deadline) => self.started.elapsed().saturating_add(pause) < deadline,
            None => pause <= self.core.timeout.max(policy.pause(self.attempts)),
        };
        let may_retry = in_time && self.core.retry_budget.as_ref().is_none_or(RetryBudget::take);
        may_retry.then_some(pause)
    }
}

impl Delivery<Packet> {
    /// Returns the reading of an answer as it arrives, in a response that begins with `head`.
    ///
    /// # Errors
    /// If the response redirects the client, or announces a body that is too large.
    pub(crate) fn incoming<O>(&self, head: &http::Response<()>, reply: ReplyReader<O>) -> Result<Incoming<O>, Error> {
        let attempt = Attempt {
            core: self.core.clone(),
            packet: self.message.clone(),
            mask: self.mask(),
            status: head.status().as_u16(),
            maybe_executed: self.maybe_executed,
            reply,
        };
        Incoming::new(attempt, head)
    }

    /// Returns a function that shows an attempt to the inspection hook.
    pub(crate) fn inspection(
        &self,
        response: &Result<http::Response<Vec<u8>>, Error>,
    ) -> impl FnOnce() + Send + 'static + use<> {
        let (core, message, sent) = (self.core.clone(), self.message.clone(), self.body.clone());
        let (attempts, deadline) = (self.attempts, self.deadline);
        let response = response.as_ref().ok().cloned();
        move || {
            let status = response.as_ref().map(|response| response.status().as_u16());
            let limit = core.options.max_response_size;
            let unpack = |response| unpack::unpack(response, &core.host, limit, &deadline).ok();
            let body = response.filter(|response| redirect_target(response).is_none()).and_then(unpack);
            core.inspect(attempts, || message.redacted(&sent), status, body.as_deref());
        }
    }

    /// Records in the trace how many bytes arrived.
    pub(crate) fn record_received(&self, bytes: usize) {
        trace::record_attempt(&self.span, None, Some(bytes));
    }

    /// Records in the trace that the caller dropped the answer before its end.
    pub(crate) fn abandon(&self) {
        trace::abandoned(&self.span);
    }

    /// Returns `error` as the caller sees it: without secrets, and with the host.
    pub(crate) fn describe(&self, error: Error) -> Error {
        error.redacted(&self.mask()).with_host(Some(&self.core.host))
    }

    fn mask(&self) -> ResponseMask {
        ResponseMask::new(self.core.redactor.clone(), self.message.secrets())
    }
}
