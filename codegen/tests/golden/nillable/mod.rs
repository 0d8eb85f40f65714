//! A nillable element: nil is neither absent nor empty.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection, violations};
use expected::request::{Lighthouse, LighthouseChoice};
use plesk_wire::xml::Nillable;

const NIL: &str = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";

#[test]
fn nil_absent_and_empty_are_different() {
    let horn = || LighthouseChoice::horn("long");
    let absent = Lighthouse::new(Nillable::Nil, horn());
    assert_round_trip("lighthouse", &absent, &format!("<lighthouse><height{NIL}/><horn>long</horn></lighthouse>"));
    let empty = Lighthouse::new(40, horn()).keeper(String::new());
    assert_round_trip(
        "lighthouse",
        &empty,
        "<lighthouse><height>40</height><keeper></keeper><horn>long</horn></lighthouse>",
    );
    let nil = Lighthouse::new(40, horn()).keeper(Nillable::Nil);
    assert_round_trip(
        "lighthouse",
        &nil,
        &format!("<lighthouse><height>40</height><keeper{NIL}/><horn>long</horn></lighthouse>"),
    );
    assert_eq!(violations("lighthouse", &nil), [""; 0]);
}

#[test]
fn alternative_can_be_nil() {
    let nil = Lighthouse::new(1, LighthouseChoice::beam(Nillable::Nil));
    assert_round_trip("lighthouse", &nil, &format!("<lighthouse><height>1</height><beam{NIL}/></lighthouse>"));
    let beam = Lighthouse::new(1, LighthouseChoice::beam(20));
    assert_round_trip("lighthouse", &beam, "<lighthouse><height>1</height><beam>20</beam></lighthouse>");
}

#[test]
fn nil_element_with_content_is_rejected() {
    let xml = format!("<lighthouse><height{NIL}>4</height><horn>x</horn></lighthouse>");
    assert_eq!(rejection::<Lighthouse>("lighthouse", &xml), "lighthouse/height: unexpected text");
    let not = "<lighthouse><height>1</height><horn xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
        xsi:nil=\"true\"/></lighthouse>";
    assert!(rejection::<Lighthouse>("lighthouse", not).contains("xsi:nil"));
}
