//! `xs:all`: any order is read, the order of the schema is written.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{lenient, refused, same, strict};
use expected::request::{Berth, Power};

#[test]
fn any_order_in_one_order_out() {
    let berth = Berth::new("North", Power::new(400)).depth(12);
    let xml = "<berth><quay>North</quay><depth>12</depth><power><volts>400</volts></power></berth>";
    same("berth", &berth, xml);
    let mixed = "<berth><power><volts>400</volts></power><depth>12</depth><quay>North</quay></berth>";
    assert_eq!(strict("berth", mixed), Ok(berth.clone()));
    assert_eq!(lenient("berth", mixed), Ok(berth));
}

#[test]
fn each_once() {
    let twice = "<berth><quay>N</quay><power><volts>4</volts></power><quay>S</quay></berth>";
    assert_eq!(refused::<Berth>("berth", twice), "berth: unexpected quay");
    assert_eq!(refused::<Berth>("berth", "<berth><quay>N</quay></berth>"), "berth: missing power");
}
