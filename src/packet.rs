//! Encodes a batch and decodes its response, without a network.

use std::fmt;
use std::sync::Arc;

use plesk_wire::packet::{Effect, Idempotency};
use plesk_wire::xml::ReadError;

use crate::batch::{Batch, BatchId};
use crate::batch_response::BatchResponse;
use crate::classify::{self, ReadBody};
use crate::codec::{
    self, CodecOptions, DecodedResponse, OperationPath, Pending, RequestSecrets, ResponseMask, ResponseScope,
};
use crate::error::Error;

/// A validated and encoded batch: the bytes to send, and the reader of the response.
///
/// It implements the whole protocol without a network, for programs that bring their own. A client uses
/// it between [`Batch`] and [`BatchResponse`]. It is available without any Cargo feature.
///
/// ```
/// use plesk::{Batch, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let end = batch.push(session::Terminate::new("a66734b"));
/// let packet = Packet::new(&batch, &CodecOptions::new())?;
/// assert!(packet.as_bytes().ends_with(b"</session-id></terminate></session></packet>"));
///
/// // POST it to /enterprise/control/agent.php as text/xml, with the header KEY, or with HTTP_AUTH_LOGIN
/// // and HTTP_AUTH_PASSWD. Then:
/// let body = b"<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>";
/// packet.read(body)?.take(end)??;
/// # Ok::<(), plesk::Error>(())
/// ```
pub struct Packet {
    batch: BatchId,
    bytes: Vec<u8>,
    /// The bytes and the slots for replies are all that is kept while the server works; the operations
    /// are dropped.
    pending: Vec<Pending>,
    effect: Effect,
    idempotency: Idempotency,
    options: CodecOptions,
    secrets: Arc<RequestSecrets>,
}

impl Packet {
    /// Validates and encodes `batch`.
    ///
    /// # Errors
    /// [`Error::EmptyBatch`] if there is no operation; [`Error::Invalid`], with every violation of the
    /// schema.
    pub fn new(batch: &Batch, options: &CodecOptions) -> Result<Self, Error> {
        if batch.is_empty() {
            return Err(Error::EmptyBatch);
        }
        let (operations, settings) = (batch.operations(), batch.request_settings());
        codec::validate(operations, settings, options).map_err(Error::Invalid)?;
        Ok(Self {
            batch: batch.id(),
            bytes: codec::encode(operations, settings, options),
            pending: operations.iter().map(|operation| operation.pending()).collect(),
            effect: batch.effect(),
            idempotency: batch.idempotency(),
            options: options.clone(),
            secrets: Arc::new(RequestSecrets::of(operations, settings)),
        })
    }

    /// Returns the bytes to send: XML in UTF-8. They include the secrets of the operations.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns what the packet does to the server: the most severe effect of its operations.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Returns whether the packet may be sent again after its response was lost.
    pub fn idempotency(&self) -> Idempotency {
        self.idempotency
    }

    /// Reads `body`, the body of the HTTP response to the packet.
    ///
    /// # Errors
    /// - [`Error::Empty`], [`Error::NotXml`], [`Error::TooLarge`], [`Error::TooMuchMemory`] and
    ///   [`Error::Malformed`] if it is not a readable packet.
    /// - [`Error::System`] if the server refused the packet as a whole, and [`Error::Mismatch`] if
    ///   it answered none of the operations. If it answered some of them, the response has their answers,
    ///   and [`BatchResponse::take`] returns the error for the others.
    pub fn read(&self, body: &[u8]) -> Result<BatchResponse, Error> {
        if body.len() > self.options.max_response_size {
            return Err(Error::TooLarge { host: None, limit: self.options.max_response_size });
        }
        let mask = ResponseMask::new(Arc::default(), self.secrets());
        let scope = ResponseScope::new(None, mask.clone());
        classify::read_body(None, body, &mask, |body| self.decode(body, &scope, false))
            .and_then(|read| self.response(None, read, 1))
            .map_err(|error| error.redacted(&mask))
    }

    /// Decodes `body`. If `not_found_as_success`, an object that does not exist counts as deleted by an
    /// earlier attempt.
    pub(crate) fn decode(
        &self,
        body: &[u8],
        scope: &ResponseScope,
        not_found_as_success: bool,
    ) -> Result<DecodedResponse, ReadError> {
        let slots = self.pending.iter().map(|pending| pending.slot(not_found_as_success)).collect();
        codec::decode(body, slots, &self.options, scope)
    }

    /// Returns the response of the server at `host`, if that is known.
    ///
    /// # Errors
    /// If none of the operations has a reply.
    pub(crate) fn response(
        &self,
        host: Option<&str>,
        read: ReadBody<DecodedResponse>,
        attempts: u32,
    ) -> Result<BatchResponse, Error> {
        BatchResponse::new(self.batch, host, read.packet, read.before, attempts)
    }

    /// Returns the secrets of the operations.
    pub(crate) fn secrets(&self) -> Arc<RequestSecrets> {
        self.secrets.clone()
    }

    /// Returns the paths of the operations, in order.
    pub(crate) fn operations(&self) -> impl Iterator<Item = OperationPath> {
        self.pending.iter().map(Pending::path)
    }

    /// Takes the bytes out of the packet, which leaves it without them.
    #[cfg(feature = "_client")]
    pub(crate) fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

/// Shows the paths of the operations, not their values.
impl fmt::Debug for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Packet")
            .field("operations", &self.operations().collect::<Vec<_>>())
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
