//! A content model that does not say which of two places an element is for: the first one gets it, and the wildcard may
//! find nothing left.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{encode, lenient, refused, same};
use expected::request::Report;
use plesk_wire::xml::Raw;

#[test]
fn the_named_place_comes_first() {
    same("report", &Report::new().code(7), "<report><code>7</code></report>");
    let found = lenient::<Report>("report", "<report><text>calm</text></report>").expect("readable");
    assert_eq!((found.text.as_deref(), found.any.len()), (Some("calm"), 0));
}

#[test]
fn what_is_left_is_for_the_wildcard() {
    let wind = Raw::new("<wind><from>N</from></wind>").expect("an element");
    let report = Report::new().code(7).text("gale").any([wind]);
    let xml = "<report><code>7</code><text>gale</text><wind><from>N</from></wind></report>";
    same("report", &report, xml);
    assert_eq!(encode("report", &report), xml);
}

#[test]
fn one_more_is_too_many() {
    assert_eq!(refused::<Report>("report", "<report><wind/><rain/></report>"), "report: unexpected rain");
}
