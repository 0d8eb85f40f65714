//! The decoding of documents from encodings other than UTF-8.

use std::borrow::Cow;

use memchr::memmem;

use super::error::{ReadError, ReadErrorKind, Result};
use super::reader::options::{Limits, Strictness};
use super::reader::state::Reader;
use super::text::{is_white_space, line_number};

/// A decoded document.
///
/// It may be in UTF-8, in UTF-16 (with a byte order mark or an XML declaration), or in ISO-8859-1 or
/// US-ASCII (if declared). All other encodings are refused. A [`Reader`] of bytes accepts only UTF-8,
/// which servers send.
#[derive(Clone, Debug)]
pub struct Document<'b> {
    text: Cow<'b, str>,
    limits: Limits,
}

/// The width of a character, known before the declaration is read.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    SingleByte,
    Utf16(ByteOrder),
}

#[derive(Clone, Copy, PartialEq)]
enum ByteOrder {
    Little,
    Big,
}

/// The reason why bytes could not be decoded, and the line.
#[derive(Debug)]
struct DecodeError {
    message: String,
    line: u32,
}

/// An error of the whole document.
impl From<String> for DecodeError {
    fn from(message: String) -> Self {
        Self { message, line: 1 }
    }
}

impl<'b> Document<'b> {
    /// Decodes `input`.
    ///
    /// # Errors
    /// If it is larger than the limit, or not in one of the supported encodings.
    pub fn decode(input: &'b [u8], limits: Limits) -> Result<Self> {
        let fail = |kind, line| Err(ReadError::new(kind, line, String::new()));
        if input.len() > limits.size {
            return fail(ReadErrorKind::Limit("the document is larger than the limit"), 1);
        }
        match decode(input) {
            Ok(text) => Ok(Self { text, limits }),
            Err(DecodeError { message, line }) => fail(ReadErrorKind::Malformed(message), line),
        }
    }

    /// Creates a reader of the document.
    ///
    /// # Errors
    /// If it contains characters that XML does not allow, or has an invalid XML declaration.
    pub fn reader(&self, strictness: Strictness) -> Result<Reader<'_>> {
        Reader::from_decoded(&self.text, strictness, self.limits)
    }
}

fn decode(input: &[u8]) -> std::result::Result<Cow<'_, str>, DecodeError> {
    let (family, marked, rest) = match input {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (Family::SingleByte, true, rest),
        [0xFF, 0xFE, rest @ ..] => (Family::Utf16(ByteOrder::Little), true, rest),
        [0xFE, 0xFF, rest @ ..] => (Family::Utf16(ByteOrder::Big), true, rest),
        [b'<', 0, b'?', 0, ..] => (Family::Utf16(ByteOrder::Little), false, input),
        [0, b'<', 0, b'?', ..] => (Family::Utf16(ByteOrder::Big), false, input),
        _ => (Family::SingleByte, false, input),
    };
    let fail_at = |at: usize, message: String| DecodeError { message, line: line_number(&rest[..at]) };
    let utf8 = || match std::str::from_utf8(rest) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(e) => {
            let valid = e.valid_up_to();
            Err(fail_at(valid, format!("invalid UTF-8 at byte {}", valid + if marked { 3 } else { 0 })))
        }
    };
    match family {
        Family::Utf16(order) => {
            let text = utf16(rest, order)?;
            match declared_encoding(&text).map(str::to_ascii_uppercase).as_deref() {
                None if !marked => Err("UTF-16 without a byte order mark or a declared encoding".to_owned().into()),
                None | Some("UTF-16" | "UTF-8" | "UTF8") => Ok(Cow::Owned(text)),
                Some("UTF-16LE") if order == ByteOrder::Little => Ok(Cow::Owned(text)),
                Some("UTF-16BE") if order == ByteOrder::Big => Ok(Cow::Owned(text)),
                Some(other) => Err(format!("declared as {}, but the bytes are UTF-16", shorten(other)).into()),
            }
        }
        Family::SingleByte => {
            // A declaration is ASCII; the rest of the document need not be.
            let end = memmem::find(rest, b"?>").filter(|_| rest.starts_with(b"<?xml")).map_or(0, |end| end + 2);
            let name = std::str::from_utf8(&rest[..end]).ok().and_then(declared_encoding).unwrap_or("UTF-8");
            match &*name.to_ascii_uppercase() {
                "UTF-8" | "UTF8" => utf8(),
                "US-ASCII" | "ASCII" => match rest.iter().position(|b| !b.is_ascii()) {
                    Some(byte) => Err(fail_at(byte, format!("declared as ASCII, but byte {byte} is not ASCII"))),
                    None => utf8(),
                },
                "ISO-8859-1" | "ISO8859-1" | "ISO_8859-1" | "ISO-LATIN-1" | "LATIN1" if !marked => {
                    Ok(Cow::Owned(rest.iter().copied().map(char::from).collect()))
                }
                "UTF-16" | "UTF-16LE" | "UTF-16BE" => {
                    Err(format!("declared as {name}, but the bytes are not UTF-16").into())
                }
                _ => Err(format!("the encoding {} is not supported; use UTF-8", shorten(name)).into()),
            }
        }
    }
}

