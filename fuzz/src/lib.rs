//! What must hold of any bytes: the fuzz targets, which the tests of the workspace run too, on changed
//! samples and for a moment only.

use std::fmt::Debug;

use plesk_wire::xml::{Content, Limits, ReadError, Reader, Strictness, Writer, check_into};

fn read<P: Content>(bytes: &[u8], strictness: Strictness, plain: bool) -> Result<P, ReadError> {
    let reader = Reader::new(bytes, strictness, Limits::DEFAULT)?;
    if plain { reader } else { reader.by_events_only() }.document("packet")
}

/// Reads leniently, as a client does: the fast way of reading finds what the slow one finds, and what
/// was read can be written and read again.
pub fn decode<P: Content + Debug + PartialEq>(bytes: &[u8]) {
    let fast = read::<P>(bytes, Strictness::Lenient, true);
    let slow = read::<P>(bytes, Strictness::Lenient, false);
    assert_eq!(fast.as_ref().ok(), slow.as_ref().ok());
    if let Ok(packet) = fast {
        let written = Writer::document("packet", &packet);
        if let Err(error) = read::<P>(&written, Strictness::Lenient, true) {
            // A result that could not be read is written as far as it was; so much is known of it.
            assert!(!error.is_fatal(), "{error}");
        }
    }
}

/// Checks: the verdict is that of strict reading where it is no, what is said of faults is in order,
/// and what is valid is written as the same, and valid again.
pub fn check<P: Content + Debug + PartialEq>(bytes: &[u8]) {
    let mut packet = P::placeholder();
    let verdict = check_into("packet", bytes, Limits::DEFAULT, &mut packet);
    let strict = read::<P>(bytes, Strictness::Strict, true);
    match verdict {
        Ok(()) => {
            if let Ok(strict) = strict {
                assert_eq!(strict, packet);
            } else {
                // Only documents are decoded.
                assert!(std::str::from_utf8(bytes).is_err() || !bytes.is_ascii() || bytes.starts_with(b"<?xml"));
            }
            let written = Writer::document("packet", &packet);
            let mut again = P::placeholder();
            assert_eq!(check_into("packet", &written, Limits::DEFAULT, &mut again), Ok(()));
            assert_eq!(again, packet);
        }
        Err(violations) => {
            assert!(!violations.as_slice().is_empty() && violations.to_string().lines().count() <= 21);
            let mut line = Some(1);
            for violation in &violations {
                assert!(violation.line >= line, "{violation}");
                assert!(!violation.message().is_empty() && violation.column != Some(0));
                line = violation.line;
            }
            if strict.is_ok() {
                // The structure is right; then it is a value.
                let of_structure =
                    ["unknown", "order", "choice", "occurrence", "missing", "content", "attribute", "xml"];
                for violation in &violations {
                    assert!(!of_structure.contains(&violation.rule), "{violation}");
                }
            }
        }
    }
}
