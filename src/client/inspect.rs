//! The exchanges that an inspection hook sees.

use std::fmt;

use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, Limits, ReadError, Reader, Strictness, Writer};

use crate::codec::{read_request, redact_settings};

/// One attempt to send a packet, with its response: the argument of an
/// [`inspect`](crate::ClientBuilder::inspect) hook. `***` replaces every secret that the schema defines.
///
/// ```
/// let builder = plesk::Client::builder("https://panel.example:8443").inspect(|exchange| {
///     eprintln!("{} (attempt {}): {}", exchange.host(), exchange.attempt(), exchange.request());
///     eprintln!("{:?}: {}", exchange.status(), exchange.response().unwrap_or("no response"));
/// });
/// # let _ = builder;
/// ```
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    host: &'a str,
    attempt: u32,
    request: &'a str,
    status: Option<u16>,
    response: Option<&'a str>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        host: &'a str,
        attempt: u32,
        request: &'a str,
        status: Option<u16>,
        response: Option<&'a str>,
    ) -> Self {
        Self { host, attempt, request, status, response }
    }

    /// Returns host and port of the server.
    pub fn host(&self) -> &'a str {
        self.host
    }

    /// Returns the number of the attempt, starting at 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the packet that was sent, redacted.
    pub fn request(&self) -> &'a str {
        self.request
    }

    /// Returns the HTTP status, if a response began.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the response packet, redacted and without what the schema does not define; `None` if no
    /// complete response arrived.
    pub fn response(&self) -> Option<&'a str> {
        self.response
    }
}

/// Shows the sizes of the packets, not their contents.
impl fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("host", &self.host)
            .field("attempt", &self.attempt)
            .field("request", &self.request.len())
            .field("status", &self.status)
            .field("response", &self.response.map(str::len))
            .finish()
    }
}

/// Redacts a request packet.
pub(super) fn redact_request(xml: &[u8]) -> String {
    redact(xml, read_request(xml), |packet: &mut request::Packet| {
        packet.request_settings = packet.request_settings.take().map(redact_settings);
    })
}

/// Redacts a response packet. `limits` are those of reading it, so that showing it costs no more.
pub(super) fn redact_response(xml: &[u8], limits: Limits) -> String {
    let packet = Reader::new(xml, Strictness::Lenient, limits).and_then(|mut reader| reader.document("packet"));
    redact(xml, packet, |_: &mut response::Packet| {})
}

/// Writes a packet redacted. A packet that cannot be read cannot be redacted and is not shown.
fn redact<P: Content>(xml: &[u8], packet: Result<P, ReadError>, redact_more: impl FnOnce(&mut P)) -> String {
    let Ok(mut packet) = packet else {
        return format!("({} bytes that are not a readable packet)", xml.len());
    };
    redact_more(&mut packet);
    let mut writer = Writer::redacted();
    writer.push(plesk_wire::xml::DECLARATION);
    plesk_wire::xml::Visitor::visit_element(&mut writer, "packet", 0, &packet);
    String::from_utf8_lossy(writer.as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redact_request_shows_a_packet_of_any_size() {
        let space = " ".repeat(Limits::DEFAULT.size);
        let shown = redact_request(format!("<packet>{space}<session><get/></session></packet>").as_bytes());
        assert!(shown.ends_with("<packet><session><get/></session></packet>"), "{shown}");
    }

    #[test]
    fn redact_response_over_the_memory_limit_shows_only_the_size() {
        let response = format!("<packet><customer><del>{}</del></customer></packet>", "<result/>".repeat(1000));
        let mut limits = Limits::DEFAULT;
        limits.memory = 10_000;
        assert_eq!(redact_response(response.as_bytes(), limits), "(9049 bytes that are not a readable packet)");
    }
}
