//! A wildcard keeps whole elements, with the namespaces that they need.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{refused, same, strict, violations};
use expected::request::{Entry, Logbook};
use plesk_wire::xml::Raw;

fn raw(xml: &str) -> Raw {
    Raw::new(xml).expect("one element")
}

#[test]
fn elements_are_kept() {
    let logbook = Logbook::new("Emma", Entry::new([raw("<w:wind xmlns:w=\"urn:w\">9</w:wind>")]))
        .any([raw("<a b=\"1\"/>"), raw("<c>x<d/></c>")]);
    let xml = "<logbook><ship>Emma</ship><entry><w:wind xmlns:w=\"urn:w\">9</w:wind></entry>\
        <a b=\"1\"/><c>x<d/></c></logbook>";
    same("logbook", &logbook, xml);
}

#[test]
fn a_namespace_declared_outside_comes_along() {
    let xml = "<logbook xmlns:w=\"urn:w\"><ship>E</ship><entry><w:wind>9</w:wind></entry></logbook>";
    let logbook = strict::<Logbook>("logbook", xml).expect("valid");
    assert_eq!(logbook.entry.any, [raw("<w:wind xmlns:w=\"urn:w\">9</w:wind>")]);
}

#[test]
fn the_bound_is_checked() {
    let logbook = Logbook::new("E", Entry::new([raw("<a/>")])).any([raw("<a/>"), raw("<b/>"), raw("<c/>")]);
    assert_eq!(violations("logbook", &logbook), ["logbook/any element occurrence"]);
    let xml = "<logbook><ship>E</ship><entry/></logbook>";
    assert_eq!(refused::<Logbook>("logbook", xml), "logbook/entry: missing any element");
}
