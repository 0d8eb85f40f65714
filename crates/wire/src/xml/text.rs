//! Character data of XML: white space, names, references, line ends, attributes and escaping.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

/// Returns `true` for white space (XML 1.0, production `S`). No-break and other Unicode spaces are
/// ordinary characters.
pub(super) fn is_white_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Returns `true` if XML 1.0 allows `c` (section 2.2, `Char`).
pub(super) fn is_char(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

/// Returns the position of the first character that XML does not allow.
pub(super) fn find_forbidden_char(text: &str) -> Option<usize> {
    const BLOCK: usize = 256;
    let bytes = text.as_bytes();
    let is_suspect = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0xEF;
    for (block, start) in bytes.chunks(BLOCK).zip((0..).step_by(BLOCK)) {
        // Nearly every block has neither control characters nor the lead byte of U+FFFE. A loop without an early exit
        // finds that out fastest.
        if !block.iter().fold(false, |found, b| found | is_suspect(*b)) {
            continue;
        }
        let is_forbidden = |at: &usize| match bytes[*at] {
            0xEF => matches!(bytes[*at..], [_, 0xBF, 0xBE | 0xBF, ..]),
            b => is_suspect(b),
        };
        if let Some(at) = (start..start + block.len()).find(is_forbidden) {
            return Some(at);
        }
    }
    None
}

/// Returns the length of the text up to the first byte that is markup, or that is escaped or decoded: `<`, `>`, `&` or
/// `\r`. Reading a word at a time is faster than a call of `memchr` for texts of a dozen bytes.
#[inline]
pub(super) fn plain_length(text: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    /// Marks the lowest byte that is zero with its high bit, and perhaps others above it.
    const fn zero_bytes(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word & (ONES << 7)
    }
    let mut at = 0;
    while let Some(word) = text[at..].first_chunk() {
        let word = u64::from_le_bytes(*word);
        // `<` and `>` differ in one bit.
        let found = zero_bytes((word & (ONES * 0xFD)) ^ (ONES * 0x3C))
            | zero_bytes(word ^ (ONES * 0x26))
            | zero_bytes(word ^ (ONES * 0x0D));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at + text[at..].iter().position(|b| needs_escape(*b)).unwrap_or(text.len() - at)
}

/// Returns `true` if two names are equal. They are short: a call of `memcmp` would take longer.
#[inline(always)]
pub(super) fn is_same_name(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if a.len() > 16 {
        return a == b;
    }
    // The two words overlap.
    if let (Some(first), Some(last)) = (a.first_chunk::<8>(), a.last_chunk::<8>()) {
        b.first_chunk() == Some(first) && b.last_chunk() == Some(last)
    } else if let (Some(first), Some(last)) = (a.first_chunk::<4>(), a.last_chunk::<4>()) {
        b.first_chunk() == Some(first) && b.last_chunk() == Some(last)
    } else {
        a.iter().zip(b).all(|(a, b)| a == b)
    }
}

/// Copies `from` to the beginning of `to`, and returns what follows it in `to`, which must be longer. Short copies are
/// not worth a call of `memcpy`.
#[inline]
pub(super) fn copy<'t>(to: &'t mut [u8], from: &[u8]) -> &'t mut [u8] {
    let (copy, rest) = to.split_at_mut(from.len());
    if from.len() <= 16 {
        // The two words overlap.
        if let (Some(first), Some(last)) = (from.first_chunk::<8>(), from.last_chunk::<8>()) {
            if let Some(to) = copy.first_chunk_mut() {
                *to = *first;
            }
            if let Some(to) = copy.last_chunk_mut() {
                *to = *last;
            }
        } else if let (Some(first), Some(last)) = (from.first_chunk::<4>(), from.last_chunk::<4>()) {
            if let Some(to) = copy.first_chunk_mut() {
                *to = *first;
            }
            if let Some(to) = copy.last_chunk_mut() {
                *to = *last;
            }
        } else {
            copy.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
        }
    } else {
        copy.copy_from_slice(from);
    }
    rest
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
fn resolve_references(raw: &str) -> Result<Cow<'_, str>, String> {
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
        match resolve_reference(&after[..end]) {
            Some(c) => out.push(c),
            // The message omits the name: it may be part of a secret that was not escaped.
            None => return Err("a reference to an unknown entity or character; write & as &amp;".to_owned()),
        }
        let tail = &after[end + 1..];
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
#[inline]
pub(super) fn escape(out: &mut Vec<u8>, text: &str) {
    escape_bytes(out, text, needs_escape);
}

/// Returns `true` if `b` must be escaped in a text.
#[inline]
fn needs_escape(b: u8) -> bool {
    matches!(b, b'<' | b'>' | b'&' | b'\r')
}

/// Escapes `text` for an attribute, where unescaped white space would become spaces.
pub(super) fn escape_attribute(out: &mut Vec<u8>, text: &str) {
    escape_bytes(out, text, |b| matches!(b, b'<' | b'>' | b'&' | b'"' | b'\r' | b'\n' | b'\t'));
}

fn escape_bytes(out: &mut Vec<u8>, text: &str, is_special: impl Fn(u8) -> bool) {
    let mut rest = text.as_bytes();
    // Nearly every text has nothing to escape. A loop without an early exit finds that out fastest.
    if rest.iter().fold(false, |found, b| found | is_special(*b)) {
        while let Some(at) = rest.iter().position(|b| is_special(*b)) {
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(match rest[at] {
                b'<' => b"&lt;",
                b'>' => b"&gt;",
                b'&' => b"&amp;",
                b'"' => b"&quot;",
                b'\r' => b"&#13;",
                b'\n' => b"&#10;",
                _ => b"&#9;",
            });
            rest = &rest[at + 1..];
        }
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_found_at_every_offset() {
        for before in (0..20).chain(245..265).chain(500..515) {
            for (forbidden, name) in [("\u{1}", "control"), ("\u{FFFE}", "U+FFFE"), ("\u{FFFF}", "U+FFFF")] {
                let text =
                    format!("{}{forbidden}\u{FF21}", "\u{FF21}\n\t".repeat(before / 5) + &"a".repeat(before % 5));
                let at = text.find(forbidden);
                assert!(at.is_some_and(|at| at == before), "{text:?}");
                assert_eq!(find_forbidden_char(&text), at, "{name} after {before} bytes");
                assert_eq!(find_forbidden_char(&text[..before]), None, "{before}");
            }
        }
    }

    #[test]
    fn plain_length_ends_at_the_first_special_byte() {
        for special in ['<', '>', '&', '\r'] {
            for before in 0..20 {
                // Bytes that differ from the special ones in one bit, and one above a match.
                let text =
                    format!("{}{special}=<\u{e9}", "=?',\u{8d}/L\n".chars().cycle().take(before).collect::<String>());
                assert_eq!(plain_length(text.as_bytes()), text.find(special).unwrap_or(0), "{text:?}");
            }
        }
        assert_eq!(plain_length(b"=?',/L\n\x0c"), 8);
        assert_eq!(plain_length(b""), 0);
    }

    #[test]
    fn is_same_name_compares_every_byte() {
        let name = "abcdefghijklmnopqrs";
        for length in 0..name.len() {
            let name = &name.as_bytes()[..length];
            assert!(is_same_name(name, name));
            for at in 0..length {
                let mut other = name.to_vec();
                other[at] ^= 1;
                assert!(!is_same_name(name, &other), "{length} {at}");
            }
            assert!(!is_same_name(name, b"abcdefghijklmnopqrs"));
        }
    }

    #[test]
    fn copy_copies_every_byte() {
        let from = b"abcdefghijklmnopqrs";
        for length in 0..from.len() {
            let mut to = [b'.'; 32];
            assert_eq!(copy(&mut to, &from[..length]).len(), 32 - length);
            assert_eq!((&to[..length], to[length]), (&from[..length], b'.'));
        }
    }
}
