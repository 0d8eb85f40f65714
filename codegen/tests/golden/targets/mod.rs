//! What an operation touches, where no selector says it: whether it may be repeated depends on it.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::same;
use expected::dock::{Drain, Flood, Light, LightLamp, Open, Paint, Rename, Sweep};
use expected::request::DockFilter;
use plesk_wire::packet::{Effect, Idempotency, Operation};

fn of<O: Operation>(operation: &O) -> (Effect, Idempotency) {
    assert_eq!(
        (operation.effect(), operation.idempotency()),
        (O::EFFECT, O::IDEMPOTENCY),
        "no value makes a difference"
    );
    (O::EFFECT, O::IDEMPOTENCY)
}

/// Another dock may have the name by the time of the repetition.
#[test]
fn what_a_name_names() {
    assert_eq!(of(&Rename::new("north", "south")), (Effect::Change, Idempotency::NotIdempotent));
    assert_eq!(of(&Light::new(LightLamp::new([1_u32, 2]), 5)), (Effect::Change, Idempotency::NotIdempotent));
}

#[test]
fn what_is_named_for_good() {
    assert_eq!(of(&Paint::new(7_u32, "red")), (Effect::Change, Idempotency::Idempotent));
    assert_eq!(of(&Drain::new(7_u32)), (Effect::Delete, Idempotency::IdempotentDelete));
    // Each alternative of this selector is for good, so that no value makes a difference.
    assert_eq!(of(&Flood::new(DockFilter::ids([7_u32]))), (Effect::Change, Idempotency::Idempotent));
}

/// To set it again does no harm; what is deleted again may be something new.
#[test]
fn what_a_server_has_once() {
    assert_eq!(of(&Open::new()), (Effect::Change, Idempotency::Idempotent));
    assert_eq!(of(&Sweep::new()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
}

#[test]
fn they_are_written_as_they_are() {
    same("light", &Light::new(LightLamp::new([1_u32]), 5), "<light><lamp><id>1</id></lamp><level>5</level></light>");
}
