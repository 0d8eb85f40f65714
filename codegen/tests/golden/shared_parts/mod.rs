//! Parts without a name of their own that are alike are one type: alike in members and in what is said of these.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{same, strict};
use expected::boat::{Lend, LendOwner, Moor, Owner, Place, Sell};
use plesk_wire::packet::Operation;

#[test]
fn equal_choices_are_one_type() {
    let owner = || Owner::owner_id(12_u32);
    let moor = "<moor><name>Emma</name><owner-id>12</owner-id><place><pier>3</pier></place></moor>";
    same("moor", &Moor::new("Emma", Place::new(3_u32)).owner(owner()), moor);
    same("sell", &Sell::new("Emma").owner(owner()), "<sell><name>Emma</name><owner-id>12</owner-id></sell>");
}

#[test]
fn choices_between_other_elements_stay_apart() {
    let xml = "<lend><name>Emma</name><owner-guid>7f</owner-guid></lend>";
    same("lend", &Lend::new("Emma").owner(LendOwner::owner_guid("7f")), xml);
}

#[test]
fn requests_and_answers_share_too() {
    let xml = "<moor><result><status>ok</status><place><pier>3</pier><side>north</side></place></result></moor>";
    let reply = strict::<<Moor as Operation>::Reply>("moor", xml).expect("valid");
    let moored = Moor::answer(reply).expect("complete").expect("ok");
    assert_eq!(moored.place, Some(Place::new(3_u32).side("north")));
}
