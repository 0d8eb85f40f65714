//! A nillable element: no value is neither absent nor empty.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{refused, same, violations};
use expected::request::{Lighthouse, LighthouseChoice};
use plesk_wire::xml::Nillable;

const NIL: &str = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";

#[test]
fn nil_absent_and_empty() {
    let horn = || LighthouseChoice::horn("long");
    let absent = Lighthouse::new(Nillable::Nil, horn());
    same("lighthouse", &absent, &format!("<lighthouse><height{NIL}/><horn>long</horn></lighthouse>"));
    let empty = Lighthouse::new(40, horn()).keeper(String::new());
    same("lighthouse", &empty, "<lighthouse><height>40</height><keeper></keeper><horn>long</horn></lighthouse>");
    let nil = Lighthouse::new(40, horn()).keeper(Nillable::Nil);
    same("lighthouse", &nil, &format!("<lighthouse><height>40</height><keeper{NIL}/><horn>long</horn></lighthouse>"));
    assert_eq!(violations("lighthouse", &nil), [""; 0]);
}

#[test]
fn in_a_choice() {
    let nil = Lighthouse::new(1, LighthouseChoice::beam(Nillable::Nil));
    same("lighthouse", &nil, &format!("<lighthouse><height>1</height><beam{NIL}/></lighthouse>"));
    let beam = Lighthouse::new(1, LighthouseChoice::beam(20));
    same("lighthouse", &beam, "<lighthouse><height>1</height><beam>20</beam></lighthouse>");
}

#[test]
fn nil_holds_nothing() {
    let xml = format!("<lighthouse><height{NIL}>4</height><horn>x</horn></lighthouse>");
    assert_eq!(refused::<Lighthouse>("lighthouse", &xml), "lighthouse/height: unexpected text");
    let not = "<lighthouse><height>1</height><horn xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
        xsi:nil=\"true\"/></lighthouse>";
    assert!(refused::<Lighthouse>("lighthouse", not).contains("xsi:nil"));
}
