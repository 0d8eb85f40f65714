//! Decides whether the body of an HTTP response is a packet, and which error it is if not.
//!
//! The HTTP status is a weak signal: panels send packets with status 500, and proxies send HTML pages
//! with status 200. So the body decides, and the status only explains why it is not a packet.

use memchr::memmem;
use plesk_wire::OneLine;
use plesk_wire::xml::{ReadError, ReadErrorKind};

use crate::codec::ResponseMask;
use crate::error::Error;

/// Reads `body`, which came with the HTTP status `status` if it came by HTTP, with `read`.
///
/// # Errors
/// If `body` is not a readable packet.
pub(crate) fn read_body<T>(
    status: Option<u16>,
    body: &[u8],
    mask: &ResponseMask,
    read: impl FnOnce(&[u8]) -> Result<T, ReadError>,
) -> Result<ReadBody<T>, Error> {
    let body_start = || preview(body, mask);
    let unless_http_error = |error: Error| match status.filter(|status| !(200..300).contains(status)) {
        Some(status) => Error::Status { host: None, status, body_start: body_start() },
        None => error,
    };
    let at = packet_start(body);
    let before = &body[..at];
    if is_text(before) {
        // Programs on the server, such as PHP, print warnings before the packet.
        if let Ok(packet) = read(&body[at..]) {
            return Ok(ReadBody::new(packet, at, Some(mask.redact(String::from_utf8_lossy(before).trim()))));
        }
        return Err(unless_http_error(Error::NotXml { host: None, body_start: body_start() }));
    }
    let body = &body[at..];
    match guess_kind(body) {
        BodyKind::Empty => Err(unless_http_error(Error::Empty { host: None, status })),
        BodyKind::NotXml => Err(unless_http_error(Error::NotXml { host: None, body_start: body_start() })),
        BodyKind::Xml => {
            read(body).map(|packet| ReadBody::new(packet, at, None)).map_err(|source| match unexpected_root(&source) {
                Some(found) if found.eq_ignore_ascii_case("html") => {
                    unless_http_error(Error::NotXml { host: None, body_start: body_start() })
                }
                Some(_) => unless_http_error(read_error(source)),
                None => read_error(source),
            })
        }
    }
}

/// Returns the error for a packet that cannot be read.
pub(crate) fn read_error(source: ReadError) -> Error {
    match source.kind() {
        ReadErrorKind::Memory(limit) => Error::TooMuchMemory { host: None, limit: *limit },
        _ => Error::Malformed { host: None, source },
    }
}

/// Returns where the packet in a body starts, of which a part has arrived. Looks from `searched` on, and sets it to where
/// to continue.
#[cfg(feature = "_client")]
pub(crate) fn find_packet(body: &[u8], searched: &mut usize) -> Option<usize> {
    let found = memmem::find_iter(&body[*searched..], PACKET).map(|at| *searched + at).find(|at| is_tag(body, *at));
    if found.is_none() {
        *searched = body.len().saturating_sub(PACKET.len()).max(*searched);
    }
    found.map(|tag| packet_start(&body[..=tag + PACKET.len()]))
}

/// Returns `true` if what is at `at` in `body` is a whole name.
fn is_tag(body: &[u8], at: usize) -> bool {
    matches!(body.get(at + PACKET.len()), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))
}

/// A body that was read.
pub(crate) struct ReadBody<T> {
    pub(crate) packet: T,
    /// The position of the packet in the body.
    #[cfg(feature = "_client")]
    pub(crate) at: usize,
    /// The text before the packet, if there is any.
    pub(crate) before: Option<String>,
}

impl<T> ReadBody<T> {
    #[cfg_attr(not(feature = "_client"), expect(unused_variables, reason = "only raw packets are read again"))]
    fn new(packet: T, at: usize, before: Option<String>) -> Self {
        Self {
            packet,
            #[cfg(feature = "_client")]
            at,
            before,
        }
    }
}

