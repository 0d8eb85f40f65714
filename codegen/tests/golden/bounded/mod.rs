//! A bounded repetition is a list whose bound `validate` checks.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, violations};
use expected::request::{Crossing, Tug};

#[test]
fn list_within_its_bounds_is_valid() {
    let crossing = Crossing::new([Tug::new("a"), Tug::new("b")]).pilot(["Jo"]);
    let xml = "<crossing><pilot>Jo</pilot><tug><name>a</name></tug><tug><name>b</name></tug></crossing>";
    assert_round_trip("crossing", &crossing, xml);
}

#[test]
fn list_beyond_its_bounds_is_a_violation() {
    let crossing = Crossing::new([Tug::new("a")]).pilot(["Jo", "Bo", "Mo"]);
    assert_eq!(violations("crossing", &crossing), ["crossing/pilot occurrence", "crossing/tug occurrence"]);
    let three = "<crossing><pilot>1</pilot><pilot>2</pilot><pilot>3</pilot><tug><name>a</name></tug>\
        <tug><name>b</name></tug></crossing>";
    assert_eq!(rejection::<Crossing>("crossing", three), "crossing: unexpected pilot, due tug");
    assert_eq!(lenient::<Crossing>("crossing", three).expect("a newer server may send more").pilot.len(), 3);
    let one = "<crossing><tug><name>a</name></tug></crossing>";
    assert_eq!(rejection::<Crossing>("crossing", one), "crossing: missing tug");
}

#[test]
fn element_that_can_never_occur_has_no_field() {
    let flag = "<crossing><tug><name>a</name></tug><tug><name>b</name></tug><old-flag>x</old-flag></crossing>";
    assert_eq!(rejection::<Crossing>("crossing", flag), "crossing: unexpected old-flag");
}
