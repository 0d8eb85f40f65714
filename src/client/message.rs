//! Anything that a client can send, and how to read its response.

use std::sync::Arc;

use bytes::Bytes;
use http::header::HeaderValue;
use plesk_wire::packet::Idempotency;

use super::core::Core;
use super::inspect::redact_request;
use crate::batch_response::BatchResponse;
use crate::classify;
use crate::codec::{Refusal, RequestSecrets, ResponseMask, ResponseScope};
use crate::error::Error;
use crate::packet::Packet;

/// The content type of a packet.
pub(super) const XML: HeaderValue = HeaderValue::from_static("text/xml");

/// A message to the server: a batch, a raw packet or an upload.
pub(crate) trait Message: Send + Sync + 'static {
    /// The type that the caller gets.
    type Response: Send + 'static;

    /// Returns the content type of the body.
    fn content_type(&self) -> HeaderValue;

    /// Takes the body out of the message. Called once.
    fn take_body(&mut self) -> Vec<u8>;

    /// Returns whether the message may be sent again after its response was lost.
    fn idempotency(&self) -> Idempotency;

    /// Returns the operators and the number of operations, for traces.
    fn summary(&self) -> (Vec<&'static str>, usize);

    /// Returns `body`, which is that of the message, with secrets redacted, for the inspection hook.
    fn redacted(&self, body: &[u8]) -> String;

    /// Returns the secrets of the message, whose body was `sent`.
    fn secrets(&self, _sent: &Bytes) -> Arc<RequestSecrets> {
        Arc::default()
    }

    /// Reads the response.
    ///
    /// # Errors
    /// If it cannot be read, or reports that nothing was executed.
    fn read(&self, received: &Received<'_>) -> Result<Self::Response, Error>;

    /// Returns the number of elements and attributes that were skipped because the schema does not define
    /// them.
    fn skipped(_response: &Self::Response) -> u64 {
        0
    }

    /// Returns the operations with faults, for traces.
    fn refusals(_response: &Self::Response) -> Vec<Refusal> {
        Vec::new()
    }
}

impl Received<'_> {
    /// Returns where the response comes from.
    pub(super) fn scope(&self) -> ResponseScope {
        ResponseScope::new(Some(&self.core.host), self.mask.clone())
    }
}

/// A received HTTP response, and what is known about earlier attempts.
pub(crate) struct Received<'a> {
    pub(crate) core: &'a Core,
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
    /// What must not be shown of the response.
    pub(crate) mask: &'a ResponseMask,
    /// The number of attempts, including this one.
    pub(crate) attempts: u32,
    /// Whether an earlier attempt may have been executed.
    pub(crate) maybe_executed: bool,
}

impl Message for Packet {
    type Response = BatchResponse;

    fn content_type(&self) -> HeaderValue {
        XML
    }

    fn take_body(&mut self) -> Vec<u8> {
        self.take_bytes()
    }

    fn idempotency(&self) -> Idempotency {
        Packet::idempotency(self)
    }

    fn summary(&self) -> (Vec<&'static str>, usize) {
        let operators: Vec<_> = self.operations().map(|path| path.operator).collect();
        let operations = operators.len();
        (operators, operations)
    }

    fn redacted(&self, body: &[u8]) -> String {
        redact_request(body)
    }

    fn secrets(&self, _sent: &Bytes) -> Arc<RequestSecrets> {
        Packet::secrets(self)
    }

    fn read(&self, received: &Received<'_>) -> Result<BatchResponse, Error> {
        let scope = received.scope();
        let read = |body: &[u8]| self.decode(body, &scope, received.maybe_executed);
        let read = classify::read_body(Some(received.status), received.body, received.mask, read)?;
        self.response(Some(&received.core.host), read, received.attempts)
    }

    fn skipped(response: &BatchResponse) -> u64 {
        response.skipped()
    }

    fn refusals(response: &BatchResponse) -> Vec<Refusal> {
        response.refusals().to_vec()
    }
}
