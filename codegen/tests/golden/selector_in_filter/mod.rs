//! A filter with a member whose absence has a meaning: the member is a selector.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection_by_all};
use expected::berth::Clear;
use expected::request::{BerthFilter, BerthFilterNames};
use plesk_wire::packet::{Effect, Idempotency, Operation};

fn clear(names: BerthFilterNames) -> Clear {
    Clear::new(BerthFilter::new(7_u32, names))
}

#[test]
fn optional_selector_is_a_required_argument() {
    assert_round_trip("clear", &clear(BerthFilterNames::AllOfPier), "<clear><filter><pier>7</pier></filter></clear>");
    let xml = "<clear><filter><pier>7</pier><name>A</name><name>B</name></filter></clear>";
    assert_round_trip("clear", &clear(BerthFilterNames::names(["A", "B"])), xml);
}

#[test]
fn absence_has_the_most_severe_effect() {
    assert_eq!(Clear::EFFECT, Effect::DeleteEverything);
    assert_eq!(clear(BerthFilterNames::AllOfPier).effect(), Effect::DeleteEverything);
    let one = clear(BerthFilterNames::name("A"));
    assert_eq!((one.effect(), one.idempotency()), (Effect::Delete, Idempotency::NotIdempotent));
}

#[test]
fn unknown_content_is_never_read_as_absence() {
    let xml = "<clear><filter><pier>7</pier><naame>A</naame></filter></clear>";
    assert_eq!(rejection_by_all::<Clear>("clear", xml), "clear/filter: unexpected naame");
}
