//! Character data of XML: white space, names, references, line ends, attributes and escaping.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use super::scan::plain_length;

/// Returns `true` for white space (XML 1.0, production `S`). No-break and other Unicode spaces are
/// ordinary characters.
pub(super) fn is_white_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Returns `true` if XML 1.0 allows `c` (section 2.2, `Char`).
pub(super) fn is_char(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

/// Returns `true` if `name` is an XML name (section 2.3, `Name`).
pub(super) fn is_name(name: &str) -> bool {
    let start = |c: char| {
        matches!(c, ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
            | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}')
    };
    let further = |c: char| {
        start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    let mut chars = name.chars();
    chars.next().is_some_and(start) && chars.all(further)
}

/// Returns the number of the line after `preceding`, counted from 1.
pub(super) fn line_number(preceding: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', preceding).count()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Normalizes line ends: `\r\n` and `\r` become `\n` (section 2.11).
pub(super) fn normalize_line_ends(raw: &str) -> Cow<'_, str> {
    if memchr(b'\r', raw.as_bytes()).is_some() {
        Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(raw)
    }
}

/// Decodes the character data between two tags, which must not contain `]]>`.
pub(super) fn decode(raw: &str) -> Result<Cow<'_, str>, String> {
    match normalize_line_ends(raw) {
        Cow::Borrowed(raw) => resolve_references(raw),
        Cow::Owned(raw) => resolve_references(&raw).map(|text| Cow::Owned(text.into_owned())),
    }
}

/// Replaces the references in `raw` by their characters.
pub(super) fn resolve_references(raw: &str) -> Result<Cow<'_, str>, String> {
    let Some(first) = memchr(b'&', raw.as_bytes()) else {
        return Ok(Cow::Borrowed(raw));
    };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let tail = if let Some(tail) = after.strip_prefix("amp;") {
            out.push('&');
            tail
        } else {
            let Some((name, tail)) = after.split_once(';') else {
                return Err("an & that begins no reference; write &amp;".to_owned());
            };
            match resolve_reference(name) {
                Some(c) => out.push(c),
                // The message omits the name: it may be part of a secret that was not escaped.
                None => return Err("a reference to an unknown entity or character; write & as &amp;".to_owned()),
            }
            tail
        };
        let next = memchr(b'&', tail.as_bytes()).unwrap_or(tail.len());
        out.push_str(&tail[..next]);
        rest = &tail[next..];
    }
    Ok(Cow::Owned(out))
}

/// Returns the character of the reference `&name;`.
fn resolve_reference(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = match number.strip_prefix('x') {
                Some(hex) => (hex, 16),
                None => (number, 10),
            };
            // `from_str_radix` would accept a sign.
            if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|c| is_char(*c))
        }
    }
}

/// Appends `more` to `text`; copies nothing if one of them is empty.
pub(super) fn append<'x>(text: &mut Cow<'x, str>, more: Cow<'x, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

/// The reason why attributes could not be parsed.
pub(super) enum AttributesError {
    Malformed(String),
    TooMany,
}

/// Parses the attributes of a start tag.
///
/// `raw` is the part of the tag after the name, without the `/` of an empty tag.
pub(super) fn parse_attributes(raw: &str, limit: usize) -> Result<Vec<(&str, Cow<'_, str>)>, AttributesError> {
    let malformed = |message: &str| AttributesError::Malformed(message.to_owned());
    let mut found: Vec<(&str, Cow<'_, str>)> = Vec::new();
    let mut rest = raw;
    loop {
        let trimmed = rest.trim_start_matches(is_white_space);
        if trimmed.is_empty() {
            return Ok(found);
        }
        if trimmed.len() == rest.len() {
            return Err(malformed("no white space before an attribute"));
        }
        if found.len() >= limit {
            return Err(AttributesError::TooMany);
        }
        let (name, after) = trimmed.split_once('=').ok_or_else(|| malformed("an attribute without a value"))?;
        let name = name.trim_end_matches(is_white_space);
        if !is_name(name) {
            return Err(malformed("an invalid attribute name"));
        }
        let after = after.trim_start_matches(is_white_space);
        let quote = after
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))
            .ok_or_else(|| malformed("an attribute value without quotes"))?;
        let (value, tail) =
            after[1..].split_once(quote).ok_or_else(|| malformed("an attribute value without a closing quote"))?;
        if value.contains('<') {
            return Err(malformed("a < in an attribute value"));
        }
        if found.iter().any(|(other, _)| *other == name) {
            return Err(malformed("a duplicate attribute"));
        }
        let value = match normalize_line_ends(value) {
            // White space in attribute values becomes spaces (section 3.3.3), except from references.
            text if text.contains(['\t', '\n']) => {
                resolve_references(&text.replace(['\t', '\n'], " ")).map(|v| Cow::Owned(v.into_owned()))
            }
            Cow::Owned(text) => resolve_references(&text).map(|v| Cow::Owned(v.into_owned())),
            Cow::Borrowed(text) => resolve_references(text),
        };
        found.push((name, value.map_err(AttributesError::Malformed)?));
        rest = tail;
    }
}

/// Escapes `text` so that a reader gets the same text back. An unescaped `\r` would become a line
/// end.
pub(super) fn escape(out: &mut Vec<u8>, text: &str) {
    escape_bytes(out, text, plain_length);
}

/// Escapes `text` for an attribute, where unescaped white space would become spaces.
pub(super) fn escape_attribute(out: &mut Vec<u8>, text: &str) {
    let is_special = |b: &u8| matches!(b, b'<' | b'>' | b'&' | b'"' | b'\r' | b'\n' | b'\t');
    escape_bytes(out, text, |text| text.iter().position(is_special).unwrap_or(text.len()));
}

/// Escapes `text`. `plain_length` returns the length of what needs no escape.
fn escape_bytes(out: &mut Vec<u8>, text: &str, plain_length: impl Fn(&[u8]) -> usize) {
    let mut rest = text.as_bytes();
    loop {
        let (plain, special) = rest.split_at(plain_length(rest));
        out.extend_from_slice(plain);
        let Some((special, after)) = special.split_first() else { return };
        out.extend_from_slice(match special {
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'&' => b"&amp;",
            b'"' => b"&quot;",
            b'\r' => b"&#13;",
            b'\n' => b"&#10;",
            _ => b"&#9;",
        });
        rest = after;
    }
}
