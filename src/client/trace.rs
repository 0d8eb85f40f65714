//! Tracing: numbers and names of the schema, never a body, a value or a credential.

use std::time::Duration;

use tracing::{Span, debug, debug_span, field};

use super::core::Core;
use super::message::Message;
use crate::codec::Refusal;
use crate::error::Error;

/// Creates the span of a message.
pub(super) fn new_span<M: Message>(core: &Core, message: &M, sent_bytes: usize) -> Span {
    let span = debug_span!(
        "packet",
        host = field::Empty,
        operators = field::Empty,
        operations = field::Empty,
        sent_bytes,
        status = field::Empty,
        received_bytes = field::Empty,
        retries = field::Empty,
        milliseconds = field::Empty,
    );
    if !span.is_disabled() {
        let (mut operators, operations) = message.summary();
        operators.sort_unstable();
        operators.dedup();
        span.record("host", &*core.host);
        span.record("operators", operators.join(","));
        span.record("operations", operations);
    }
    span
}

/// Records the HTTP status and the size of the body that an attempt received, if any.
pub(super) fn record_attempt(span: &Span, status: Option<u16>, received_bytes: Option<usize>) {
    if let Some(status) = status {
        span.record("status", status);
    }
    if let Some(received_bytes) = received_bytes {
        span.record("received_bytes", received_bytes);
    }
}

/// Reports that an attempt failed with `error` and will be repeated after `pause`.
pub(super) fn retry(span: &Span, error: &Error, pause: Duration) {
    span.in_scope(|| debug!(error = kind(error), ?pause, "retrying"));
}

/// What is reported of a response.
pub(super) struct Summary<'a> {
    pub(super) refusals: &'a [Refusal],
    /// The number of elements and attributes that the schema does not define.
    pub(super) skipped: u64,
}

/// Reports that the caller dropped an answer before its end.
pub(super) fn abandoned(span: &Span) {
    span.in_scope(|| debug!("abandoned"));
}

/// Reports the result of a message after `attempts` attempts.
pub(super) fn finish(span: &Span, result: Result<Summary<'_>, &Error>, attempts: u32, elapsed: Duration) {
    span.record("retries", attempts.saturating_sub(1));
    span.record("milliseconds", u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX));
    /// A packet may have thousands of refused operations.
    const SHOWN: usize = 16;
    span.in_scope(|| match result {
        Ok(Summary { refusals, skipped }) => {
            for Refusal { operation, refused, code } in refusals.iter().take(SHOWN) {
                debug!(%operation, refused, code = code.map(|code| code.0), "refused");
            }
            let refused: u32 = refusals.iter().map(|refusal| refusal.refused).sum();
            debug!(skipped, refused, "answered");
        }
        Err(error) => debug!(error = kind(error), code = error.code().map(|code| code.0), "failed"),
    });
}

/// Returns the kind of an error. Its message is not traced, because it may quote the server.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::Setup { .. } => "setup",
        Error::EmptyBatch => "empty batch",
        Error::Invalid(_) => "invalid",
        Error::Forbidden { .. } => "forbidden",
        Error::QueueTimeout { .. } => "queue timeout",
        Error::Connect { .. } => "connect",
        Error::Tls { .. } => "tls",
        Error::Timeout { .. } => "timeout",
        Error::NoResponse { .. } => "no response",
        Error::Truncated { .. } => "truncated",
        Error::BadHttp { .. } => "bad http",
        Error::Redirect { .. } => "redirect",
        Error::Status { .. } => "http status",
        Error::Empty { .. } => "empty",
        Error::NotXml { .. } => "not xml",
        Error::TooLarge { .. } => "too large",
        Error::TooMuchMemory { .. } => "too much memory",
        Error::Encoding { .. } => "encoding",
        Error::Malformed { .. } => "malformed",
        Error::Unreadable { .. } => "unreadable",
        Error::Mismatch(_) => "mismatch",
        Error::NotSingle { .. } => "not single",
        Error::ForeignHandle => "foreign handle",
        Error::System(_) => "system",
        Error::Fault(_) => "fault",
    }
}
