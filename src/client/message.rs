//! A packet of operations as a message.

use http::header::HeaderValue;
use plesk_wire::packet::Retry;

use super::delivery::{Incoming, Message};
use super::inspect::masked_request;
use crate::error::Error;
use crate::packet::Packet;
use crate::reply::Reply;
use crate::verdict;

/// The type of a packet's body.
pub(super) const XML: HeaderValue = HeaderValue::from_static("text/xml");

impl Message for Packet {
    type Answer = Reply;

    fn content_type(&self) -> HeaderValue {
        XML
    }

    fn take_body(&mut self) -> Vec<u8> {
        self.take_bytes()
    }

    fn retry(&self) -> Retry {
        Packet::retry(self)
    }

    fn label(&self) -> (Vec<&'static str>, usize) {
        let operators: Vec<_> = self.shapes().map(|shape| shape.operator).collect();
        let operations = operators.len();
        (operators, operations)
    }

    fn masked(&self, body: &[u8]) -> String {
        masked_request(body)
    }

    fn read(&self, incoming: &Incoming<'_>) -> Result<Reply, Error> {
        let read = |body: &[u8]| self.decode(body, incoming.repeated);
        let mask = &incoming.core.mask;
        let mut decoded = verdict::read(incoming.status, incoming.body, mask, read)?;
        // It may also come later, from the reply.
        if let Some(fault) = &mut decoded.system {
            fault.text = fault.text.as_deref().map(|text| mask.apply(text));
        }
        self.reply(Some(&incoming.core.host), decoded, incoming.attempts)
    }

    fn skipped(reply: &Reply) -> u64 {
        reply.skipped()
    }
}
