//! The target of an operation without a selector, which decides whether it is idempotent.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::assert_round_trip;
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

/// Another dock may have the name when the request is repeated.
#[test]
fn operation_on_a_name_is_not_idempotent() {
    assert_eq!(of(&Rename::new("north", "south")), (Effect::Change, Idempotency::NotIdempotent));
    assert_eq!(of(&Light::new(LightLamp::new([1_u32, 2]), 5)), (Effect::Change, Idempotency::NotIdempotent));
}

#[test]
fn operation_on_a_stable_id_is_idempotent() {
    assert_eq!(of(&Paint::new(7_u32, "red")), (Effect::Change, Idempotency::Idempotent));
    assert_eq!(of(&Drain::new(7_u32)), (Effect::Delete, Idempotency::IdempotentDelete));
    // Each alternative of this selector is a stable key, so the value makes no difference.
    assert_eq!(of(&Flood::new(DockFilter::ids([7_u32]))), (Effect::Change, Idempotency::Idempotent));
}

/// Setting it again is idempotent; deleting again may delete something new.
#[test]
fn deletion_of_server_data_is_not_idempotent() {
    assert_eq!(of(&Open::new()), (Effect::Change, Idempotency::Idempotent));
    assert_eq!(of(&Sweep::new()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
}

#[test]
fn requests_are_written() {
    assert_round_trip(
        "light",
        &Light::new(LightLamp::new([1_u32]), 5),
        "<light><lamp><id>1</id></lamp><level>5</level></light>",
    );
}
