//! Attributes are fields; simple content is the text of the element, in the field `value`.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, rejection_by_all, violations};
use expected::request::{Depth, Fleet, Kind, Shallow, Ship};

#[test]
fn attributes_and_text_are_written_and_read() {
    let fleet = Fleet::new()
        .ship(Ship::new("DABC", "Jo \"Sea\" Doe").kind("tanker").tonnage(900))
        .depth(Depth::new(12).unit("m"))
        .shallow(Shallow::new("ft", 9))
        .version("1\n2");
    let xml = "<fleet version=\"1&#10;2\"><ship call-sign=\"DABC\" tonnage=\"900\" kind=\"tanker\">\
        <master>Jo \"Sea\" Doe</master></ship><depth unit=\"m\">12</depth><shallow unit=\"ft\">9</shallow></fleet>";
    assert_round_trip("fleet", &fleet, xml);
    assert_eq!(violations("fleet", &fleet), [""; 0]);
}

#[test]
fn default_is_not_sent() {
    let fleet = Fleet::new().ship(Ship::new("DABC", "Jo"));
    let xml = "<fleet><ship call-sign=\"DABC\"><master>Jo</master></ship></fleet>";
    assert_round_trip("fleet", &fleet, xml);
}

#[test]
fn unknown_and_missing_attributes_are_rejected() {
    let newer = "<fleet colour=\"red\"><depth unit=\"m\" x=\"1\">3</depth></fleet>";
    assert_eq!(rejection::<Fleet>("fleet", newer), "fleet: unexpected attribute colour");
    assert_eq!(lenient("fleet", newer), Ok(Fleet::new().depth(Depth::new(3).unit("m"))));
    let without = "<fleet><ship><master>Jo</master></ship></fleet>";
    let missing = "fleet/ship: missing attribute call-sign";
    assert_eq!(rejection_by_all::<Fleet>("fleet", without), missing);
}

#[test]
fn attribute_values_are_validated() {
    let fleet =
        Fleet::new().ship(Ship::new("D", "Jo").kind(Kind::Other("raft".to_owned()))).shallow(Shallow::new("m", 10));
    assert_eq!(
        violations("fleet", &fleet),
        ["fleet/ship/call-sign length", "fleet/ship/kind enumeration", "fleet/shallow maxInclusive"]
    );
}
