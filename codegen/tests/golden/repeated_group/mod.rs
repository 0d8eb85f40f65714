//! A repeated group is a list of its only member, or of structs.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, violations};
use expected::request::{Cargo, Manifest};

#[test]
fn members_of_a_group_keep_together() {
    let manifest = Manifest::new("Ahab").passenger(["Ishmael", "Queequeg"]).cargo([
        Cargo::new("oil").cargo_tons(3),
        Cargo::new("rope"),
        Cargo::new("rum").cargo_tons(1),
    ]);
    let xml = "<manifest><passenger>Ishmael</passenger><passenger>Queequeg</passenger>\
        <cargo-name>oil</cargo-name><cargo-tons>3</cargo-tons><cargo-name>rope</cargo-name>\
        <cargo-name>rum</cargo-name><cargo-tons>1</cargo-tons><captain>Ahab</captain></manifest>";
    assert_round_trip("manifest", &manifest, xml);
}

#[test]
fn unknown_element_does_not_split_a_group() {
    let xml = "<manifest><cargo-name>oil</cargo-name><new/><cargo-tons>3</cargo-tons>\
        <cargo-name>rope</cargo-name><captain>Ahab</captain></manifest>";
    let found = lenient::<Manifest>("manifest", xml).expect("readable");
    assert_eq!(found.cargo, [Cargo::new("oil").cargo_tons(3), Cargo::new("rope")]);
}

#[test]
fn order_and_bound_are_checked() {
    let xml = "<manifest><cargo-tons>3</cargo-tons><cargo-name>oil</cargo-name><captain>A</captain></manifest>";
    assert_eq!(rejection::<Manifest>("manifest", xml), "manifest: missing cargo-name");
    let five = Manifest::new("Ahab").cargo((0..5).map(|at| Cargo::new(at.to_string())));
    assert_eq!(violations("manifest", &five), ["manifest/cargo-name occurrence"]);
}
