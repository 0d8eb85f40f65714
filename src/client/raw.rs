//! Packets that the caller writes as XML.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::HeaderValue;
use plesk_protocol::{request, response};
use plesk_wire::packet::{Effect, Idempotency};
use plesk_wire::xml::{Limits, ReadError, Reader, Strictness};

use super::inspect::redact_request;
use super::message::{Message, Received, XML};
use crate::classify::{self, ReadBody};
use crate::codec::{self, CodecOptions, RequestSecrets};
use crate::error::{Error, SystemError};

/// A packet in your own XML, which [`Client::send_raw`](crate::Client::send_raw) sends unchanged.
///
/// It is validated against the schema first. A client that forbids an effect reads that of the packet. If the packet is
/// [`unchecked`](Self::unchecked), its effect must be [declared](Self::effect) too, because it may have operations that
/// the schema does not define. A [`RetryPolicy`](crate::RetryPolicy) sends the packet again only if no connection could
/// be made, unless its [`idempotency`](Self::idempotency) is declared. The response is returned as it is, even by a
/// [`strict`](crate::ClientBuilder::strict) client.
///
/// ```
/// use plesk::{Effect, RawPacket, Idempotency};
///
/// let packet = RawPacket::new("<packet><session><get/></session></packet>")
///     .effect(Effect::Read)
///     .idempotency(Idempotency::Idempotent);
/// # let _ = packet;
/// ```
#[derive(Clone)]
#[must_use]
pub struct RawPacket {
    xml: Vec<u8>,
    checked: bool,
    effect: Option<Effect>,
    idempotency: Idempotency,
}

impl RawPacket {
    /// Creates a packet from a whole document in UTF-8.
    pub fn new(xml: impl Into<Vec<u8>>) -> Self {
        Self { xml: xml.into(), checked: true, effect: None, idempotency: Idempotency::NotIdempotent }
    }

    /// Disables the validation, for operations that the schema does not have.
    pub fn unchecked(mut self) -> Self {
        self.checked = false;
        self
    }

    /// Declares what the packet does to the server, for clients that
    /// [`forbid`](crate::ClientBuilder::forbid) something.
    ///
    /// A less severe effect than that of the operations that the client can read has no consequences.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }

    /// Declares whether the packet may be sent again after its response was lost. Default:
    /// [`Idempotency::NotIdempotent`].
    ///
    /// [`Idempotency::IdempotentDelete`] does not change the response: it is returned as the server sent it.
    pub fn idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = idempotency;
        self
    }

    /// Returns the most severe effect: the declared one, or that of the operations that can be read. `None` if it is
    /// unknown.
    pub(super) fn known_effect(&self) -> Option<Effect> {
        let read = codec::read_effect(&self.xml);
        // What the schema does not define may do anything, whatever else is in the packet.
        if self.checked || self.effect.is_some() { self.effect.max(read) } else { None }
    }

    /// Validates the packet against the schema, unless it is [`unchecked`](Self::unchecked).
    ///
    /// # Errors
    /// [`Error::Invalid`], with all violations.
    pub fn check(&self) -> Result<(), Error> {
        if !self.checked {
            return Ok(());
        }
        plesk_wire::packet::check::<request::Packet>(&self.xml).map_err(Error::Invalid)
    }
}

impl From<&str> for RawPacket {
    fn from(xml: &str) -> Self {
        Self::new(xml)
    }
}

impl From<&[u8]> for RawPacket {
    fn from(xml: &[u8]) -> Self {
        Self::new(xml)
    }
}

impl From<Vec<u8>> for RawPacket {
    fn from(xml: Vec<u8>) -> Self {
        Self::new(xml)
    }
}

impl From<String> for RawPacket {
    fn from(xml: String) -> Self {
        Self::new(xml)
    }
}

/// Shows the size and the declared properties, not the content.
impl fmt::Debug for RawPacket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawPacket")
            .field("bytes", &self.xml.len())
            .field("checked", &self.checked)
            .field("effect", &self.effect)
            .field("idempotency", &self.idempotency)
            .finish()
    }
}

/// The response to a [`RawPacket`].
///
/// ```
/// # let sim = plesk_sim::Sim::start()?;
/// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
/// # let client = builder.secret_key(sim.secret_key()).build()?;
/// let response = client.send_raw("<packet><session><get/></session></packet>")?;
/// println!("{}", response.xml());
/// assert_eq!(response.packet()?.version.as_deref(), Some(plesk::PROTOCOL));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "the results of the operations, and their faults, are in the response"]
pub struct RawResponse {
    xml: String,
    /// The position of the packet in it.
    at: usize,
    attempts: u32,
    limits: Limits,
}

impl RawResponse {
    /// Returns the response as the server sent it, with text that programs printed before the packet, if any. It may
    /// contain secrets.
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// Parses the response. Elements that the schema does not define are skipped.
    ///
    /// # Errors
    /// If it does not match the schema in another way.
    pub fn packet(&self) -> Result<response::Packet, ReadError> {
        Reader::new(&self.xml.as_bytes()[self.at..], Strictness::Lenient, self.limits)?.document("packet")
    }

    /// Returns how often the packet was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

/// Shows the size, not the content.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawResponse({} bytes, {} attempts)", self.xml.len(), self.attempts)
    }
}

impl Message for RawPacket {
    type Response = RawResponse;

    fn content_type(&self) -> HeaderValue {
        XML
    }

    fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.xml)
    }

    fn idempotency(&self) -> Idempotency {
        self.idempotency
    }

    fn summary(&self) -> (Vec<&'static str>, usize) {
        (vec!["raw"], 1)
    }

    fn redacted(&self, body: &[u8]) -> String {
        redact_request(body)
    }

    fn secrets(&self, sent: &Bytes) -> Arc<RequestSecrets> {
        Arc::new(RequestSecrets::of_packet(sent.clone()))
    }

    fn read(&self, received: &Received<'_>) -> Result<RawResponse, Error> {
        // The requested operations are unknown, so every operator of the response is skipped. A strict reader
        // would refuse that.
        let options = CodecOptions { strictness: Strictness::Lenient, ..received.core.options.clone() };
        let read = |body: &[u8]| codec::decode(body, Vec::new(), &options, &received.scope());
        let ReadBody { packet: decoded, at, before } =
            classify::read_body(Some(received.status), received.body, received.mask, read)?;
        // If some operations were answered, the text has more information than this error.
        if let (Some(fault), []) = (decoded.system, decoded.operations.answered()) {
            return Err(Error::System(SystemError::new(fault, decoded.output.or(before))));
        }
        let xml = String::from_utf8_lossy(received.body).into_owned();
        let at = String::from_utf8_lossy(&received.body[..at]).len();
        Ok(RawResponse { xml, at, attempts: received.attempts, limits: options.limits() })
    }
}
