//! Documents in other encodings than UTF-8.

use std::borrow::Cow;

use memchr::memmem;

use super::error::{ReadError, ReadErrorKind, Result};
use super::{Limits, Reader, Strictness, text};

/// A document whose encoding has been seen to: UTF-8, UTF-16 (with a byte order mark, or with an
/// XML declaration), ISO-8859-1 or US-ASCII, if it says so. Any other encoding is refused.
///
/// A [`Reader`] of bytes takes UTF-8 only, as servers send it.
#[derive(Clone, Debug)]
pub struct Document<'b> {
    text: Cow<'b, str>,
    limits: Limits,
}

/// What the bytes are, before the declaration is read.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Bytes,
    Utf16(ByteOrder),
}

#[derive(Clone, Copy, PartialEq)]
enum ByteOrder {
    Little,
    Big,
}

impl<'b> Document<'b> {
    /// Decodes `input`.
    ///
    /// # Errors
    /// If it is larger than allowed, or not in one of the encodings.
    pub fn decode(input: &'b [u8], limits: Limits) -> Result<Self> {
        let fail = |kind| Err(ReadError::new(kind, 1, String::new()));
        if input.len() > limits.size {
            return fail(ReadErrorKind::Limit("the text is larger than the limit"));
        }
        match decode(input) {
            Ok(text) => Ok(Self { text, limits }),
            Err(what) => fail(ReadErrorKind::Malformed(what)),
        }
    }

    /// A reader of the document.
    ///
    /// # Errors
    /// If it has characters that XML does not allow, or does not begin like XML.
    pub fn reader(&self, strictness: Strictness) -> Result<Reader<'_>> {
        Reader::of(&self.text, strictness, self.limits)
    }
}

fn decode(input: &[u8]) -> std::result::Result<Cow<'_, str>, String> {
    let (family, marked, rest) = match input {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (Family::Bytes, true, rest),
        [0xFF, 0xFE, rest @ ..] => (Family::Utf16(ByteOrder::Little), true, rest),
        [0xFE, 0xFF, rest @ ..] => (Family::Utf16(ByteOrder::Big), true, rest),
        [b'<', 0, b'?', 0, ..] => (Family::Utf16(ByteOrder::Little), false, input),
        [0, b'<', 0, b'?', ..] => (Family::Utf16(ByteOrder::Big), false, input),
        _ => (Family::Bytes, false, input),
    };
    let utf8 = || match std::str::from_utf8(rest) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(e) => Err(format!("not UTF-8 at byte {}", e.valid_up_to() + if marked { 3 } else { 0 })),
    };
    match family {
        Family::Utf16(order) => {
            let text = utf16(rest, order)?;
            match declared(&text).map(str::to_ascii_uppercase).as_deref() {
                None if !marked => Err("UTF-16 without a byte order mark or a declared encoding".to_owned()),
                None | Some("UTF-16" | "UTF-8" | "UTF8") => Ok(Cow::Owned(text)),
                Some("UTF-16LE") if order == ByteOrder::Little => Ok(Cow::Owned(text)),
                Some("UTF-16BE") if order == ByteOrder::Big => Ok(Cow::Owned(text)),
                Some(other) => Err(format!("UTF-16, declared to be {}", cut(other))),
            }
        }
        Family::Bytes => {
            // A declaration is ASCII; what follows it need not be.
            let end = memmem::find(rest, b"?>").filter(|_| rest.starts_with(b"<?xml")).map_or(0, |end| end + 2);
            let name = std::str::from_utf8(&rest[..end]).ok().and_then(declared).unwrap_or("UTF-8");
            match &*name.to_ascii_uppercase() {
                "UTF-8" | "UTF8" => utf8(),
                "US-ASCII" | "ASCII" => match rest.iter().position(|b| !b.is_ascii()) {
                    Some(at) => Err(format!("declared to be ASCII, which it is not at byte {at}")),
                    None => utf8(),
                },
                "ISO-8859-1" | "ISO8859-1" | "ISO_8859-1" | "ISO-LATIN-1" | "LATIN1" if !marked => {
                    Ok(Cow::Owned(rest.iter().copied().map(char::from).collect()))
                }
                "UTF-16" | "UTF-16LE" | "UTF-16BE" => {
                    Err(format!("declared to be {name}, but the bytes are not UTF-16"))
                }
                _ => Err(format!("the encoding {} is not supported; use UTF-8", cut(name))),
            }
        }
    }
}

