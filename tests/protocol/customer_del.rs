//! `customer/del`: deletes customer accounts.

use plesk::{Batch, Effect, ErrorCode, Idempotency, NonEmpty, Operation, customer};

use crate::support::{answer, assert_batch, assert_rejected, assert_sent, failed, lenient_answer, ok, summarize};

#[test]
fn del_one_id_is_sent() {
    assert_sent(
        customer::Del::new(customer::Filter::id(4711)),
        "<packet><customer><del><filter><id>4711</id></filter></del></customer></packet>",
    );
}

#[test]
fn del_several_ids_are_sent() {
    assert_sent(
        customer::Del::new(customer::Filter::ids([4711, 4712])),
        "<packet><customer><del><filter><id>4711</id><id>4712</id></filter></del></customer></packet>",
    );
}

#[test]
fn del_several_logins_are_sent() {
    assert_sent(
        customer::Del::new(customer::Filter::logins(["ottilie", "edgar"])),
        "<packet><customer><del><filter><login>ottilie</login><login>edgar</login></filter></del></customer></packet>",
    );
}

#[test]
fn del_sends_every_other_kind_of_value() {
    for (filter, inside) in [
        (customer::Filter::owner_id(1), "<owner-id>1</owner-id>"),
        (customer::Filter::owner_ids([1, 35]), "<owner-id>1</owner-id><owner-id>35</owner-id>"),
        (customer::Filter::owner_login("admin"), "<owner-login>admin</owner-login>"),
        (customer::Filter::guid("0a1b-2c"), "<guid>0a1b-2c</guid>"),
        (customer::Filter::external_id("crm:77"), "<external-id>crm:77</external-id>"),
    ] {
        assert_sent(
            customer::Del::new(filter),
            &format!("<packet><customer><del><filter>{inside}</filter></del></customer></packet>"),
        );
    }
}

#[test]
fn del_sends_a_list_made_at_run_time() {
    let logins: Vec<String> = ["ottilie", "edgar", "luciane"].map(String::from).into();
    assert_sent(
        customer::Del::new(customer::Filter::logins(NonEmpty::try_from(logins).unwrap())),
        "<packet><customer><del><filter>\
         <login>ottilie</login><login>edgar</login><login>luciane</login>\
         </filter></del></customer></packet>",
    );
}

