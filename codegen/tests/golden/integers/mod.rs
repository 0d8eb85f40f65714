//! Numbers without bounds have a width in Rust; what does not fit is an error, never wrong.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{refused_by_all, same, violations};
use expected::request::Tide;
use plesk_wire::xml::DateTime;

#[test]
fn the_widths() {
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
    same("tide", &tide, xml);
    assert_eq!(violations("tide", &tide), [""; 0]);
}

fn tide(any: &str, natural: &str, small: &str) -> String {
    format!("<tide><any>{any}</any><natural>{natural}</natural><small>{small}</small></tide>")
}

#[test]
fn what_does_not_fit_is_an_error() {
    let error = |xml: &str| refused_by_all::<Tide>("tide", xml);
    assert_eq!(error(&tide("9223372036854775808", "1", "1")), "tide/any: bad value '9223372036854775808'");
    assert_eq!(error(&tide("1", "18446744073709551616", "1")), "tide/natural: bad value '18446744073709551616'");
    assert_eq!(error(&tide("1", "1", "256")), "tide/small: bad value '256'");
    assert_eq!(error(&tide("1", "-1", "1")), "tide/natural: bad value '-1'");
    assert_eq!(error(&tide("1.0", "1", "1")), "tide/any: bad value '1.0'");
}

#[test]
fn values_that_only_the_schema_forbids_are_violations() {
    assert_eq!(violations("tide", &Tide::new(0, 0, 0).below(0)), ["tide/below maxInclusive"]);
}
