//! A packet without a network.

use std::fmt;

use plesk_wire::packet::{Effect, Idempotency};
use plesk_wire::xml::ReadError;

use crate::batch::{Batch, BatchId};
use crate::batch_response::BatchResponse;
use crate::codec::{self, CodecOptions, Decoded, OperationPath, Pending};
use crate::error::Error;
use crate::mask::Redactor;
use crate::verdict;

/// A batch that was checked and written: the bytes to send, and what reads the answer to them.
///
/// This is all of the protocol and nothing of the network, for programs that bring their own; a
/// client does the same between [`Batch`] and [`BatchResponse`]. It takes no feature of the crate.
///
/// ```
/// use plesk::{Batch, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let end = batch.push(session::Terminate::new("a66734b"));
/// let packet = Packet::new(&batch, &CodecOptions::new())?;
/// assert!(packet.as_bytes().ends_with(b"</session-id></terminate></session></packet>"));
///
/// // POST it to /enterprise/control/agent.php as text/xml, with the headers KEY, or HTTP_AUTH_LOGIN
/// // and HTTP_AUTH_PASSWD. Then:
/// let body = b"<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>";
/// packet.read(body)?.take(end)??;
/// # Ok::<(), plesk::Error>(())
/// ```
pub struct Packet {
    batch: BatchId,
    bytes: Vec<u8>,
    /// What is kept while the server works is bytes and places for answers, not the operations.
    pending: Vec<Pending>,
    effect: Effect,
    idempotency: Idempotency,
    rules: CodecOptions,
}

impl Packet {
    /// Checks `batch` and writes it.
    ///
    /// # Errors
    /// [`Error::EmptyBatch`], and [`Error::Invalid`] with every rule of the schema that it breaks.
    pub fn new(batch: &Batch, rules: &CodecOptions) -> Result<Self, Error> {
        if batch.is_empty() {
            return Err(Error::EmptyBatch);
        }
        codec::validate(batch, rules).map_err(Error::Invalid)?;
        Ok(Self {
            batch: batch.id(),
            bytes: codec::encode(batch, rules),
            pending: batch.entries().iter().map(|entry| entry.pending()).collect(),
            effect: batch.effect(),
            idempotency: batch.idempotency(),
            rules: rules.clone(),
        })
    }

    /// What to send: XML in UTF-8. It holds the secrets of the operations.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the packet does to the server: the effect of its gravest operation.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Whether the packet may be sent again when its answer was lost.
    pub fn idempotency(&self) -> Idempotency {
        self.idempotency
    }

    /// Reads `body` as the answer to the packet.
    ///
    /// # Errors
    /// - [`Error::Empty`], [`Error::NotXml`], [`Error::TooLarge`], [`Error::TooMuchMemory`] and
    ///   [`Error::Malformed`] if it is not a packet that can be read;
    /// - [`Error::System`] if the server refused the packet as a whole, and [`Error::Mismatch`] if
    ///   it answered none of its operations. Where it answered some, the reply holds their answers,
    ///   and the error comes from [`Reply::take`] for the others.
    pub fn read(&self, body: &[u8]) -> Result<BatchResponse, Error> {
        if body.len() > self.rules.max_response_size {
            return Err(Error::TooLarge { host: None, limit: self.rules.max_response_size });
        }
        verdict::read(200, body, &Redactor::default(), |body| self.decode(body, false))
            .and_then(|decoded| self.reply(None, decoded, 1))
    }

    /// Reads `body`; where `not_found_as_success`, what is not there counts as deleted by an earlier attempt.
    pub(crate) fn decode(&self, body: &[u8], not_found_as_success: bool) -> Result<Decoded, ReadError> {
        let slots = self.pending.iter().map(|pending| pending.slot(not_found_as_success)).collect();
        codec::decode(body, slots, &self.rules)
    }

    /// The reply of the server at `host`, if that is known.
    ///
    /// # Errors
    /// If no operation at all was answered.
    pub(crate) fn reply(&self, host: Option<&str>, decoded: Decoded, attempts: u32) -> Result<BatchResponse, Error> {
        BatchResponse::new(self.batch, host, decoded, attempts)
    }

    /// The operations, in order.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = OperationPath> {
        self.pending.iter().map(Pending::shape)
    }

    /// Hands the bytes out, which leaves the packet without them.
    #[cfg(feature = "_client")]
    pub(crate) fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

/// Shows which operations there are, not what they hold.
impl fmt::Debug for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packet")
            .field("operations", &self.shapes().collect::<Vec<_>>())
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
