//! Replies: one that contains only results is a standard type, any other a type of its own.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, encode, rejection, strict};
use expected::gull::{Count, CountReply, Feed, List, Ring, Watch};
use plesk_wire::packet::{EachReply, Operation, SingleReply};

const OK: &str = "<result><status>ok</status></result>";

#[test]
fn one_result_is_a_single_reply() {
    let reply: SingleReply<_> =
        strict::<<Ring as Operation>::Reply>("ring", "<ring><result><status>ok</status><id>5</id></result></ring>")
            .expect("valid");
    assert_round_trip("ring", &reply, "<ring><result><status>ok</status><id>5</id></result></ring>");
    assert_eq!(Ring::answer(reply).expect("ok").id, Some(5));
    assert_eq!(
        rejection::<<Ring as Operation>::Reply>("ring", &format!("<ring>{OK}{OK}</ring>")),
        "ring: unexpected result"
    );
}

#[test]
fn list_of_results_is_an_each_reply() {
    let feed = format!("<feed>{OK}{OK}</feed>");
    let reply: EachReply<(), 1> = strict("feed", &feed).expect("valid");
    assert_eq!(encode("feed", &reply), feed);
    assert_eq!(Feed::answer(reply).all_ok(), Ok(vec![(), ()]));
    assert_eq!(rejection::<<Feed as Operation>::Reply>("feed", "<feed/>"), "feed: missing result");
    const { assert!(Feed::MAY_BE_EMPTY) };
}

#[test]
fn optional_results_have_minimum_zero() {
    let reply: EachReply<_, 0> = strict::<<List as Operation>::Reply>("list", "<list/>").expect("valid");
    assert!(List::answer(reply).is_empty());
    const { assert!(!List::MAY_BE_EMPTY) };
}

#[test]
fn reply_with_other_elements_is_a_type_of_its_own() {
    let xml = format!("<count>{OK}<total>3</total></count>");
    let reply = strict::<CountReply>("count", &xml).expect("valid");
    assert_round_trip("count", &reply, &xml);
    assert_eq!(reply.total, 3);
    assert_eq!(Count::answer(reply).len(), 1);
}

/// An optional result is not unwrapped: the caller sees whether it is present.
#[test]
fn optional_result_is_answered_as_the_reply() {
    let reply = strict::<<Watch as Operation>::Reply>("watch", "<watch/>").expect("valid");
    assert!(Watch::answer(reply).result.is_none());
}
