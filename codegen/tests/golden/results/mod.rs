//! The convention of results: outcomes with their data, kinds of answers, effects by value.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{encode, lenient, strict};
use expected::request::ShipFilter;
use expected::ship::{Add, Build, Count, CountReply, Del, Get, Ping, PingReply, Set, Sink, Tow};
use plesk_wire::packet::{Effect, Idempotency, Operation};

type Reply<O> = <O as Operation>::Reply;

#[test]
fn one_result_is_answered_as_result() {
    let ok = strict::<Reply<Add>>("add", "<add><result><status>ok</status><id>5</id></result></add>").expect("valid");
    assert_eq!(Add::answer(ok).expect("ok").id, 5);
    let xml = "<add><result><status>error</status><errcode>1007</errcode><errtext>taken</errtext></result></add>";
    let fault = Add::answer(strict("add", xml).expect("valid")).expect_err("an error");
    assert_eq!(fault.to_string(), "error 1007: taken");
    let bare = strict::<Reply<Add>>("add", "<add><result><status>ok</status></result></add>").expect("valid");
    assert!(Add::answer(bare).expect_err("no data").is_incomplete(), "a success without its data is no success");
}

/// Objects may have been created although the server does not say which. The others are not affected.
#[test]
fn success_without_the_data_of_a_new_object_is_a_fault() {
    let xml = "<build><result><status>ok</status><id>5</id><name>Emma</name></result>\
        <result><status>ok</status></result><result><status>error</status><errcode>1007</errcode></result></build>";
    let reply = strict::<Reply<Build>>("build", xml).expect("valid");
    assert_eq!(encode("build", &reply), xml);
    let outcomes: Vec<_> = Build::answer(reply).into_iter().collect();
    assert_eq!(outcomes[0].as_ref().map(|ship| (ship.id, &*ship.name)).expect("ok"), (5, "Emma"));
    let faults: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert_eq!(faults.iter().map(|fault| fault.is_incomplete()).collect::<Vec<_>>(), [true, false]);
    assert!(faults[0].to_string().contains("probably carried out"), "{}", faults[0]);
}

/// A deletion or a change is done without data, too, which only says what it was done to.
#[test]
fn success_without_data_of_a_deletion_or_a_change_is_a_success() {
    let reply = "<result><status>ok</status></result><result><status>ok</status><id>5</id></result>";
    let sunk = strict::<Reply<Sink>>("sink", &format!("<sink>{reply}</sink>")).expect("valid");
    assert_eq!(encode("sink", &sunk), format!("<sink>{reply}</sink>"));
    let sunk = Sink::answer(sunk).all_ok().expect("ok");
    assert_eq!(sunk.iter().map(|ship| ship.id).collect::<Vec<_>>(), [None, Some(5)]);

    // Several elements are there together or not at all, as in the schema.
    assert!(strict::<Reply<Tow>>("tow", &format!("<tow>{reply}</tow>")).is_err());
    let xml = "<tow><result><status>ok</status></result>\
        <result><status>ok</status><id>5</id><name>Emma</name></result></tow>";
    let towed = strict::<Reply<Tow>>("tow", xml).expect("valid");
    assert_eq!(encode("tow", &towed), xml);
    let towed = Tow::answer(towed).all_ok().expect("ok");
    let names: Vec<_> = towed.into_iter().map(|ship| ship.group.map(|group| group.name)).collect();
    assert_eq!(names, [None, Some("Emma".to_owned())]);
}

#[test]
fn list_of_results_is_answered_as_outcomes() {
    let xml = "<del><result><status>ok</status><filter-id>7</filter-id></result>\
        <result><status>error</status><errcode>1013</errcode><filter-id>8</filter-id></result></del>";
    let reply = strict::<Reply<Del>>("del", xml).expect("valid");
    assert_eq!(encode("del", &reply), xml);
    let many = Del::answer(reply);
    let ids: Vec<_> = many
        .into_iter()
        .map(|outcome| match outcome {
            Ok(done) => (true, done.filter_id),
            Err(fault) => (false, fault.body.filter_id),
        })
        .collect();
    assert_eq!(ids, [(true, Some("7".to_owned())), (false, Some("8".to_owned()))]);
}

