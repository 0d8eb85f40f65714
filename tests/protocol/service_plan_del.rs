//! `service-plan/del`: deletes service plans.

use plesk::service_plan::{Del, DelResult, Filter, Object, Owner};
use plesk::{Effect, Fault, Idempotency, Operation, Outcomes};

use crate::support::{answer, assert_refused, assert_sent, code, lenient_answer};

#[test]
fn two_ids_with_the_login_of_the_owner() {
    assert_sent(
        Del::new(Filter::ids([31, 32])).owner(Owner::owner_login("mittler")),
        "<packet><service-plan><del>\
         <filter><id>31</id><id>32</id></filter><owner-login>mittler</owner-login>\
         </del></service-plan></packet>",
    );
}

#[test]
fn the_owner_by_id_or_not_at_all() {
    assert_sent(
        Del::new(Filter::name("Gold & Silver")).owner(Owner::owner_id(12)),
        "<packet><service-plan><del>\
         <filter><name>Gold &amp; Silver</name></filter><owner-id>12</owner-id>\
         </del></service-plan></packet>",
    );
    assert_sent(
        Del::new(Filter::guids(["aa-1", "aa-2"])),
        "<packet><service-plan><del><filter><guid>aa-1</guid><guid>aa-2</guid></filter></del></service-plan></packet>",
    );
    assert_sent(
        Del::new(Filter::external_id("shop/5")),
        "<packet><service-plan><del><filter><external-id>shop/5</external-id></filter></del></service-plan></packet>",
    );
}