#[test]
fn del_everything_is_an_empty_filter() {
    let everything = customer::Del::new(customer::Filter::Everything);
    assert_eq!((everything.effect(), everything.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
    assert_sent(everything, "<packet><customer><del><filter/></del></customer></packet>");
}

/// The first invalid packet of the documentation, with our own values: two kinds of value in one filter.
#[test]
fn del_id_and_login_in_one_filter_is_rejected() {
    let error = assert_rejected(
        "<packet><customer><del><filter><id>4711</id><login>edgar</login></filter></del></customer></packet>",
    );
    assert_eq!(error.to_string(), "line 1: packet/customer/del/filter: unexpected element <login>");
}

/// The solution of the documentation: two `del` elements.
#[test]
fn del_id_and_login_in_two_operations_is_sent() {
    let mut batch = Batch::new();
    let _ = batch.push(customer::Del::new(customer::Filter::id(4711)));
    let _ = batch.push(customer::Del::new(customer::Filter::login("edgar")));
    assert_batch(
        &batch,
        "<packet><customer>\
         <del><filter><id>4711</id></filter></del>\
         <del><filter><login>edgar</login></filter></del>\
         </customer></packet>",
    );
}

#[test]
fn del_without_a_filter_is_rejected() {
    let error = assert_rejected("<packet><customer><del/></customer></packet>");
    assert_eq!(error.to_string(), "line 1: packet/customer/del: <filter> is missing");
}

/// The sample response of the documentation, without `filter-id`.
#[test]
fn del_results_with_ids_are_read() {
    let answer = answer::<customer::Del>(
        "<packet><customer><del>\
         <result><status>ok</status><id>4711</id></result>\
         <result><status>ok</status><id>4712</id></result>\
         </del></customer></packet>",
    );
    assert_eq!(summarize(answer), [ok(None, 4711), ok(None, 4712)]);
}

/// The documentation names `resultType` as the type of the result, but lists `filter-id` and `id`, which only
/// `resultFilterType` has. The schema uses the latter.
#[test]
fn del_result_with_filter_id_and_id_is_read() {
    let answer = answer::<customer::Del>(
        "<packet><customer><del>\
         <result><status>ok</status><filter-id>ottilie</filter-id><id>4711</id></result>\
         <result><status>ok</status><filter-id>4712</filter-id><id>4712</id></result>\
         </del></customer></packet>",
    );
    assert_eq!(summarize(answer), [ok("ottilie", 4711), ok("4712", 4712)]);
}

#[test]
fn del_mixed_results_are_read() {
    let answer = answer::<customer::Del>(
        "<packet version=\"1.6.9.1\"><customer><del>\
         <result><status>ok</status><filter-id>4711</filter-id><id>4711</id></result>\
         <result><status>error</status><errcode>1013</errcode><errtext>No such customer</errtext>\
         <filter-id>4712</filter-id><id>4712</id></result>\
         <result><status>error</status><errcode>1013</errcode><errtext>No such customer</errtext>\
         <filter-id>edgar</filter-id></result>\
         </del></customer></packet>",
    );
    assert_eq!(answer.len(), 3);
    let faults: Vec<_> = answer.clone().faults().map(|fault| (fault.code, fault.body.filter_id)).collect();
    assert_eq!(
        faults,
        [(Some(ErrorCode::NOT_FOUND), Some("4712".to_owned())), (Some(ErrorCode::NOT_FOUND), Some("edgar".to_owned()))]
    );
    assert_eq!(answer.clone().all_ok().unwrap_err().body.filter_id.as_deref(), Some("4712"));
    assert_eq!(
        summarize(answer),
        [
            ok("4711", 4711),
            failed(1013, "No such customer", "4712", 4712),
            failed(1013, "No such customer", "edgar", None),
        ]
    );
}

#[test]
fn del_error_with_only_a_status_is_read() {
    let answer = answer::<customer::Del>(
        "<packet><customer><del><result><status>error</status></result></del></customer></packet>",
    );
    assert_eq!(summarize(answer), [failed(None, None, None, None)]);
}

/// "Nothing matched" as a bare ok. A deletion with status ok is a success, with or without an object.
#[test]
fn del_bare_ok_is_a_success() {
    let answer = answer::<customer::Del>(
        "<packet><customer><del><result><status>ok</status></result></del></customer></packet>",
    );
    assert_eq!(answer.clone().all_ok().unwrap().len(), 1);
    assert_eq!(summarize(answer), [ok(None, None)]);
}

/// "Nothing matched" as an ok that repeats the filter.
#[test]
fn del_ok_with_only_a_filter_id_is_a_success() {
    let answer = answer::<customer::Del>(
        "<packet><customer><del><result><status>ok</status><filter-id>edgar</filter-id></result></del></customer></packet>",
    );
    assert_eq!(summarize(answer), [ok("edgar", None)]);
}

/// "Nothing matched" as an empty operation element, which the schema does not allow here.
#[test]
fn del_empty_element_has_no_outcomes() {
    for xml in [
        "<packet><customer><del/></customer></packet>",
        "<packet><customer><del></del></customer></packet>",
        "<packet>\n <customer>\n  <del>\n  </del>\n </customer>\n</packet>",
    ] {
        assert_eq!(summarize(lenient_answer::<customer::Del>(xml)), []);
    }
}

#[test]
fn del_idempotency_depends_on_the_filter() {
    let by = |filter| {
        let del = customer::Del::new(filter);
        (del.effect(), del.idempotency())
    };
    assert_eq!(by(customer::Filter::id(7)), (Effect::Delete, Idempotency::IdempotentDelete));
    assert_eq!(by(customer::Filter::guid("0a1b")), (Effect::Delete, Idempotency::IdempotentDelete));
    // In the meantime, the login may belong to a different customer.
    assert_eq!(by(customer::Filter::login("edgar")), (Effect::Delete, Idempotency::NotIdempotent));
    assert_eq!(by(customer::Filter::owner_id(1)), (Effect::Delete, Idempotency::NotIdempotent));
}
