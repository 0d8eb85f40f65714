//! An element without a type is a flag, a text or XML, as the configuration says.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{refused, same, strict};
use expected::request::Query;
use plesk_wire::xml::Any;

#[test]
fn each_use() {
    let query = Query::new(Any::xml("<deep>1</deep>").expect("XML")).summary().title("Rope & tar").note(["a", "b"]);
    let xml = "<query><summary/><title>Rope &amp; tar</title><extra><deep>1</deep></extra>\
        <note>a</note><note>b</note></query>";
    same("query", &query, xml);
}

/// Whatever an element holds, the XML is kept.
#[test]
fn nothing_is_lost() {
    let xml = "<query><title kind=\"x\">A <b>bold</b> one</title><extra/></query>";
    let query = strict::<Query>("query", xml).expect("anything is allowed");
    let title = query.title.as_ref().expect("a title");
    assert_eq!((title.as_xml(), title.to_text()), ("A <b>bold</b> one", None));
    same("query", &query, xml);
}

#[test]
fn it_may_still_be_required() {
    assert_eq!(refused::<Query>("query", "<query/>"), "query: missing extra");
}
