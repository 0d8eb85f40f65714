//! A content model with two places for one element: the first place gets it, so a wildcard may find nothing left.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, encode, lenient, rejection};
use expected::request::Report;
use plesk_wire::xml::Raw;

#[test]
fn element_goes_to_the_first_place() {
    assert_round_trip("report", &Report::new().code(7), "<report><code>7</code></report>");
    let found = lenient::<Report>("report", "<report><text>calm</text></report>").expect("readable");
    assert_eq!((found.text.as_deref(), found.any.len()), (Some("calm"), 0));
}

#[test]
fn further_elements_go_to_the_wildcard() {
    let wind = Raw::new("<wind><from>N</from></wind>").expect("an element");
    let report = Report::new().code(7).text("gale").any([wind]);
    let xml = "<report><code>7</code><text>gale</text><wind><from>N</from></wind></report>";
    assert_round_trip("report", &report, xml);
    assert_eq!(encode("report", &report), xml);
}

#[test]
fn element_beyond_the_bound_is_rejected() {
    assert_eq!(rejection::<Report>("report", "<report><wind/><rain/></report>"), "report: unexpected rain");
}
