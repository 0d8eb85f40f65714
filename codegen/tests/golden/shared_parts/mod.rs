//! Equal choices and groups without a name become one type: equal in members and their documentation.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, strict};
use expected::boat::{Lend, LendOwner, Moor, Owner, Place, Sell};
use plesk_wire::packet::Operation;

#[test]
fn equal_choices_are_one_type() {
    let owner = || Owner::owner_id(12_u32);
    let moor = "<moor><name>Emma</name><owner-id>12</owner-id><place><pier>3</pier></place></moor>";
    assert_round_trip("moor", &Moor::new("Emma", Place::new(3_u32)).owner(owner()), moor);
    assert_round_trip(
        "sell",
        &Sell::new("Emma").owner(owner()),
        "<sell><name>Emma</name><owner-id>12</owner-id></sell>",
    );
}

#[test]
fn choices_between_different_elements_stay_apart() {
    let xml = "<lend><name>Emma</name><owner-guid>7f</owner-guid></lend>";
    assert_round_trip("lend", &Lend::new("Emma").owner(LendOwner::owner_guid("7f")), xml);
}

#[test]
fn requests_and_replies_share_types() {
    let xml = "<moor><result><status>ok</status><place><pier>3</pier><side>north</side></place></result></moor>";
    let reply = strict::<<Moor as Operation>::Reply>("moor", xml).expect("valid");
    let moored = Moor::answer(reply).expect("ok");
    assert_eq!(moored.place, Some(Place::new(3_u32).side("north")));
}
