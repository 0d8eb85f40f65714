//! `xs:all`: any order is read, the order of the schema is written.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, strict};
use expected::request::{Berth, Power};

#[test]
fn elements_in_any_order_are_read_and_written_in_schema_order() {
    let berth = Berth::new("North", Power::new(400)).depth(12);
    let xml = "<berth><quay>North</quay><depth>12</depth><power><volts>400</volts></power></berth>";
    assert_round_trip("berth", &berth, xml);
    let mixed = "<berth><power><volts>400</volts></power><depth>12</depth><quay>North</quay></berth>";
    assert_eq!(strict("berth", mixed), Ok(berth.clone()));
    assert_eq!(lenient("berth", mixed), Ok(berth));
}

#[test]
fn repeated_element_is_rejected() {
    let twice = "<berth><quay>N</quay><power><volts>4</volts></power><quay>S</quay></berth>";
    assert_eq!(rejection::<Berth>("berth", twice), "berth: unexpected quay");
    assert_eq!(rejection::<Berth>("berth", "<berth><quay>N</quay></berth>"), "berth: missing power");
}
