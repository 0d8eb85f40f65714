//! Integers without bounds have a width in Rust; one that does not fit is an error, never another number.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection_by_all, violations};
use expected::request::Tide;
use plesk_wire::xml::DateTime;

#[test]
fn integers_have_the_width_of_their_type() {
    let at = DateTime::parse("2024-05-01T12:00:00Z").expect("valid");
    let tide = Tide::new(i64::MIN, u64::MAX, 255)
        .below(-1)
        .height("3.1415926535897932384")
        .factor(0.5)
        .period("PT12H25M")
        .at(at);
    let xml = "<tide><any>-9223372036854775808</any><natural>18446744073709551615</natural><small>255</small>\
        <below>-1</below><height>3.1415926535897932384</height><factor>0.5</factor><period>PT12H25M</period>\
        <at>2024-05-01T12:00:00Z</at></tide>";
    assert_round_trip("tide", &tide, xml);
    assert_eq!(violations("tide", &tide), [""; 0]);
}

fn tide(any: &str, natural: &str, small: &str) -> String {
    format!("<tide><any>{any}</any><natural>{natural}</natural><small>{small}</small></tide>")
}

#[test]
fn integer_that_does_not_fit_is_rejected() {
    let error = |xml: &str| rejection_by_all::<Tide>("tide", xml);
    assert_eq!(error(&tide("9223372036854775808", "1", "1")), "tide/any: bad value '9223372036854775808'");
    assert_eq!(error(&tide("1", "18446744073709551616", "1")), "tide/natural: bad value '18446744073709551616'");
    assert_eq!(error(&tide("1", "1", "256")), "tide/small: bad value '256'");
    assert_eq!(error(&tide("1", "-1", "1")), "tide/natural: bad value '-1'");
    assert_eq!(error(&tide("1.0", "1", "1")), "tide/any: bad value '1.0'");
}

#[test]
fn integer_outside_the_schema_is_a_violation() {
    assert_eq!(violations("tide", &Tide::new(0, 0, 0).below(0)), ["tide/below maxInclusive"]);
}
