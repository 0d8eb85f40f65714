//! A wildcard keeps whole elements, with the namespaces that they need.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection, strict, violations};
use expected::request::{Entry, Logbook};
use plesk_wire::xml::Raw;

fn raw(xml: &str) -> Raw {
    Raw::new(xml).expect("one element")
}

#[test]
fn unknown_elements_are_kept_whole() {
    let logbook = Logbook::new("Emma", Entry::new([raw("<w:wind xmlns:w=\"urn:w\">9</w:wind>")]))
        .any([raw("<a b=\"1\"/>"), raw("<c>x<d/></c>")]);
    let xml = "<logbook><ship>Emma</ship><entry><w:wind xmlns:w=\"urn:w\">9</w:wind></entry>\
        <a b=\"1\"/><c>x<d/></c></logbook>";
    assert_round_trip("logbook", &logbook, xml);
}

#[test]
fn namespace_declared_outside_is_kept() {
    let xml = "<logbook xmlns:w=\"urn:w\"><ship>E</ship><entry><w:wind>9</w:wind></entry></logbook>";
    let logbook = strict::<Logbook>("logbook", xml).expect("valid");
    assert_eq!(logbook.entry.any, [raw("<w:wind xmlns:w=\"urn:w\">9</w:wind>")]);
}

#[test]
fn wildcard_beyond_its_bound_is_rejected() {
    let logbook = Logbook::new("E", Entry::new([raw("<a/>")])).any([raw("<a/>"), raw("<b/>"), raw("<c/>")]);
    assert_eq!(violations("logbook", &logbook), ["logbook/any element occurrence"]);
    let xml = "<logbook><ship>E</ship><entry/></logbook>";
    assert_eq!(rejection::<Logbook>("logbook", xml), "logbook/entry: missing any element");
}
