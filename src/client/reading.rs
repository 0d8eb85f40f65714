//! Unpacks and reads a response, apart from the thread that waits for it.
//!
//! Reading a large response takes a good part of a second. It counts against the timeout of its attempt, and
//! it must not stop the other tasks of an executor. A client therefore reads a large response on a thread of
//! its own, and waits until the time is up.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::HeaderMap;
use http::header::RETRY_AFTER;
use tracing::{Dispatch, Span, dispatcher};

use super::core::Core;
use super::message::{Message, Received};
use super::unpack::{self, Deadline};
use crate::codec::ResponseMask;
use crate::error::Error;
use crate::transport::redirect_target;

/// A response that is still to be unpacked and read.
pub(crate) struct Reading<M> {
    pub(super) core: Arc<Core>,
    pub(super) message: Arc<M>,
    /// The body that was sent.
    pub(super) sent: Bytes,
    pub(super) span: Span,
    pub(super) attempts: u32,
    pub(super) maybe_executed: bool,
    pub(super) deadline: Deadline,
    pub(super) response: Result<http::Response<Vec<u8>>, Error>,
}

/// A response that was read, or the reason why there is none.
pub(crate) struct ReadResponse<R> {
    pub(super) status: Option<u16>,
    /// The size of the unpacked body.
    pub(super) received_bytes: Option<usize>,
    /// How long the server wants to be left alone.
    pub(super) retry_after: Option<Duration>,
    pub(super) result: Result<R, Error>,
}

/// What takes the place of a response that is not read in time.
pub(crate) struct Late {
    host: String,
    status: Option<u16>,
    after: Duration,
}

impl<M: Message> Reading<M> {
    /// Returns `true` if reading may take long enough to disturb other tasks.
    pub(crate) fn takes_long(&self) -> bool {
        /// A plain body of this size is read within a few milliseconds.
        const PLAIN: usize = 128 << 10;
        /// A compressed body may become a thousand times larger.
        const COMPRESSED: usize = 2 << 10;
        let limit = |body: &[u8]| if unpack::is_gzip(body) { COMPRESSED } else { PLAIN };
        self.response.as_ref().is_ok_and(|response| response.body().len() > limit(response.body()))
    }

    /// Returns the time that is left.
    pub(crate) fn remaining(&self) -> Duration {
        self.deadline.at.saturating_duration_since(Instant::now())
    }

    /// Returns what takes the place of the response if the time is up before it was read.
    pub(crate) fn late(&self) -> Late {
        let status = self.response.as_ref().ok().map(|response| response.status().as_u16());
        Late { host: self.core.host.clone(), status, after: self.deadline.after }
    }

    /// Reads the response on this thread.
    pub(crate) fn run(mut self) -> ReadResponse<M::Response> {
        let mask = ResponseMask::new(self.core.redactor.clone(), self.message.secrets(&self.sent));
        let response = std::mem::replace(&mut self.response, Err(Error::EmptyBatch));
        let status = response.as_ref().ok().map(|response| response.status().as_u16());
        let retry_after = response.as_ref().ok().and_then(|response| retry_after(response.headers()));
        let (body, result) = match response {
            Ok(response) => self.read(response, &mask),
            Err(error) => (None, Err(error)),
        };
        let result = result.map_err(|error| error.redacted(&mask).with_host(Some(&self.core.host)));
        self.core.inspect(self.attempts, || self.message.redacted(&self.sent), status, body.as_deref());
        ReadResponse { status, received_bytes: body.map(|body| body.len()), retry_after, result }
    }

    /// Returns a function that reads the response on another thread, with the traces of this one.
    pub(crate) fn into_task(self) -> impl FnOnce() -> ReadResponse<M::Response> + Send + 'static {
        let dispatch = dispatcher::get_default(Dispatch::clone);
        move || dispatcher::with_default(&dispatch, || self.span.clone().in_scope(|| self.run()))
    }

    /// Returns the decompressed body, if there is one, and what it was read as.
    fn read(
        &self,
        response: http::Response<Vec<u8>>,
        mask: &ResponseMask,
    ) -> (Option<Vec<u8>>, Result<M::Response, Error>) {
        let status = response.status().as_u16();
        if let Some(target) = redirect_target(&response) {
            return (None, Err(Error::Redirect { host: None, status, target }));
        }
        let limit = self.core.options.max_response_size;
        let body = match unpack::unpack(response, &self.core.host, limit, &self.deadline) {
            Ok(body) => body,
            Err(error) => return (None, Err(error)),
        };
        let Self { core, attempts, maybe_executed, .. } = self;
        let (attempts, maybe_executed) = (*attempts, *maybe_executed);
        let response = self.message.read(&Received { core, status, body: &body, mask, attempts, maybe_executed });
        (Some(body), response)
    }
}

impl<R> ReadResponse<R> {
    /// Creates the result of an attempt that received no response.
    pub(super) fn failed(error: Error) -> Self {
        Self { status: None, received_bytes: None, retry_after: None, result: Err(error) }
    }
}

impl Late {
    /// Returns the result: that the time is up.
    pub(crate) fn into_read<R>(self) -> ReadResponse<R> {
        let result = Err(unpack::reading_timeout(self.host, self.after));
        ReadResponse { status: self.status, received_bytes: None, retry_after: None, result }
    }
}

/// Returns the value of the header `Retry-After`: a number of seconds, or a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => httpdate::parse_http_date(value).ok()?.duration_since(SystemTime::now()).ok(),
    }
}

/// Continues a panic of another thread on this one. Only the hook of the caller can panic there.
pub(crate) fn resume(panic: Box<dyn Any + Send>) -> ! {
    std::panic::resume_unwind(panic)
}
