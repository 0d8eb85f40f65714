//! An element without a type is a flag, a text or XML, as configured.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection, strict};
use expected::request::Query;
use plesk_wire::xml::Any;

#[test]
fn untyped_element_is_a_flag_a_text_or_xml() {
    let query = Query::new(Any::xml("<deep>1</deep>").expect("XML")).summary().title("Rope & tar").note(["a", "b"]);
    let xml = "<query><summary/><title>Rope &amp; tar</title><extra><deep>1</deep></extra>\
        <note>a</note><note>b</note></query>";
    assert_round_trip("query", &query, xml);
}

/// The XML is kept, whatever the element contains.
#[test]
fn content_is_kept_as_xml() {
    let xml = "<query><title kind=\"x\">A <b>bold</b> one</title><extra/></query>";
    let query = strict::<Query>("query", xml).expect("anything is allowed");
    let title = query.title.as_ref().expect("a title");
    assert_eq!((title.as_xml(), title.to_text()), ("A <b>bold</b> one", None));
    assert_round_trip("query", &query, xml);
}

#[test]
fn required_untyped_element_is_checked() {
    assert_eq!(rejection::<Query>("query", "<query/>"), "query: missing extra");
}
