//! Packets of one's own making.

use std::fmt;

use http::header::HeaderValue;
use plesk_protocol::{request, response};
use plesk_wire::packet::{Effect, Idempotency};
use plesk_wire::xml::{Limits, ReadError, Reader, Strictness};

use super::delivery::{Incoming, Message};
use super::inspect::redacted_request;
use super::message::XML;
use crate::codec::{self, CodecOptions};
use crate::error::{Error, SystemError};
use crate::verdict;

/// A packet in XML of your own, to be sent as it is by [`Client::send_raw`](crate::Client::send_raw).
///
/// It is checked against the schema first. Nothing else is known of it: so it is sent again by a
/// [`RetryPolicy`](crate::RetryPolicy) only if no connection could be made, and is refused by a client
/// that forbids anything, unless you say what it does. Its answer is handed out as it came, by a
/// [`strict`](crate::ClientBuilder::strict) client too.
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
    /// A packet of these bytes: the whole document, in UTF-8.
    pub fn new(xml: impl Into<Vec<u8>>) -> Self {
        Self { xml: xml.into(), checked: true, effect: None, idempotency: Idempotency::NotIdempotent }
    }

    /// Sends it without holding it against the schema, for operations that the schema does not have.
    pub fn unchecked(mut self) -> Self {
        self.checked = false;
        self
    }

    /// Says what the packet does to the server, for clients that
    /// [`forbid`](crate::ClientBuilder::forbid) something.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }

    /// Says whether the packet may be sent again when its answer was lost; [`Idempotency::NotIdempotent`] unless
    /// said. [`Idempotency::IdempotentDelete`] does not change how the answer reads: it is the server's text.
    pub fn idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = idempotency;
        self
    }

    pub(super) fn stated_effect(&self) -> Option<Effect> {
        self.effect
    }

    /// Holds the packet against the schema.
    ///
    /// # Errors
    /// [`Error::Invalid`], with everything that is wrong with it.
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

/// Shows the size and what was said of it, not the content.
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

/// The answer to a [`RawPacket`].
///
/// ```
/// # let sim = plesk_sim::Sim::start()?;
/// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
/// # let client = builder.secret_key(sim.secret_key()).build()?;
/// let reply = client.send_raw("<packet><session><get/></session></packet>")?;
/// println!("{}", reply.xml());
/// assert_eq!(reply.packet()?.version.as_deref(), Some(plesk::PROTOCOL));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RawResponse {
    xml: String,
    attempts: u32,
    limits: Limits,
}

impl RawResponse {
    /// The answer as the server sent it. It may hold secrets.
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// The answer, read as the schema has it; what the schema does not know is skipped.
    ///
    /// # Errors
    /// Where it does not fit the schema.
    pub fn packet(&self) -> Result<response::Packet, ReadError> {
        Reader::new(self.xml.as_bytes(), Strictness::Lenient, self.limits)?.document("packet")
    }

    /// How often the packet was sent.
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
    type Answer = RawResponse;

    fn content_type(&self) -> HeaderValue {
        XML
    }

    fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.xml)
    }

    fn idempotency(&self) -> Idempotency {
        self.idempotency
    }

    fn label(&self) -> (Vec<&'static str>, usize) {
        (vec!["raw"], 1)
    }

    fn redacted(&self, body: &[u8]) -> String {
        redacted_request(body)
    }

    fn read(&self, incoming: &Incoming<'_>) -> Result<RawResponse, Error> {
        // Nothing is known of what was asked, so that every operator in the answer is skipped: which
        // a strict reader would refuse.
        let rules = CodecOptions { reading: Strictness::Lenient, ..incoming.core.rules.clone() };
        let read = |body: &[u8]| codec::decode(body, Vec::new(), &rules);
        let decoded = verdict::read(incoming.status, incoming.body, &incoming.core.mask, read)?;
        // Refused as a whole: with some operations answered, the text says more than the error.
        if let (Some(fault), []) = (decoded.system, decoded.shapes.answered()) {
            return Err(Error::System(SystemError::new(fault, decoded.output)));
        }
        let xml = String::from_utf8_lossy(incoming.body).into_owned();
        Ok(RawResponse { xml, attempts: incoming.attempts, limits: rules.limits() })
    }
}