/// A server reports in three ways that a read found nothing. The same result of a deletion is a success.
#[test]
fn empty_result_of_a_read_is_nothing_found() {
    for nothing in
        ["", "<result><status>ok</status></result>", "<result><status>ok</status><filter-id>7</filter-id></result>"]
    {
        let reply = strict::<Reply<Get>>("get", &format!("<get>{nothing}</get>")).expect("valid");
        assert!(Get::answer(reply).is_empty(), "{nothing}");
    }
    let reply = strict::<Reply<Del>>("del", "<del><result><status>ok</status></result></del>").expect("valid");
    assert_eq!(Del::answer(reply).all_ok().map(|all| all.len()), Ok(1));
}

#[test]
fn unreadable_result_does_not_affect_others() {
    let xml = "<add><result><status>ok</status><id>many</id></result></add>";
    let reply = lenient::<Reply<Add>>("add", xml).expect("the packet is readable");
    let fault = Add::answer(reply);
    assert!(format!("{fault:?}").contains("is not an integer"), "{fault:?}");
    assert!(strict::<Reply<Add>>("add", xml).is_err());
}

#[test]
fn several_replies_to_one_request_are_joined() {
    const { assert!(Get::REPEATS && !Del::REPEATS) };
    let one = |name| {
        strict::<Reply<Get>>("get", &format!("<get><result><status>ok</status><name>{name}</name></result></get>"))
    };
    let mut reply = one("Emma").expect("valid");
    Get::join(&mut reply, one("Otto").expect("valid"));
    let names: Vec<_> = Get::answer(reply).all_ok().expect("ok").into_iter().map(|ship| ship.name).collect();
    assert_eq!(names, [Some("Emma".to_owned()), Some("Otto".to_owned())]);
}

#[test]
fn reply_without_results_is_the_answer() {
    let reply = strict::<CountReply>("count", "<count><ships>3</ships></count>").expect("valid");
    assert_eq!(Count::answer(reply).ships, 3);
}

/// The element of the reply may be the result itself.
#[test]
fn element_of_the_reply_can_be_the_result() {
    let xml = "<ping><status>error</status><errcode>1023</errcode></ping>";
    let reply = strict::<PingReply>("ping", xml).expect("valid");
    assert_eq!(encode("ping", &reply), xml);
    let fault = Ping::answer(reply).expect_err("an error");
    assert_eq!(fault.code.map(|code| code.to_string()).as_deref(), Some("1023"));
    let unreadable = lenient::<PingReply>("ping", "<ping><errcode>1</errcode></ping>").expect("kept as a fault");
    assert!(Ping::answer(unreadable).expect_err("no status").unreadable.is_some());
}

#[test]
fn effect_depends_on_the_selector() {
    let del = |filter| {
        let del = Del::new(filter);
        (del.effect(), del.idempotency())
    };
    assert_eq!(del(ShipFilter::ids([1_u32, 2])), (Effect::Delete, Idempotency::IdempotentDelete));
    assert_eq!(del(ShipFilter::name("Emma")), (Effect::Delete, Idempotency::NotIdempotent));
    assert_eq!(del(ShipFilter::Everything), (Effect::DeleteEverything, Idempotency::NotIdempotent));
    let set = |filter| {
        let set = Set::new(filter, "red");
        (set.effect(), set.idempotency())
    };
    assert_eq!(set(ShipFilter::id(1)), (Effect::Change, Idempotency::Idempotent));
    assert_eq!(set(ShipFilter::Everything), (Effect::ChangeEverything, Idempotency::NotIdempotent));
    let get = Get::new(ShipFilter::Everything);
    assert_eq!((get.effect(), get.idempotency()), (Effect::Read, Idempotency::Idempotent));
}
