//! From an HTTP answer to what the packet in it says.
//!
//! The HTTP status says little: panels send packets with status 500, and proxies send pages with
//! status 200. So the body decides, and the status only explains why it is not a packet.

use plesk_wire::xml::{ReadError, ReadErrorKind};

use crate::error::Error;
use crate::mask::Redactor;

/// Reads `body`, which came with the HTTP status `status`, by `read`.
///
/// # Errors
/// If there is no packet in it that can be read.
pub(crate) fn read<T>(
    status: u16,
    body: &[u8],
    mask: &Redactor,
    read: impl FnOnce(&[u8]) -> Result<T, ReadError>,
) -> Result<T, Error> {
    let beginning = || beginning(body, mask);
    let not_a_packet = |otherwise: Error| {
        if (200..300).contains(&status) {
            otherwise
        } else {
            Error::Status { host: None, status, beginning: beginning() }
        }
    };
    match kind(body) {
        Kind::Empty => Err(not_a_packet(Error::Empty { host: None, status })),
        Kind::Foreign => Err(not_a_packet(Error::NotXml { host: None, beginning: beginning() })),
        Kind::Xml => read(body).map_err(|source| match (source.kind(), root(&source)) {
            (ReadErrorKind::Memory(limit), _) => Error::TooMuchMemory { host: None, limit: *limit },
            (_, Some(found)) if found.eq_ignore_ascii_case("html") => {
                not_a_packet(Error::NotXml { host: None, beginning: beginning() })
            }
            (_, Some(_)) => not_a_packet(Error::Malformed { host: None, source }),
            (_, None) => Error::Malformed { host: None, source },
        }),
    }
}

/// What a body looks like from outside.
enum Kind {
    Empty,
    Xml,
    Foreign,
}

fn kind(body: &[u8]) -> Kind {
    // What is wrong with UTF-16 the reader says best.
    if body.starts_with(b"\xFF\xFE") || body.starts_with(b"\xFE\xFF") {
        return Kind::Xml;
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    let inner = after_prolog(body);
    let starts = |with: &[u8]| inner.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    match body.first() {
        None => Kind::Empty,
        // No packet has a document type; pages do.
        Some(b'<') if !starts(b"<html") && (!starts(b"<!doctype") || starts(b"<!doctype packet")) => Kind::Xml,
        Some(_) => Kind::Foreign,
    }
}

/// A body without the XML declaration and the comments that it begins with.
fn after_prolog(mut body: &[u8]) -> &[u8] {
    for (open, close) in [(&b"<?"[..], &b"?>"[..]), (b"<!--", b"-->")].into_iter().cycle().take(16) {
        if body.starts_with(open)
            && let Some(end) = body.windows(close.len()).position(|window| window == close)
        {
            body = body[end + close.len()..].trim_ascii_start();
        }
    }
    body
}

/// The root element, if the error is that it is another than that of a packet.
fn root(error: &ReadError) -> Option<&str> {
    match error.kind() {
        ReadErrorKind::Unexpected { found, .. } if error.path().is_empty() => Some(found),
        _ => None,
    }
}

/// The beginning of a body, on one line and without our secrets, for a message.
fn beginning(body: &[u8], mask: &Redactor) -> String {
    const SHOWN: usize = 160;
    if body.is_empty() {
        return "(nothing)".to_owned();
    }
    let head = &body[..body.len().min(4 * SHOWN + mask.reach())];
    let cut = head.len() < body.len();
    let mut redacted = mask.apply(&String::from_utf8_lossy(head));
    if cut {
        // What was cut off in the middle of a secret was not recognised as one.
        let certain = redacted.chars().count().saturating_sub(mask.reach());
        redacted = redacted.chars().take(certain).collect();
    }
    let line = mask.apply(&redacted.split_whitespace().collect::<Vec<_>>().join(" "));
    let shown: String = line.chars().take(SHOWN).collect();
    let more = if cut || shown.len() < line.len() { " …" } else { "" };
    format!("{}{more}", shown.escape_debug())
}

#[cfg(all(test, feature = "_client"))]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_is_cut_off_is_not_shown_in_part() {
        // Bytes that are no UTF-8 become longer in a message than they are in the body.
        let body = [&[0xFF; 100][..], &[b' '; 545], b"SECRETKEY"].concat();
        let shown = beginning(&body, &Redactor::of(["SECRETKEY"]));
        assert!(!shown.contains("SEC") && shown.ends_with(" …"), "{shown}");
    }
}
