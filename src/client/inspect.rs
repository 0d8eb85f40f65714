//! The hook that sees packets.

use std::fmt;

use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Writer};

use crate::codec::redacted_settings;

/// An attempt to send a packet and what came back, with `***` in place of every secret that the
/// schema knows: what an [`inspect`](crate::ClientBuilder::inspect) hook is shown.
///
/// ```
/// let builder = plesk::Client::builder("https://panel.example:8443").inspect(|exchange| {
///     eprintln!("{} (attempt {}): {}", exchange.host(), exchange.attempt(), exchange.request());
///     eprintln!("{:?}: {}", exchange.status(), exchange.answer().unwrap_or("no answer"));
/// });
/// # let _ = builder;
/// ```
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    host: &'a str,
    attempt: u32,
    request: &'a str,
    status: Option<u16>,
    answer: Option<&'a str>,
}

impl<'a> Exchange<'a> {
    pub(super) fn new(
        host: &'a str,
        attempt: u32,
        request: &'a str,
        status: Option<u16>,
        answer: Option<&'a str>,
    ) -> Self {
        Self { host, attempt, request, status, answer }
    }

    /// Host and port of the server.
    pub fn host(&self) -> &'a str {
        self.host
    }

    /// Which attempt to send the packet it is, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The packet that was sent, redacted.
    pub fn request(&self) -> &'a str {
        self.request
    }

    /// The HTTP status, if an answer began.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The packet that came back, redacted and without what the schema does not know; `None` if no
    /// whole answer came.
    pub fn answer(&self) -> Option<&'a str> {
        self.answer
    }
}

/// Shows sizes, not contents.
impl fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("host", &self.host)
            .field("attempt", &self.attempt)
            .field("request", &self.request.len())
            .field("status", &self.status)
            .field("answer", &self.answer.map(str::len))
            .finish()
    }
}

/// The packet of a request, redacted.
pub(super) fn redacted_request(xml: &[u8]) -> String {
    let mut limits = Limits::DEFAULT;
    // What was sent is shown, however large it is.
    limits.size = limits.size.max(xml.len());
    limits.memory = limits.memory.max(8 * xml.len());
    redacted(xml, limits, |packet: &mut request::Packet| {
        packet.request_settings = packet.request_settings.take().map(redacted_settings);
    })
}

/// The packet of an answer, redacted. It may take no more to show it than to read it.
pub(super) fn redacted_answer(xml: &[u8], limits: Limits) -> String {
    redacted(xml, limits, |_: &mut response::Packet| {})
}

/// What cannot be read cannot be redacted, and is not shown.
fn redacted<P: Content>(xml: &[u8], limits: Limits, hide_more: impl FnOnce(&mut P)) -> String {
    let packet = Reader::new(xml, Strictness::Lenient, limits).and_then(|mut reader| reader.document::<P>("packet"));
    let Ok(mut packet) = packet else {
        return format!("({} bytes that are not a readable packet)", xml.len());
    };
    hide_more(&mut packet);
    let mut writer = Writer::redacted();
    writer.push(plesk_wire::xml::DECLARATION);
    plesk_wire::xml::Visitor::visit_element(&mut writer, "packet", 0, &packet);
    String::from_utf8_lossy(writer.as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_is_shown_however_large_it_is() {
        let space = " ".repeat(Limits::DEFAULT.size);
        let shown = redacted_request(format!("<packet>{space}<session><get/></session></packet>").as_bytes());
        assert!(shown.ends_with("<packet><session><get/></session></packet>"), "{shown}");
    }

    #[test]
    fn an_answer_that_takes_too_much_memory_is_not_read_to_be_shown() {
        let answer = format!("<packet><customer><del>{}</del></customer></packet>", "<result/>".repeat(1000));
        let mut limits = Limits::DEFAULT;
        limits.memory = 10_000;
        assert_eq!(redacted_answer(answer.as_bytes(), limits), "(9049 bytes that are not a readable packet)");
    }
}
