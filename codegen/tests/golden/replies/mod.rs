//! Answers: what holds nothing but results is a standard reply, what holds more is a type of its own.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{encode, refused, same, strict};
use expected::gull::{Count, CountAnswer, Feed, List, Ring, Watch};
use plesk_wire::packet::{EachReply, Operation, SingleReply};

const OK: &str = "<result><status>ok</status></result>";

#[test]
fn one_result() {
    let reply: SingleReply<_> =
        strict::<<Ring as Operation>::Reply>("ring", "<ring><result><status>ok</status><id>5</id></result></ring>")
            .expect("valid");
    same("ring", &reply, "<ring><result><status>ok</status><id>5</id></result></ring>");
    assert_eq!(Ring::answer(reply).expect("complete").expect("ok").id, Some(5));
    assert_eq!(
        refused::<<Ring as Operation>::Reply>("ring", &format!("<ring>{OK}{OK}</ring>")),
        "ring: unexpected result"
    );
}

#[test]
fn a_result_for_each() {
    let feed = format!("<feed>{OK}{OK}</feed>");
    let reply: EachReply<(), 1> = strict("feed", &feed).expect("valid");
    assert_eq!(encode("feed", &reply), feed);
    assert_eq!(Feed::answer(reply).expect("complete").all_ok(), Ok(vec![(), ()]));
    assert_eq!(refused::<<Feed as Operation>::Reply>("feed", "<feed/>"), "feed: missing result");
    const { assert!(Feed::MAY_BE_EMPTY) };
}

#[test]
fn perhaps_none() {
    let reply: EachReply<_, 0> = strict::<<List as Operation>::Reply>("list", "<list/>").expect("valid");
    assert!(List::answer(reply).expect("complete").is_empty());
    const { assert!(!List::MAY_BE_EMPTY) };
}

#[test]
fn more_than_results_is_a_type_of_its_own() {
    let xml = format!("<count>{OK}<total>3</total></count>");
    let reply = strict::<CountAnswer>("count", &xml).expect("valid");
    same("count", &reply, &xml);
    assert_eq!(reply.total, 3);
    assert_eq!(Count::answer(reply).expect("complete").len(), 1);
}

/// A result that may be absent is no answer by itself: the caller sees whether it came.
#[test]
fn a_result_that_may_be_absent() {
    let reply = strict::<<Watch as Operation>::Reply>("watch", "<watch/>").expect("valid");
    assert!(Watch::answer(reply).expect("complete").result.is_none());
}