/// A name as it can be shown, whatever is in it.
fn cut(name: &str) -> String {
    name.chars().take(40).flat_map(char::escape_debug).collect()
}

/// The encoding that the XML declaration names, if there is one.
fn declared(text: &str) -> Option<&str> {
    let (inside, _) = text.strip_prefix("<?xml")?.split_once("?>")?;
    let after = inside.split_once("encoding")?.1.trim_start_matches(text::is_space);
    let after = after.strip_prefix('=')?.trim_start_matches(text::is_space);
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split_once(quote).map(|(name, _)| name)
}

fn utf16(bytes: &[u8], order: ByteOrder) -> std::result::Result<String, String> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err("UTF-16 that ends in the middle of a character".to_owned());
    }
    let unit = |pair: &[u8]| match order {
        ByteOrder::Little => u16::from_le_bytes([pair[0], pair[1]]),
        ByteOrder::Big => u16::from_be_bytes([pair[0], pair[1]]),
    };
    char::decode_utf16(pairs.map(unit)).collect::<std::result::Result<_, _>>().map_err(|_| "not UTF-16".to_owned())
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn labelled(encoding: &str) -> String {
        format!("<?xml version=\"1.0\" encoding='{encoding}'?><a>ä\u{1F600}</a>")
    }

    #[test]
    fn what_is_read() {
        for (text, big) in
            [("UTF-16", false), ("utf-16", true), ("UTF-16LE", false), ("UTF-16BE", true), ("UTF-8", true)]
        {
            let text = labelled(text);
            let mark: &[u8] = if big { b"\xFE\xFF" } else { b"\xFF\xFE" };
            assert_eq!(decode(&utf16(&text, big)).unwrap(), text);
            assert_eq!(decode(&[mark, &utf16(&text, big)].concat()).unwrap(), text);
        }
        let bare = "<a>ä</a>";
        assert_eq!(decode(&[b"\xFF\xFE".as_slice(), &utf16(bare, false)].concat()).unwrap(), bare);
        assert_eq!(decode("\u{FEFF}<a>ä</a>".as_bytes()).unwrap(), bare);
        for encoding in ["ISO-8859-1", "iso-8859-1", "latin1"] {
            let head = format!("<?xml version='1.0' encoding=\"{encoding}\"?><a>");
            let bytes = [head.as_bytes(), b"\xE4</a>"].concat();
            assert_eq!(decode(&bytes).unwrap(), format!("{head}ä</a>"));
        }
    }

    #[test]
    fn what_is_refused() {
        for (bytes, why) in [
            (utf16("<a/>", false), "the reader sees to it"),
            (utf16(&labelled("UTF-16BE"), false), "UTF-16, declared to be UTF-16BE"),
            (utf16(&labelled("ISO-8859-1"), false), "UTF-16, declared to be ISO-8859-1"),
            (utf16("<?xml version='1.0'?><a/>", true), "UTF-16 without a byte order mark or a declared encoding"),
            (
                [b"\xFF\xFE".as_slice(), &utf16("<a/>", false), b"\n"].concat(),
                "UTF-16 that ends in the middle of a character",
            ),
            (b"\xFF\xFE\x00\xD8<\0".to_vec(), "not UTF-16"),
            (labelled("UTF-16").into_bytes(), "declared to be UTF-16, but the bytes are not UTF-16"),
            (labelled("KOI8-R").into_bytes(), "the encoding KOI8-R is not supported; use UTF-8"),
            (labelled("us-ascii").into_bytes(), "declared to be ASCII, which it is not at byte 44"),
            (
                [b"\xEF\xBB\xBF".as_slice(), labelled("latin1").as_bytes()].concat(),
                "the encoding latin1 is not supported; use UTF-8",
            ),
            (b"<a>\xE4</a>".to_vec(), "not UTF-8 at byte 3"),
        ] {
            match decode(&bytes) {
                Err(error) => assert_eq!(error, why),
                // Without a mark or a declaration it is text with NUL, which XML does not allow.
                Ok(text) => assert!(text.contains('\0') && why == "the reader sees to it", "{text}"),
            }
        }
    }
}
