//! Encodings other than UTF-8, and invalid UTF-8.

use plesk_wire::xml::{Limits, ReadErrorKind, Reader, Strictness};

#[test]
fn other_encodings_are_refused() {
    let utf16 = |bom: bool, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = if bom { "\u{FEFF}<r/>" } else { "<r/>" };
        text.encode_utf16().flat_map(order).collect()
    };
    for bytes in [
        utf16(true, u16::to_le_bytes),
        utf16(true, u16::to_be_bytes),
        utf16(false, u16::to_le_bytes),
        utf16(false, u16::to_be_bytes),
        b"<r>\xFF</r>".to_vec(),
        b"<r>\xC3</r>".to_vec(),
        b"<r>\xC0\x80</r>".to_vec(),
        b"<r>\xED\xA0\x80</r>".to_vec(),
        b"<r>\xF4\x90\x80\x80</r>".to_vec(),
        b"\xFF".to_vec(),
        b"<r>\xE4</r>".to_vec(),
        b"<?xml version='1.0' encoding='ISO-8859-1'?><r>\xE4</r>".to_vec(),
        b"<?xml version='1.0' encoding='ISO-8859-1'?><r/>".to_vec(),
        b"<?xml version='1.0' encoding='UTF-16'?><r/>".to_vec(),
    ] {
        let error = Reader::new(&bytes, Strictness::Lenient, Limits::DEFAULT).unwrap_err();
        assert!(matches!(error.kind(), ReadErrorKind::Malformed(_)), "{error}");
    }
}

#[test]
fn error_of_invalid_utf8_names_the_line() {
    for (bytes, line) in [(&b"\xFF"[..], 1), (b"<r>\n<a>\xE4</a></r>", 2), (b"\xEF\xBB\xBF<r>\n\n\xC3</r>\n", 3)] {
        let error = Reader::new(bytes, Strictness::Lenient, Limits::DEFAULT).unwrap_err();
        assert_eq!(error.line(), line, "{error}");
    }
}
