//! `service-plan/del`: deletes service plans.

use plesk::service_plan::{Del, DelResult, Filter, Object, Owner};
use plesk::{Effect, Fault, Idempotency, Operation, Outcomes};

use crate::support::{answer, assert_rejected, assert_sent, code, lenient_answer};

#[test]
fn del_two_ids_with_owner_login_is_sent() {
    assert_sent(
        Del::new(Filter::ids([31, 32])).owner(Owner::owner_login("mittler")),
        "<packet><service-plan><del>\
         <filter><id>31</id><id>32</id></filter><owner-login>mittler</owner-login>\
         </del></service-plan></packet>",
    );
}

#[test]
fn del_with_owner_id_or_without_owner_is_sent() {
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
fn del_everything_of_an_owner_is_an_empty_filter() {
    let everything = Del::new(Filter::Everything).owner(Owner::owner_login("mittler"));
    assert_eq!((everything.effect(), everything.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
    assert_sent(
        everything,
        "<packet><service-plan><del><filter/><owner-login>mittler</owner-login></del></service-plan></packet>",
    );
}

/// The documentation lists both owners as optional elements of a sequence, in this order. The schema has a choice.
#[test]
fn del_two_owners_are_rejected() {
    let error = assert_rejected(
        "<packet><service-plan><del><filter><id>31</id></filter>\
         <owner-id>12</owner-id><owner-login>mittler</owner-login></del></service-plan></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/service-plan/del: unexpected element <owner-login>");
}

#[test]
fn del_owner_before_the_filter_is_rejected() {
    let error = assert_rejected(
        "<packet><service-plan><del><owner-login>mittler</owner-login><filter><id>31</id></filter></del></service-plan></packet>",
    );
    assert_eq!(
        error.to_string(),
        "line 1: packet/service-plan/del: unexpected element <owner-login>; expected <filter>"
    );
}

#[test]
fn del_two_kinds_of_value_in_one_filter_are_rejected() {
    let error = assert_rejected(
        "<packet><service-plan><del><filter><name>Gold</name><id>31</id></filter></del></service-plan></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/service-plan/del/filter: unexpected element <id>");
}

#[test]
fn del_results_with_ids_are_read() {
    let answer = answer::<Del>(
        "<packet version=\"1.6.9.1\"><service-plan><del>\
         <result><status>ok</status><id>31</id></result>\
         <result><status>ok</status><id>32</id></result>\
         </del></service-plan></packet>",
    );
    assert_eq!(succeeded(answer), [(Some(id(31)), None), (Some(id(32)), None)]);
}

/// The result repeats the filter value in an element of the same name. The documentation lists a sequence of the four
/// elements; the schema has a choice.
#[test]
fn del_results_name_the_plan_by_the_kind_of_the_filter() {
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

/// An ok may have problems, with or without the plan.
#[test]
fn del_ok_with_problems_is_read() {
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
fn del_error_with_plan_and_problems_is_read() {
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
fn del_mixed_results_are_read() {
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

/// Results of other operators have a `filter-id`, those of this one do not. It is accepted if a server sends it.
#[test]
fn del_unexpected_filter_id_is_skipped() {
    let answer = lenient_answer::<Del>(
        "<packet><service-plan><del><result><status>ok</status><filter-id>31</filter-id><id>31</id></result></del></service-plan></packet>",
    );
    assert_eq!(succeeded(answer), [(Some(id(31)), None)]);
}

/// "Nothing matched" as a bare ok.
#[test]
fn del_bare_ok_is_a_success() {
    let answer =
        answer::<Del>("<packet><service-plan><del><result><status>ok</status></result></del></service-plan></packet>");
    assert_eq!(succeeded(answer), [(None, None)]);
}

/// "Nothing matched" as an empty operation element, which the schema does not allow here.
#[test]
fn del_empty_element_has_no_outcomes() {
    assert!(lenient_answer::<Del>("<packet><service-plan><del/></service-plan></packet>").is_empty());
}

#[test]
fn del_idempotency_depends_on_the_filter() {
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

/// Returns plan and problems of each result, all of which must be successes.
#[track_caller]
fn succeeded(answer: Outcomes<DelResult>) -> Vec<(Option<Object>, Option<String>)> {
    answer.all_ok().expect("successes").into_iter().map(|done| (done.object, done.problems)).collect()
}
