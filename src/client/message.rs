//! A packet of operations as a message.

use http::header::HeaderValue;
use plesk_wire::packet::Idempotency;

use super::delivery::{Incoming, Message};
use super::inspect::redacted_request;
use crate::batch_response::BatchResponse;
use crate::error::Error;
use crate::packet::Packet;
use crate::verdict;

/// The type of a packet's body.
pub(super) const XML: HeaderValue = HeaderValue::from_static("text/xml");

impl Message for Packet {
    type Answer = BatchResponse;

    fn content_type(&self) -> HeaderValue {
        XML
    }

    fn take_body(&mut self) -> Vec<u8> {
        self.take_bytes()
    }

    fn idempotency(&self) -> Idempotency {
        Packet::idempotency(self)
    }

    fn label(&self) -> (Vec<&'static str>, usize) {
        let operators: Vec<_> = self.shapes().map(|shape| shape.operator).collect();
        let operations = operators.len();
        (operators, operations)
    }

    fn redacted(&self, body: &[u8]) -> String {
        redacted_request(body)
    }

    fn read(&self, incoming: &Incoming<'_>) -> Result<BatchResponse, Error> {
        let read = |body: &[u8]| self.decode(body, incoming.repeated);
        let mask = &incoming.core.mask;
        let mut decoded = verdict::read(incoming.status, incoming.body, mask, read)?;
        // It may also come later, from the reply.
        if let Some(fault) = &mut decoded.system {
            fault.text = fault.text.as_deref().map(|text| mask.apply(text));
        }
        self.reply(Some(&incoming.core.host), decoded, incoming.attempts)
    }

    fn skipped(reply: &BatchResponse) -> u64 {
        reply.skipped()
    }
}