#[test]
fn everything_of_an_owner_is_an_empty_filter() {
    let everything = Del::new(Filter::Everything).owner(Owner::owner_login("mittler"));
    assert_eq!((everything.effect(), everything.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
    assert_sent(
        everything,
        "<packet><service-plan><del><filter/><owner-login>mittler</owner-login></del></service-plan></packet>",
    );
}

/// The document lists both owners as optional elements of a sequence, in this order. The structure
/// has a choice.
#[test]
fn two_owners_are_refused() {
    let error = assert_refused(
        "<packet><service-plan><del><filter><id>31</id></filter>\
         <owner-id>12</owner-id><owner-login>mittler</owner-login></del></service-plan></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/service-plan/del: unexpected element <owner-login>");
}

#[test]
fn an_owner_before_the_filter_is_refused() {
    let error = assert_refused(
        "<packet><service-plan><del><owner-login>mittler</owner-login><filter><id>31</id></filter></del></service-plan></packet>",
    );
    assert_eq!(
        error.to_string(),
        "line 1: packet/service-plan/del: unexpected element <owner-login>; expected <filter>"
    );
}

#[test]
fn two_kinds_of_value_in_one_filter_are_refused() {
    let error = assert_refused(
        "<packet><service-plan><del><filter><name>Gold</name><id>31</id></filter></del></service-plan></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/service-plan/del/filter: unexpected element <id>");
}

#[test]
fn an_ok_with_an_id_for_each() {
    let answer = answer::<Del>(
        "<packet version=\"1.6.9.1\"><service-plan><del>\
         <result><status>ok</status><id>31</id></result>\
         <result><status>ok</status><id>32</id></result>\
         </del></service-plan></packet>",
    );
    assert_eq!(succeeded(answer), [(Some(id(31)), None), (Some(id(32)), None)]);
}

/// The result repeats the filter value under its own name. A sequence of the four, as the document
/// lists them, is not what the structure has: it is one of them.
#[test]
fn the_plan_comes_under_the_kind_of_value_of_the_filter() {
    let answer = answer::<Del>(
        "<packet><service-plan><del>\
         <result><status>ok</status><name>Gold &amp; Silver</name></result>\
         <result><status>ok</status><guid>aa-1</guid></result>\
         <result><status>ok</status><external-id>shop/5</external-id></result>\
         </del></service-plan></packet>",
    );
    assert_eq!(
        succeeded(answer),
        [
            (Some(Object::Name("Gold & Silver".to_owned())), None),
            (Some(Object::Guid("aa-1".to_owned())), None),
            (Some(Object::ExternalId("shop/5".to_owned())), None),
        ]
    );
}

/// Problems stand beside an ok, with or without the plan.
#[test]
fn an_ok_may_describe_problems() {
    let answer = answer::<Del>(
        "<packet><service-plan><del>\
         <result><status>ok</status><id>31</id><problems>2 subscriptions are out of sync</problems></result>\
         <result><status>ok</status><problems>no backup was made</problems></result>\
         </del></service-plan></packet>",
    );
    assert_eq!(
        succeeded(answer),
        [
            (Some(id(31)), Some("2 subscriptions are out of sync".to_owned())),
            (None, Some("no backup was made".to_owned())),
        ]
    );
}

#[test]
fn an_error_names_the_plan_and_may_describe_problems() {
    let faults: Vec<_> = answer::<Del>(
        "<packet><service-plan><del>\
         <result><status>error</status><errcode>1013</errcode><errtext>No plan 32</errtext><id>32</id></result>\
         <result><status>error</status><errcode>1023</errcode><errtext>In use</errtext>\
         <name>Gold</name><problems>5 subscriptions follow it</problems></result>\
         <result><status>error</status><errcode>1015</errcode><errtext>No owner mittler</errtext></result>\
         </del></service-plan></packet>",
    )
    .into_iter()
    .map(|outcome| outcome.unwrap_err())
    .map(|fault: Fault<DelResult>| (code(&fault), fault.body.object, fault.body.problems))
    .collect();
    assert_eq!(
        faults,
        [
            ((Some(1013), Some("No plan 32".to_owned())), Some(id(32)), None),
            (
                (Some(1023), Some("In use".to_owned())),
                Some(Object::Name("Gold".to_owned())),
                Some("5 subscriptions follow it".to_owned())
            ),
            ((Some(1015), Some("No owner mittler".to_owned())), None, None),
        ]
    );
}

#[test]
fn ok_and_error_mixed() {
    let outcomes: Vec<_> = answer::<Del>(
        "<packet><service-plan><del>\
         <result><status>error</status><errcode>1013</errcode><errtext>No plan 30</errtext><id>30</id></result>\
         <result><status>ok</status><id>31</id></result>\
         </del></service-plan></packet>",
    )
    .into_iter()
    .map(|outcome| outcome.map(|done| done.object).map_err(|fault| (code(&fault).0, fault.body.object)))
    .collect();
    assert_eq!(outcomes, [Err((Some(1013), Some(id(30)))), Ok(Some(id(31)))]);
}

/// Other operators have a `filter-id`; the results of this one do not. A server that sends it is
/// understood all the same.
#[test]
fn a_filter_id_is_not_part_of_the_structure() {
    let answer = lenient_answer::<Del>(
        "<packet><service-plan><del><result><status>ok</status><filter-id>31</filter-id><id>31</id></result></del></service-plan></packet>",
    );
    assert_eq!(succeeded(answer), [(Some(id(31)), None)]);
}

/// "Nothing matched" as a bare ok.
#[test]
fn a_bare_ok_is_success() {
    let answer =
        answer::<Del>("<packet><service-plan><del><result><status>ok</status></result></del></service-plan></packet>");
    assert_eq!(succeeded(answer), [(None, None)]);
}

/// "Nothing matched" as an empty operation element, which the structure does not allow here.
#[test]
fn an_empty_element_is_an_answer_without_objects() {
    assert!(lenient_answer::<Del>("<packet><service-plan><del/></service-plan></packet>").is_empty());
}

#[test]
fn what_deletions_by_different_values_do() {
    let by = |filter| {
        let del = Del::new(filter);
        (del.effect(), del.idempotency())
    };
    assert_eq!(by(Filter::id(31)), (Effect::Delete, Idempotency::IdempotentDelete));
    assert_eq!(by(Filter::guid("aa-1")), (Effect::Delete, Idempotency::IdempotentDelete));
    assert_eq!(by(Filter::name("Gold")), (Effect::Delete, Idempotency::NotIdempotent));
}

fn id(id: u64) -> Object {
    Object::Id(id.into())
}

/// Plan and problems of each result, all of which succeeded.
#[track_caller]
fn succeeded(answer: Outcomes<DelResult>) -> Vec<(Option<Object>, Option<String>)> {
    answer.all_ok().expect("successes").into_iter().map(|done| (done.object, done.problems)).collect()
}
