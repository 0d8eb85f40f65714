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

/// Why bytes are no text, and at which line.
#[derive(Debug)]
struct Undecodable {
    what: String,
    line: u32,
}

/// What is wrong with the whole.
impl From<String> for Undecodable {
    fn from(what: String) -> Self {
        Self { what, line: 1 }
    }
}

impl<'b> Document<'b> {
    /// Decodes `input`.
    ///
    /// # Errors
    /// If it is larger than allowed, or not in one of the encodings.
    pub fn decode(input: &'b [u8], limits: Limits) -> Result<Self> {
        let fail = |kind, line| Err(ReadError::new(kind, line, String::new()));
        if input.len() > limits.size {
            return fail(ReadErrorKind::Limit("the text is larger than the limit"), 1);
        }
        match decode(input) {
            Ok(text) => Ok(Self { text, limits }),
            Err(Undecodable { what, line }) => fail(ReadErrorKind::Malformed(what), line),
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

fn decode(input: &[u8]) -> std::result::Result<Cow<'_, str>, Undecodable> {
    let (family, marked, rest) = match input {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (Family::Bytes, true, rest),
        [0xFF, 0xFE, rest @ ..] => (Family::Utf16(ByteOrder::Little), true, rest),
        [0xFE, 0xFF, rest @ ..] => (Family::Utf16(ByteOrder::Big), true, rest),
        [b'<', 0, b'?', 0, ..] => (Family::Utf16(ByteOrder::Little), false, input),
        [0, b'<', 0, b'?', ..] => (Family::Utf16(ByteOrder::Big), false, input),
        _ => (Family::Bytes, false, input),
    };
    let at = |at: usize, what: String| Undecodable { what, line: text::line_after(&rest[..at]) };
    let utf8 = || match std::str::from_utf8(rest) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(e) => {
            let valid = e.valid_up_to();
            Err(at(valid, format!("not UTF-8 at byte {}", valid + if marked { 3 } else { 0 })))
        }
    };
    match family {
        Family::Utf16(order) => {
            let text = utf16(rest, order)?;
            match declared(&text).map(str::to_ascii_uppercase).as_deref() {
                None if !marked => Err("UTF-16 without a byte order mark or a declared encoding".to_owned().into()),
                None | Some("UTF-16" | "UTF-8" | "UTF8") => Ok(Cow::Owned(text)),
                Some("UTF-16LE") if order == ByteOrder::Little => Ok(Cow::Owned(text)),
                Some("UTF-16BE") if order == ByteOrder::Big => Ok(Cow::Owned(text)),
                Some(other) => Err(format!("UTF-16, declared to be {}", cut(other)).into()),
            }
        }
        Family::Bytes => {
            // A declaration is ASCII; what follows it need not be.
            let end = memmem::find(rest, b"?>").filter(|_| rest.starts_with(b"<?xml")).map_or(0, |end| end + 2);
            let name = std::str::from_utf8(&rest[..end]).ok().and_then(declared).unwrap_or("UTF-8");
            match &*name.to_ascii_uppercase() {
                "UTF-8" | "UTF8" => utf8(),
                "US-ASCII" | "ASCII" => match rest.iter().position(|b| !b.is_ascii()) {
                    Some(byte) => Err(at(byte, format!("declared to be ASCII, which it is not at byte {byte}"))),
                    None => utf8(),
                },
                "ISO-8859-1" | "ISO8859-1" | "ISO_8859-1" | "ISO-LATIN-1" | "LATIN1" if !marked => {
                    Ok(Cow::Owned(rest.iter().copied().map(char::from).collect()))
                }
                "UTF-16" | "UTF-16LE" | "UTF-16BE" => {
                    Err(format!("declared to be {name}, but the bytes are not UTF-16").into())
                }
                _ => Err(format!("the encoding {} is not supported; use UTF-8", cut(name)).into()),
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
    // `<?xml-model … ?>` is no declaration.
    let declaration = text.strip_prefix("<?xml").filter(|after| after.starts_with(text::is_space))?;
    let (inside, _) = declaration.split_once("?>")?;
    let after = inside.split_once("encoding")?.1.trim_start_matches(text::is_space);
    let after = after.strip_prefix('=')?.trim_start_matches(text::is_space);
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split_once(quote).map(|(name, _)| name)
}

fn utf16(bytes: &[u8], order: ByteOrder) -> std::result::Result<String, Undecodable> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err("UTF-16 that ends in the middle of a character".to_owned().into());
    }
    let unit = |pair: &[u8]| match order {
        ByteOrder::Little => u16::from_le_bytes([pair[0], pair[1]]),
        ByteOrder::Big => u16::from_be_bytes([pair[0], pair[1]]),
    };
    let mut text = String::with_capacity(bytes.len() / 2);
    for c in char::decode_utf16(pairs.map(unit)) {
        let line = || text::line_after(text.as_bytes());
        let c = c.map_err(|_| Undecodable { what: "not UTF-16".to_owned(), line: line() })?;
        text.push(c);
    }
    Ok(text)
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
        // A processing instruction is no declaration, whatever it says.
        let styled = "<?xml-model encoding=\"latin1\"?><a>ä</a>";
        assert_eq!(decode(styled.as_bytes()).unwrap(), styled);
        assert_eq!(decode(&[b"\xFF\xFE", &*utf16(styled, false)].concat()).unwrap(), styled);
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
                Err(error) => assert_eq!(error.what, why),
                // Without a mark or a declaration it is text with NUL, which XML does not allow.
                Ok(text) => assert!(text.contains('\0') && why == "the reader sees to it", "{text}"),
            }
        }
    }

    #[test]
    fn the_line_is_told() {
        let ascii = "<?xml version='1.0' encoding='ascii'?>\n<a>\nä</a>";
        let lone = [utf16("<a>\n\n", false).as_slice(), b"\x00\xD8<\0"].concat();
        for (bytes, line) in [
            (b"\xE4".to_vec(), 1),
            (b"\xEF\xBB\xBF<a>\n\n\xE4\n</a>".to_vec(), 3),
            (ascii.as_bytes().to_vec(), 3),
            ([b"\xFF\xFE".as_slice(), &lone].concat(), 3),
        ] {
            assert_eq!(decode(&bytes).unwrap_err().line, line, "{bytes:?}");
        }
    }
}
