//! What a client traces: figures and names of the schema, never a body, a value or a credential.

use tracing::{Span, debug_span, field};

use super::core::Core;
use super::delivery::Message;

/// The span of a message.
pub(super) fn span<M: Message>(core: &Core, message: &M, sent: usize) -> Span {
    let span = debug_span!(
        "packet",
        host = field::Empty,
        operators = field::Empty,
        operations = field::Empty,
        sent_bytes = sent,
        status = field::Empty,
        received_bytes = field::Empty,
        retries = field::Empty,
        milliseconds = field::Empty,
    );
    if !span.is_disabled() {
        let (mut operators, operations) = message.label();
        operators.sort_unstable();
        operators.dedup();
        span.record("host", &*core.host);
        span.record("operators", operators.join(","));
        span.record("operations", operations);
    }
    span
}

/// Notes what came back from an attempt, if anything did.
pub(super) fn attempt(span: &Span, status: Option<u16>, received: Option<usize>) {
    if let Some(status) = status {
        span.record("status", status);
    }
    if let Some(received) = received {
        span.record("received_bytes", received);
    }
}