/// Returns the position of the packet in a body: after blank lines, or after text that programs printed. It is the start
/// if no packet is found.
fn packet_start(body: &[u8]) -> usize {
    let blank = body.len() - body.trim_ascii_start().len();
    let Some(tag) = memmem::find_iter(body, PACKET).find(|at| is_tag(body, *at)) else { return blank };
    let declaration = memmem::rfind(&body[..tag], b"<?xml").unwrap_or(tag);
    // Only a declaration right before the packet belongs to it.
    let start = match skip_prolog(&body[declaration..tag]).is_empty() {
        true => declaration,
        false => tag,
    };
    if is_text(&body[..start]) { start } else { blank }
}

const PACKET: &[u8] = b"<packet";

/// Returns `true` if `before` is more than what may precede the root element of a document.
fn is_text(before: &[u8]) -> bool {
    const DOCTYPE: &[u8] = b"<!doctype";
    let before = before.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(before).trim_ascii_start();
    let content = skip_prolog(before);
    // A document type is part of the document, and refused.
    let is_doctype = content.get(..DOCTYPE.len()).is_some_and(|start| start.eq_ignore_ascii_case(DOCTYPE));
    !content.is_empty() && !is_doctype
}

/// The kind of a body, guessed from its first bytes.
enum BodyKind {
    Empty,
    /// XML that may be a packet.
    Xml,
    /// HTML, plain text or anything else.
    NotXml,
}

fn guess_kind(body: &[u8]) -> BodyKind {
    // UTF-16: the reader has the best error messages for it.
    if body.starts_with(b"\xFF\xFE") || body.starts_with(b"\xFE\xFF") {
        return BodyKind::Xml;
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    let content = skip_prolog(body);
    let starts_with = |text: &[u8]| content.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    match body.first() {
        None => BodyKind::Empty,
        // HTML pages have a document type, packets do not.
        Some(b'<') if !starts_with(b"<html") && (!starts_with(b"<!doctype") || starts_with(b"<!doctype packet")) => {
            BodyKind::Xml
        }
        Some(_) => BodyKind::NotXml,
    }
}

/// Returns `body` without its XML declaration and the comments before its root element.
fn skip_prolog(mut body: &[u8]) -> &[u8] {
    for (open, close) in [(&b"<?"[..], &b"?>"[..]), (b"<!--", b"-->")].into_iter().cycle().take(16) {
        if body.starts_with(open)
            && let Some(end) = body.windows(close.len()).position(|window| window == close)
        {
            body = body[end + close.len()..].trim_ascii_start();
        }
    }
    body
}

/// Returns the name of the root element if the error is that it is not `packet`.
fn unexpected_root(error: &ReadError) -> Option<&str> {
    match error.kind() {
        ReadErrorKind::Unexpected { found, .. } if error.path().is_empty() => Some(found),
        _ => None,
    }
}

/// Returns the start of `body` for a message: on one line and without the client's credentials.
fn preview(body: &[u8], mask: &ResponseMask) -> String {
    const SHOWN: usize = 160;
    if body.is_empty() {
        return "(nothing)".to_owned();
    }
    let head = &body[..body.len().min(4 * SHOWN + mask.max_len())];
    let cut = head.len() < body.len();
    let mut redacted = mask.redact(&String::from_utf8_lossy(head));
    if cut {
        // The redactor does not recognize a secret that is cut off in the middle.
        let certain = redacted.chars().count().saturating_sub(mask.max_len());
        redacted = redacted.chars().take(certain).collect();
    }
    let line = mask.redact(&redacted.split_whitespace().collect::<Vec<_>>().join(" "));
    let shown: String = line.chars().take(SHOWN).collect();
    let more = if cut || shown.len() < line.len() { " …" } else { "" };
    format!("{}{more}", OneLine(&shown))
}

#[cfg(all(test, feature = "_client"))]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::redactor::Redactor;

    #[test]
    fn preview_omits_a_secret_that_is_cut_off() {
        // Invalid UTF-8 becomes longer in the message than it is in the body.
        let body = [&[0xFF; 100][..], &[b' '; 545], b"SECRETKEY"].concat();
        let shown = preview(&body, &ResponseMask::new(Arc::new(Redactor::new(["SECRETKEY"])), Arc::default()));
        assert!(!shown.contains("SEC") && shown.ends_with(" …"), "{shown}");
    }
}
