//! A repeated choice, with one choice within it flattened: a list with one method for each alternative.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection, violations};
use expected::request::{Pilot, Voyage};

#[test]
fn list_keeps_the_order_of_calls() {
    let voyage = Voyage::new("Emma").port("Kiel").wait(2).pilot(Pilot::new("Elbe 1")).port("Hamburg").drill();
    let xml = "<voyage><ship>Emma</ship><port>Kiel</port><wait>2</wait><pilot><station>Elbe 1</station></pilot>\
        <port>Hamburg</port><drill/></voyage>";
    assert_round_trip("voyage", &voyage, xml);
}

#[test]
fn list_beyond_its_bound_is_a_violation() {
    let empty = Voyage::new("Emma");
    assert_eq!(violations("voyage", &empty), ["voyage/port | wait | pilot | drill occurrence"]);
    assert_eq!(
        rejection::<Voyage>("voyage", "<voyage><ship>Emma</ship></voyage>"),
        "voyage: missing port | wait | pilot | drill"
    );
    let ten = (0..10).fold(Voyage::new("Emma"), Voyage::wait);
    assert_eq!(violations("voyage", &ten), [""; 0]);
    let eleven = ten.drill();
    assert_eq!(violations("voyage", &eleven).len(), 1);
    assert!(rejection::<Voyage>("voyage", &crate::support::encode("voyage", &eleven)).ends_with(": unexpected drill"));
}
