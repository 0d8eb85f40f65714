//! A selector that may be absent: its absence has a name, and unreadable content is never taken for it.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, encode, rejection_by_all};
use expected::lamp::{Dim, Off, Scope};
use expected::request::LampFilter;
use plesk_wire::packet::{Effect, Idempotency, Operation};

#[test]
fn absence_is_a_named_variant() {
    assert_round_trip("dim", &Dim::new(Scope::Harbour, 5), "<dim><level>5</level></dim>");
    assert_round_trip("off", &Off::new(Scope::Harbour), "<off/>");
    let some = Scope::Filter(LampFilter::ids([3_u32, 4]));
    assert_round_trip("dim", &Dim::new(some, 5), "<dim><filter><id>3</id><id>4</id></filter><level>5</level></dim>");
}

/// Two operations have the same meaning of absence.
#[test]
fn equal_absences_are_one_type() {
    let scope = Scope::Filter(LampFilter::name("north"));
    assert_eq!(encode("off", &Off::new(scope)), "<off><filter><name>north</name></filter></off>");
}

#[test]
fn absence_has_the_most_severe_effect() {
    let dim = |scope| Dim::new(scope, 5);
    assert_eq!(Dim::EFFECT, Effect::ChangeEverything);
    assert_eq!(
        (dim(Scope::Harbour).effect(), dim(Scope::Harbour).idempotency()),
        (Effect::ChangeEverything, Idempotency::NotIdempotent)
    );
    let by_id = dim(Scope::Filter(LampFilter::id(3_u32)));
    assert_eq!((by_id.effect(), by_id.idempotency()), (Effect::Change, Idempotency::Idempotent));
    let by_name = dim(Scope::Filter(LampFilter::name("north")));
    assert_eq!((by_name.effect(), by_name.idempotency()), (Effect::Change, Idempotency::NotIdempotent));
}

#[test]
fn unknown_content_is_never_read_as_absence() {
    assert_eq!(rejection_by_all::<Off>("off", "<off><fliter><id>3</id></fliter></off>"), "off: unexpected fliter");
    let dim = "<dim><level>5</level><novelty/></dim>";
    assert_eq!(rejection_by_all::<Dim>("dim", dim), "dim: unexpected novelty");
    assert_eq!(rejection_by_all::<Off>("off", "<off><filter/></off>"), "off/filter: missing id | name");
}
