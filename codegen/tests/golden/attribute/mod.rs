//! Attributes are fields; simple content is the text, with attributes beside it.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{lenient, refused, refused_by_all, same, violations};
use expected::request::{Depth, Fleet, Kind, Shallow, Ship};

#[test]
fn attributes_and_text() {
    let fleet = Fleet::new()
        .ship(Ship::new("DABC", "Jo \"Sea\" Doe").kind("tanker").tonnage(900))
        .depth(Depth::new(12).unit("m"))
        .shallow(Shallow::new("ft", 9))
        .version("1\n2");
    let xml = "<fleet version=\"1&#10;2\"><ship call-sign=\"DABC\" tonnage=\"900\" kind=\"tanker\">\
        <master>Jo \"Sea\" Doe</master></ship><depth unit=\"m\">12</depth><shallow unit=\"ft\">9</shallow></fleet>";
    same("fleet", &fleet, xml);
    assert_eq!(violations("fleet", &fleet), [""; 0]);
}

#[test]
fn defaults_are_not_sent() {
    let fleet = Fleet::new().ship(Ship::new("DABC", "Jo"));
    let xml = "<fleet><ship call-sign=\"DABC\"><master>Jo</master></ship></fleet>";
    same("fleet", &fleet, xml);
}

#[test]
fn unknown_and_missing_attributes() {
    let newer = "<fleet colour=\"red\"><depth unit=\"m\" x=\"1\">3</depth></fleet>";
    assert_eq!(refused::<Fleet>("fleet", newer), "fleet: unexpected attribute colour");
    assert_eq!(lenient("fleet", newer), Ok(Fleet::new().depth(Depth::new(3).unit("m"))));
    let without = "<fleet><ship><master>Jo</master></ship></fleet>";
    let missing = "fleet/ship: missing attribute call-sign";
    assert_eq!(refused_by_all::<Fleet>("fleet", without), missing);
}

#[test]
fn their_rules_are_checked() {
    let fleet =
        Fleet::new().ship(Ship::new("D", "Jo").kind(Kind::Other("raft".to_owned()))).shallow(Shallow::new("m", 10));
    assert_eq!(
        violations("fleet", &fleet),
        ["fleet/ship/call-sign length", "fleet/ship/kind enumeration", "fleet/shallow maxInclusive"]
    );
}
