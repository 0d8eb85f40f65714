//! Well-formed documents that exceed a limit.

use plesk_wire::xml::{Limits, ReadErrorKind, Reader, Strictness, Writer};

use super::shapes::*;
use super::well_formedness;

#[test]
fn documents_beyond_a_limit_are_refused() {
    let nested = |depth: usize| format!("<r>{}{}</r>", "<a>".repeat(depth - 1), "</a>".repeat(depth - 1));
    assert_eq!(well_formedness(nested(128).as_bytes(), Strictness::Lenient, true), Ok(true));
    assert!(matches!(well_formedness(nested(129).as_bytes(), Strictness::Lenient, true), Err(ReadErrorKind::Limit(_))));
    let attributes = |number: usize| {
        let list: String = (0..number).map(|at| format!(" a{at}='{at}'")).collect();
        format!("<r{list}/>")
    };
    assert_eq!(well_formedness(attributes(64).as_bytes(), Strictness::Lenient, true), Ok(true));
    assert!(matches!(
        well_formedness(attributes(65).as_bytes(), Strictness::Lenient, true),
        Err(ReadErrorKind::Limit(_))
    ));
    let declarations: String = (0..65).map(|at| format!("<a xmlns:a{at}='u'>")).collect();
    assert!(matches!(
        well_formedness(format!("<r>{declarations}</r>").as_bytes(), Strictness::Lenient, true),
        Err(ReadErrorKind::Limit(_))
    ));
    let in_turn = format!("<r>{}</r>", "<a xmlns:a='u'/><b xmlns:b='u'></b>".repeat(100));
    assert_eq!(well_formedness(in_turn.as_bytes(), Strictness::Lenient, true), Ok(true));
    let mut limits = Limits::DEFAULT;
    limits.size = 9;
    assert!(Reader::new(b"<r></r>  ", Strictness::Lenient, limits).is_ok());
    let error = Reader::new(b"<r></r>   ", Strictness::Lenient, limits).unwrap_err();
    assert!(error.is_fatal() && matches!(error.kind(), ReadErrorKind::Limit(_)));
    limits.size = 100;
    limits.depth = 1;
    let mut reader = Reader::new(b"<r><a/></r>", Strictness::Lenient, limits).unwrap();
    assert!(matches!(reader.document::<AllShapes>("r").unwrap_err().kind(), ReadErrorKind::Limit(_)));
}

/// The parsed data counts, not the document.
#[test]
fn data_beyond_the_memory_limit_is_refused() {
    let document = Writer::document("r", &all_shapes());
    let read = |memory: usize| {
        let mut limits = Limits::DEFAULT;
        limits.memory = memory;
        Reader::new(&document, Strictness::Lenient, limits).and_then(|mut reader| reader.document::<AllShapes>("r"))
    };
    let needed = (0..).map(|step| 64 * step).find(|memory| read(*memory).is_ok()).unwrap();
    assert!(needed > document.len(), "{needed} for {} bytes", document.len());
    assert_eq!(read(needed), Ok(all_shapes()));
    for memory in (0..needed).step_by(64) {
        let error = read(memory).unwrap_err();
        assert!(error.is_fatal() && *error.kind() == ReadErrorKind::Memory(memory), "{error}");
        assert!(error.to_string().contains(&format!("more than {memory} bytes of memory")), "{error}");
    }
}