/// Shortens and escapes a name for a message.
fn shorten(name: &str) -> String {
    name.chars().take(40).flat_map(char::escape_debug).collect()
}

/// Returns the encoding that the XML declaration names, if it names one.
fn declared_encoding(text: &str) -> Option<&str> {
    // `<?xml-model … ?>` is not a declaration.
    let declaration = text.strip_prefix("<?xml").filter(|after| after.starts_with(is_white_space))?;
    let (inside, _) = declaration.split_once("?>")?;
    let after = inside.split_once("encoding")?.1.trim_start_matches(is_white_space);
    let after = after.strip_prefix('=')?.trim_start_matches(is_white_space);
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split_once(quote).map(|(name, _)| name)
}

fn utf16(bytes: &[u8], order: ByteOrder) -> std::result::Result<String, DecodeError> {
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
        let line = || line_number(text.as_bytes());
        let c = c.map_err(|_| DecodeError { message: "invalid UTF-16".to_owned(), line: line() })?;
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

    fn with_declaration(encoding: &str) -> String {
        format!("<?xml version=\"1.0\" encoding='{encoding}'?><a>ä\u{1F600}</a>")
    }

    #[test]
    fn decode_accepts_supported_encodings() {
        for (text, big) in
            [("UTF-16", false), ("utf-16", true), ("UTF-16LE", false), ("UTF-16BE", true), ("UTF-8", true)]
        {
            let text = with_declaration(text);
            let mark: &[u8] = if big { b"\xFE\xFF" } else { b"\xFF\xFE" };
            assert_eq!(decode(&utf16(&text, big)).unwrap(), text);
            assert_eq!(decode(&[mark, &utf16(&text, big)].concat()).unwrap(), text);
        }
        let bare = "<a>ä</a>";
        assert_eq!(decode(&[b"\xFF\xFE".as_slice(), &utf16(bare, false)].concat()).unwrap(), bare);
        assert_eq!(decode("\u{FEFF}<a>ä</a>".as_bytes()).unwrap(), bare);
        // A processing instruction is not a declaration.
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
    fn decode_rejects_other_encodings() {
        for (bytes, why) in [
            (utf16(&with_declaration("UTF-16BE"), false), "declared as UTF-16BE, but the bytes are UTF-16"),
            (utf16(&with_declaration("ISO-8859-1"), false), "declared as ISO-8859-1, but the bytes are UTF-16"),
            (utf16("<?xml version='1.0'?><a/>", true), "UTF-16 without a byte order mark or a declared encoding"),
            (
                [b"\xFF\xFE".as_slice(), &utf16("<a/>", false), b"\n"].concat(),
                "UTF-16 that ends in the middle of a character",
            ),
            (b"\xFF\xFE\x00\xD8<\0".to_vec(), "invalid UTF-16"),
            (with_declaration("UTF-16").into_bytes(), "declared as UTF-16, but the bytes are not UTF-16"),
            (with_declaration("KOI8-R").into_bytes(), "the encoding KOI8-R is not supported; use UTF-8"),
            (with_declaration("us-ascii").into_bytes(), "declared as ASCII, but byte 44 is not ASCII"),
            (
                [b"\xEF\xBB\xBF".as_slice(), with_declaration("latin1").as_bytes()].concat(),
                "the encoding latin1 is not supported; use UTF-8",
            ),
            (b"<a>\xE4</a>".to_vec(), "invalid UTF-8 at byte 3"),
        ] {
            assert_eq!(decode(&bytes).unwrap_err().message, why);
        }
    }

    #[test]
    fn decode_leaves_unmarked_utf16_to_the_reader() {
        // Without a mark or a declaration it is UTF-8 with NUL, which XML does not allow.
        assert_eq!(decode(&utf16("<a/>", false)).unwrap(), "<\0a\0/\0>\0");
    }

    #[test]
    fn decode_error_names_the_line() {
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
