//! Character data: references, line ends, names, attributes.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

/// Whether XML counts `c` as white space.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Whether XML 1.0 allows `c` (section 2.2, `Char`).
pub(super) fn is_char(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

/// Where the first character stands that XML does not allow.
pub(super) fn first_forbidden(text: &str) -> Option<usize> {
    // Nearly every text has neither control characters nor the lead byte of U+FFFE: one pass.
    let suspect = |b: &u8| (*b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || *b == 0xEF;
    if !text.as_bytes().iter().fold(false, |found, b| found | suspect(b)) {
        return None;
    }
    text.char_indices().find(|(_, c)| !is_char(*c)).map(|(at, _)| at)
}

/// Whether `name` is an XML name (section 2.3, `Name`).
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

/// The line that `bytes` lead up to, counted from 1.
pub(super) fn line_after(bytes: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Line ends as XML sees them: `\r\n` and `\r` are `\n` (section 2.11).
pub(super) fn end_of_lines(raw: &str) -> Cow<'_, str> {
    if memchr(b'\r', raw.as_bytes()).is_some() {
        Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(raw)
    }
}

/// Character data as it stands between tags, without `]]>`, decoded.
pub(super) fn decode(raw: &str) -> Result<Cow<'_, str>, String> {
    match end_of_lines(raw) {
        Cow::Borrowed(raw) => references(raw),
        Cow::Owned(raw) => references(&raw).map(|text| Cow::Owned(text.into_owned())),
    }
}

/// Replaces the references in `raw`.
fn references(raw: &str) -> Result<Cow<'_, str>, String> {
    let Some(first) = memchr(b'&', raw.as_bytes()) else {
        return Ok(Cow::Borrowed(raw));
    };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let Some(end) = memchr(b';', after.as_bytes()) else {
            return Err("an & that begins no reference; write &amp;".to_owned());
        };
        match reference(&after[..end]) {
            Some(c) => out.push(c),
            // Its name is not told: it may be part of a secret that was not escaped.
            None => return Err("a reference to an unknown entity or character; an & is written &amp;".to_owned()),
        }
        let tail = &after[end + 1..];
        let next = memchr(b'&', tail.as_bytes()).unwrap_or(tail.len());
        out.push_str(&tail[..next]);
        rest = &tail[next..];
    }
    Ok(Cow::Owned(out))
}

/// The character that `&name;` stands for.
fn reference(name: &str) -> Option<char> {
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
            // `from_str_radix` would take a sign.
            if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|c| is_char(*c))
        }
    }
}

/// Adds `more` to `text` without copying where one of them is empty.
pub(super) fn append<'x>(text: &mut Cow<'x, str>, more: Cow<'x, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

pub(super) enum BadAttributes {
    Malformed(String),
    TooMany,
}

/// The attributes of a start tag; `raw` is what follows the name, without the `/` of an empty tag.
pub(super) fn attributes(raw: &str, limit: usize) -> Result<Vec<(&str, Cow<'_, str>)>, BadAttributes> {
    let bad = |what: &str| BadAttributes::Malformed(what.to_owned());
    let mut found: Vec<(&str, Cow<'_, str>)> = Vec::new();
    let mut rest = raw;
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        if trimmed.is_empty() {
            return Ok(found);
        }
        if trimmed.len() == rest.len() {
            return Err(bad("no white space before an attribute"));
        }
        if found.len() >= limit {
            return Err(BadAttributes::TooMany);
        }
        let (name, after) = trimmed.split_once('=').ok_or_else(|| bad("an attribute without a value"))?;
        let name = name.trim_end_matches(is_space);
        if !is_name(name) {
            return Err(bad("a bad attribute name"));
        }
        let after = after.trim_start_matches(is_space);
        let quote = after
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))
            .ok_or_else(|| bad("an attribute value without quotes"))?;
        let (value, tail) = after[1..].split_once(quote).ok_or_else(|| bad("an attribute value without an end"))?;
        if value.contains('<') {
            return Err(bad("a < in an attribute value"));
        }
        if found.iter().any(|(other, _)| *other == name) {
            return Err(bad("an attribute given twice"));
        }
        let value = match end_of_lines(value) {
            // White space in attribute values reads as spaces (section 3.3.3); references keep theirs.
            text if text.contains(['\t', '\n']) => {
                references(&text.replace(['\t', '\n'], " ")).map(|v| Cow::Owned(v.into_owned()))
            }
            Cow::Owned(text) => references(&text).map(|v| Cow::Owned(v.into_owned())),
            Cow::Borrowed(text) => references(text),
        };
        found.push((name, value.map_err(BadAttributes::Malformed)?));
        rest = tail;
    }
}
