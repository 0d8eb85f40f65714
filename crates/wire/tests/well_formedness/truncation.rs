//! Truncated documents.

use plesk_wire::xml::{Limits, Reader, Strictness, Writer};

use super::shapes::*;
use super::well_formedness;

fn samples() -> Vec<String> {
    let document = |value: &AllShapes| String::from_utf8(Writer::document("r", value)).unwrap();
    vec![
        document(&all_shapes()),
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<!-- c -->\n<r a='1' xmlns:x=\"u\"><x:b x:c='&lt;'>t&#13;\
         <![CDATA[<]]>u</x:b ><?pi \u{e9}\u{1F600}?>\u{e9}<c/> </r>\n<!-- d -->\n"
            .into(),
    ]
}

#[test]
fn truncated_documents_are_refused() {
    for sample in samples() {
        let whole = sample.rfind("</r>").unwrap() + 4;
        for at in 0..sample.len() {
            let cut = &sample.as_bytes()[..at];
            for strictness in [Strictness::Strict, Strictness::Lenient] {
                for plain in [true, false] {
                    let read = Reader::new(cut, strictness, Limits::DEFAULT).and_then(|reader| {
                        if plain { reader } else { reader.by_events_only() }.document::<AllShapes>("r")
                    });
                    if at < whole {
                        assert!(read.is_err(), "at {at}");
                        assert_eq!(well_formedness(cut, strictness, plain), Ok(false), "at {at}");
                    }
                }
            }
        }
    }
}
