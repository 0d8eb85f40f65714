//! What happens to a packet between being sent and being answered, without any I/O: the clients
//! make the attempts and the pauses that this asks for.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderValue};
use plesk_wire::packet::Idempotency;
use tracing::{Span, debug};

use super::core::Core;
use super::{retry, trace, unpack};
use crate::error::Error;
use crate::transport::{Bounds, redirect};

/// Something to be sent, and what reads the answer to it.
pub(crate) trait Message {
    /// What the answer says.
    type Answer;

    /// The type of the body.
    fn content_type(&self) -> HeaderValue;

    /// Hands the body out, once.
    fn take_body(&mut self) -> Vec<u8>;

    /// Whether it may be sent again when its answer was lost.
    fn idempotency(&self) -> Idempotency;

    /// The operators that it asks, and the number of operations, for traces.
    fn label(&self) -> (Vec<&'static str>, usize);

    /// The body for the inspection hook, with secrets redacted.
    fn redacted(&self, body: &[u8]) -> String;

    /// Reads an answer.
    ///
    /// # Errors
    /// If it cannot be read, or says that nothing was done.
    fn read(&self, incoming: &Incoming<'_>) -> Result<Self::Answer, Error>;

    /// How much of the answer was skipped because the schema does not know it.
    fn skipped(_answer: &Self::Answer) -> u64 {
        0
    }
}

/// An answer that came, and what is known of the attempts before.
pub(crate) struct Incoming<'a> {
    pub(crate) core: &'a Core,
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
    /// How often the message was sent, this time included.
    pub(crate) attempts: u32,
    /// Whether an earlier attempt may have been carried out.
    pub(crate) repeated: bool,
}

/// What to do next.
pub(crate) enum Next<T> {
    /// This is what came of it.
    Done(Result<T, Error>),
    /// Wait so long and try again.
    Again(Duration),
}

/// A message on its way.
pub(crate) struct Delivery<'a, M> {
    core: &'a Core,
    message: M,
    body: Bytes,
    span: Span,
    started: Instant,
    attempts: u32,
    /// Whether an attempt that failed may have been carried out.
    doubtful: bool,
    /// What came of the attempts before, if there were any: of the last one, unless that reached nobody and an
    /// earlier one may have been carried out.
    failed: Option<Error>,
}

impl<'a, M: Message> Delivery<'a, M> {
    pub(crate) fn new(core: &'a Core, mut message: M) -> Self {
        let body = Bytes::from(message.take_body());
        let span = trace::span(core, &message, body.len());
        Self { core, message, body, span, started: Instant::now(), attempts: 0, doubtful: false, failed: None }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// The request of the next attempt.
    ///
    /// # Errors
    /// If the deadline passed while it waited for its turn.
    pub(crate) fn request(&mut self) -> Result<(http::Request<Bytes>, Bounds), Error> {
        let left = self.left();
        if left.is_some_and(|left| left.is_zero()) {
            return Err(self.too_late());
        }
        self.attempts += 1;
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.core.uri.clone();
        *request.headers_mut() = self.core.headers.clone();
        request.headers_mut().insert(CONTENT_TYPE, self.message.content_type());
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        // Never nothing, as transports may take that for no timeout at all.
        let timeout = self.core.timeout.min(left.unwrap_or(Duration::MAX)).max(Duration::from_millis(1));
        Ok((request, Bounds { timeout, max_response_size: self.core.rules.max_response_size }))
    }

    /// How long the next attempt may wait for its turn; `None` if there is no deadline.
    pub(crate) fn left(&self) -> Option<Duration> {
        self.core.retry.deadline.map(|deadline| deadline.saturating_sub(self.started.elapsed()))
    }

    /// Why there is no further attempt: what came of those before, if there were any.
    pub(crate) fn too_late(&mut self) -> Error {
        let after = self.core.retry.deadline.unwrap_or_default();
        self.failed.take().unwrap_or_else(|| Error::QueueTimeout { host: self.core.host.clone(), after })
    }

    /// What follows from what came of an attempt.
    pub(crate) fn after(&mut self, attempt: Result<http::Response<Vec<u8>>, Error>) -> Next<M::Answer> {
        let status = attempt.as_ref().ok().map(|response| response.status().as_u16());
        let (body, outcome) = match attempt {
            Ok(response) => self.read(response),
            Err(error) => (None, Err(error)),
        };
        trace::attempt(&self.span, status, body.as_ref().map(Vec::len));
        let outcome = outcome.map_err(|error| error.redacted(&self.core.mask).at(Some(&self.core.host)));
        self.core.inspect(self.attempts, || self.message.redacted(&self.body), status, body.as_deref());
        match outcome {
            Err(error) => {
                let pause = self.pause(&error);
                if let Some(pause) = pause {
                    self.span.in_scope(|| debug!(error = error.kind(), pause = ?pause, "trying again"));
                }
                let error = self.telling(error);
                match pause {
                    Some(pause) => {
                        self.failed = Some(error);
                        Next::Again(pause)
                    }
                    None => Next::Done(Err(error)),
                }
            }
            answered => Next::Done(answered),
        }
    }

    /// Of the error of this attempt and that of the attempts before, the one that tells what came of the packet: that
    /// the last attempt reached nobody does not mean that none did.
    fn telling(&mut self, error: Error) -> Error {
        let before = self.failed.take();
        match before.filter(|_| self.doubtful && error.is_unsent()) {
            Some(before) => before,
            None => {
                // A packet that the server refused as a whole did nothing.
                self.doubtful |= !error.is_unsent() && !matches!(error, Error::System(_));
                error
            }
        }
    }

    /// Notes in the trace what came of it all.
    pub(crate) fn finish(&self, outcome: &Result<M::Answer, Error>) {
        self.span.record("retries", self.attempts.saturating_sub(1));
        self.span.record("milliseconds", u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX));
        self.span.in_scope(|| match outcome {
            Ok(answer) => debug!(skipped = M::skipped(answer), "answered"),
            Err(error) => debug!(error = error.kind(), code = error.code().map(|code| code.0), "failed"),
        });
    }

    /// The body, unpacked, and what it says.
    fn read(&self, response: http::Response<Vec<u8>>) -> (Option<Vec<u8>>, Result<M::Answer, Error>) {
        let status = response.status().as_u16();
        if let Some(target) = redirect(&response) {
            return (None, Err(Error::Redirect { host: None, status, target }));
        }
        let body = match unpack::unpack(response, &self.core.host, self.core.rules.max_response_size) {
            Ok(body) => body,
            Err(error) => return (None, Err(error)),
        };
        let (attempts, repeated) = (self.attempts, self.doubtful);
        let answer = self.message.read(&Incoming { core: self.core, status, body: &body, attempts, repeated });
        (Some(body), answer)
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn pause(&self, error: &Error) -> Option<Duration> {
        let policy = &self.core.retry;
        if self.attempts >= policy.attempts || !retry::may_repeat(self.message.idempotency(), error) {
            return None;
        }
        let pause = policy.pause(self.attempts);
        let in_time = policy.deadline.is_none_or(|deadline| self.started.elapsed().saturating_add(pause) < deadline);
        in_time.then_some(pause)
    }
}
