//! A filter in which one member may be absent and then means more: the member is a selector.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{refused_by_all, same};
use expected::berth::Clear;
use expected::request::{BerthFilter, BerthFilterNames};
use plesk_wire::packet::{Effect, Idempotency, Operation};

fn clear(names: BerthFilterNames) -> Clear {
    Clear::new(BerthFilter::new(7_u32, names))
}

#[test]
fn the_member_is_a_required_argument() {
    same("clear", &clear(BerthFilterNames::AllOfPier), "<clear><filter><pier>7</pier></filter></clear>");
    let xml = "<clear><filter><pier>7</pier><name>A</name><name>B</name></filter></clear>";
    same("clear", &clear(BerthFilterNames::names(["A", "B"])), xml);
}

#[test]
fn its_absence_has_the_gravest_effect() {
    assert_eq!(Clear::EFFECT, Effect::DeleteEverything);
    assert_eq!(clear(BerthFilterNames::AllOfPier).effect(), Effect::DeleteEverything);
    let one = clear(BerthFilterNames::name("A"));
    assert_eq!((one.effect(), one.idempotency()), (Effect::Delete, Idempotency::NotIdempotent));
}

#[test]
fn what_is_unknown_never_becomes_the_absence() {
    let xml = "<clear><filter><pier>7</pier><naame>A</naame></filter></clear>";
    assert_eq!(refused_by_all::<Clear>("clear", xml), "clear/filter: unexpected naame");
}
