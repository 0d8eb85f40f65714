//! Validation checks all facets at once; a type with a meaning is a newtype.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, violations};
use expected::request::{Member, MemberId};
use plesk_wire::xml::Date;

#[test]
fn valid_values_are_written_and_read() {
    let joined = Date::parse("2024-02-29").expect("a leap day");
    let member = Member::new("M-77", "üüü").age(6).fee("12.50").id(5).joined(joined);
    let xml = "<member><card>M-77</card><name>üüü</name><age>6</age><fee>12.50</fee><id>5</id>\
        <joined>2024-02-29</joined></member>";
    assert_round_trip("member", &member, xml);
    assert_eq!(violations("member", &member), [""; 0]);
}

#[test]
fn all_violations_are_reported() {
    let member = Member::new("l-1", "").age(130).fee("1000.123").id(0);
    let rules = ["card pattern", "name minLength", "age maxExclusive", "fee totalDigits", "id minInclusive"];
    assert_eq!(violations("member", &member), rules.map(|rule| format!("member/{rule}")));
}

/// Patterns of one derivation step are alternatives; those of two steps must both match.
#[test]
fn facets_of_all_derivation_steps_apply() {
    for (card, fits) in [("L-1", true), ("M-1", true), ("K-1", false), ("L1", false), ("L-1234567", false)] {
        assert_eq!(violations("member", &Member::new(card, "Jo")).is_empty(), fits, "{card}");
    }
}

#[test]
fn newtype_parses_and_validates() {
    assert_eq!(MemberId::parse("5").map(MemberId::get), Ok(5));
    assert!(MemberId::parse("0").is_err());
    assert_eq!(MemberId::from(7).to_string(), "7");
}
