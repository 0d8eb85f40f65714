//! Documents that are not well-formed are errors in all modes of reading, as with xmllint.

mod cases;
mod damage;
mod encodings;
mod limits;
#[path = "../shapes/mod.rs"]
mod shapes;
mod truncation;
mod xmllint;

use plesk_wire::xml::{Any, Limits, Raw, ReadErrorKind, Reader, Strictness};

/// Returns `true` if `xml` is well-formed, or the error if the reading stopped for another reason.
fn well_formedness(xml: &[u8], strictness: Strictness, plain: bool) -> Result<bool, ReadErrorKind> {
    let limits = Limits::DEFAULT;
    let read = Reader::new(xml, strictness, limits).and_then(|reader| {
        let mut reader = if plain { reader } else { reader.by_events_only() };
        reader.document::<Any>("r")
    });
    match read {
        Ok(_) => Ok(true),
        Err(error) => match error.kind() {
            ReadErrorKind::Malformed(_) => Ok(false),
            kind => Err(kind.clone()),
        },
    }
}

/// Returns `true` if `xml` is well-formed. The result must be the same in all modes of reading.
#[track_caller]
fn is_well_formed(xml: &[u8]) -> bool {
    let shown = String::from_utf8_lossy(xml);
    let fast = well_formedness(xml, Strictness::Lenient, true).unwrap_or_else(|kind| panic!("{kind}: {shown}"));
    assert_eq!(Ok(fast), well_formedness(xml, Strictness::Lenient, false), "{shown}");
    if let Ok(strict) = well_formedness(xml, Strictness::Strict, true) {
        assert_eq!(fast, strict, "{shown}");
    }
    fast
}

#[test]
fn fragments_must_be_well_formed() {
    for bad in ["</any><any>", "<a>", "</a>", "&", "a<", "]]>", "<!DOCTYPE a>", "<?xml version='1.0'?>", "\u{1}"] {
        Any::xml(bad).expect_err(bad);
        Raw::new(bad).expect_err(bad);
    }
    for bad in ["", "a", "<a/>b", "b<a/>", "<a/><b/>", "<!-- -->", "<![CDATA[]]>", "<![CDATA[]]><a/>"] {
        Raw::new(bad).expect_err(bad);
    }
    assert_eq!(Raw::new(" <!-- c --> <a b='1'>c</a>\n").unwrap().as_xml(), "<a b='1'>c</a>");
}
