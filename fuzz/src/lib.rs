//! The fuzz targets: properties that every input must have.
//!
//! The tests of the workspace include this file, and run the targets on mutated samples for two seconds.

use std::fmt::Debug;

use plesk_wire::xml::{Content, Limits, ReadError, Reader, Strictness, Writer, check_into};

/// Reads a packet, with or without the fast path for plain tags and texts.
fn read<P: Content>(bytes: &[u8], strictness: Strictness, use_fast_path: bool) -> Result<P, ReadError> {
    let reader = Reader::new(bytes, strictness, Limits::DEFAULT)?;
    if use_fast_path { reader } else { reader.by_events_only() }.document("packet")
}

/// Reads leniently, as a client does.
///
/// Reading with and without the fast path must give the same value. Its written form must be readable.
pub fn decode<P: Content + Debug + PartialEq>(bytes: &[u8]) {
    let fast = read::<P>(bytes, Strictness::Lenient, true);
    let slow = read::<P>(bytes, Strictness::Lenient, false);
    assert_eq!(fast.as_ref().ok(), slow.as_ref().ok());
    if let Ok(packet) = fast {
        let written = Writer::document("packet", &packet);
        if let Err(error) = read::<P>(&written, Strictness::Lenient, true) {
            // A result that is not readable is written only up to the error, so the written packet may have that error too.
            assert!(!error.is_fatal(), "{error}");
        }
    }
}

/// Checks a packet, as `plesk check` does.
///
/// The verdict must agree with strict reading. Violations must be ordered by line. A valid packet must be written back as
/// the same value, and valid.
pub fn check<P: Content + Debug + PartialEq>(bytes: &[u8]) {
    let mut packet = P::placeholder();
    let result = check_into("packet", bytes, Limits::DEFAULT, &mut packet);
    let strict = read::<P>(bytes, Strictness::Strict, true);
    match result {
        Ok(()) => {
            if let Ok(strict) = strict {
                assert_eq!(strict, packet);
            } else {
                // Only the check decodes other encodings than UTF-8.
                assert!(std::str::from_utf8(bytes).is_err() || !bytes.is_ascii() || bytes.starts_with(b"<?xml"));
            }
            let written = Writer::document("packet", &packet);
            let mut read_again = P::placeholder();
            assert_eq!(check_into("packet", &written, Limits::DEFAULT, &mut read_again), Ok(()));
            assert_eq!(read_again, packet);
        }
        Err(violations) => {
            assert!(!violations.as_slice().is_empty() && violations.to_string().lines().count() <= 21);
            let mut previous_line = Some(1);
            for violation in &violations {
                assert!(violation.line >= previous_line, "{violation}");
                assert!(!violation.message().is_empty() && violation.column != Some(0));
                previous_line = violation.line;
            }
            if strict.is_ok() {
                // The strict reader checks the structure, but not the values. So every violation is about a value.
                let structural_rules =
                    ["unknown", "order", "choice", "occurrence", "missing", "content", "attribute", "xml"];
                for violation in &violations {
                    assert!(!structural_rules.contains(&violation.rule), "{violation}");
                }
            }
        }
    }
}
