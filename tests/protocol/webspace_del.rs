//! `webspace/del`: deletes subscriptions.

use plesk::webspace::{Del, Filter, Requests};
use plesk::{Batch, Effect, Idempotency, Operation, request};

use crate::support::{answer, assert_batch, assert_packet, assert_rejected, assert_sent, failed, ok, summarize};

#[test]
fn del_several_names_are_sent() {
    assert_sent(
        Del::new(Filter::names(["kirche.example", "see.example"])),
        "<packet><webspace><del><filter><name>kirche.example</name><name>see.example</name></filter></del></webspace></packet>",
    );
}

#[test]
fn del_sends_every_other_kind_of_value() {
    for (filter, inside) in [
        (Filter::id(88), "<id>88</id>"),
        (Filter::owner_ids([21, 22]), "<owner-id>21</owner-id><owner-id>22</owner-id>"),
        (Filter::owner_login("edgar"), "<owner-login>edgar</owner-login>"),
        (Filter::guid("cc-1"), "<guid>cc-1</guid>"),
        (Filter::owner_guid("dd-1"), "<owner-guid>dd-1</owner-guid>"),
        (Filter::external_id("s1"), "<external-id>s1</external-id>"),
        (
            Filter::owner_external_ids(["o1", "o2"]),
            "<owner-external-id>o1</owner-external-id><owner-external-id>o2</owner-external-id>",
        ),
    ] {
        assert_sent(
            Del::new(filter),
            &format!("<packet><webspace><del><filter>{inside}</filter></del></webspace></packet>"),
        );
    }
}

#[test]
fn del_ids_and_names_in_two_operations_is_sent() {
    let mut batch = Batch::new();
    let _ = batch.push(Del::new(Filter::ids([88, 89])));
    let _ = batch.push(Del::new(Filter::names(["kirche.example", "see.example"])));
    assert_batch(
        &batch,
        "<packet><webspace>\
         <del><filter><id>88</id><id>89</id></filter></del>\
         <del><filter><name>kirche.example</name><name>see.example</name></filter></del>\
         </webspace></packet>",
    );
}

#[test]
fn del_owner_logins_and_ids_in_two_operations_is_sent() {
    let sections = Requests::new()
        .del(Del::new(Filter::owner_logins(["edgar", "ottilie"])))
        .del(Del::new(Filter::owner_ids([21, 22])));
    assert_packet(
        &request::Packet::new().webspace(sections),
        "<packet><webspace>\
         <del><filter><owner-login>edgar</owner-login><owner-login>ottilie</owner-login></filter></del>\
         <del><filter><owner-id>21</owner-id><owner-id>22</owner-id></filter></del>\
         </webspace></packet>",
    );
}

#[test]
fn del_everything_is_an_empty_filter() {
    let everything = Del::new(Filter::Everything);
    assert_eq!((everything.effect(), everything.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
    assert_sent(everything, "<packet><webspace><del><filter/></del></webspace></packet>");
}

/// The second invalid packet of the documentation, with our own values; and owners, which cannot be mixed either.
#[test]
fn del_two_kinds_of_value_in_one_filter_are_rejected() {
    for (inside, second) in [
        ("<id>88</id><name>see.example</name>", "name"),
        ("<id>88</id><id>89</id><name>see.example</name>", "name"),
        ("<owner-login>edgar</owner-login><owner-id>21</owner-id>", "owner-id"),
    ] {
        let error =
            assert_rejected(&format!("<packet><webspace><del><filter>{inside}</filter></del></webspace></packet>"));
        assert_eq!(error.to_string(), format!("line 1: packet/webspace/del/filter: unexpected element <{second}>"));
    }
}

#[test]
fn del_results_with_filter_id_and_id_are_read() {
    let answer = answer::<Del>(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\">\n  <webspace>\n    <del>\n\
         <result>\n<status>ok</status>\n<filter-id>kirche.example</filter-id>\n<id>88</id>\n</result>\n\
         <result>\n<status>ok</status>\n<filter-id>see.example</filter-id>\n<id>93</id>\n</result>\n\
         </del>\n  </webspace>\n</packet>",
    );
    assert_eq!(summarize(answer), [ok("kirche.example", 88), ok("see.example", 93)]);
}

/// The documentation calls `filter-id` both optional and always present. It is optional.
#[test]
fn del_result_without_filter_id_is_read() {
    let answer = answer::<Del>(
        "<packet><webspace><del><result><status>ok</status><id>88</id></result></del></webspace></packet>",
    );
    assert_eq!(summarize(answer), [ok(None, 88)]);
}

#[test]
fn del_mixed_results_are_read() {
    let answer = answer::<Del>(
        "<packet><webspace><del>\
         <result><status>error</status><errcode>1013</errcode><errtext>No see.example</errtext><filter-id>see.example</filter-id></result>\
         <result><status>ok</status><filter-id>kirche.example</filter-id><id>88</id></result>\
         <result><status>error</status><errcode>1023</errcode><errtext>Busy</errtext></result>\
         </del></webspace></packet>",
    );
    assert_eq!(
        summarize(answer),
        [
            failed(1013, "No see.example", "see.example", None),
            ok("kirche.example", 88),
            failed(1023, "Busy", None, None),
        ]
    );
}

/// "Nothing matched" as an empty operation element. Among the deletions, only this one allows it in the schema.
#[test]
fn del_empty_element_has_no_outcomes() {
    for xml in ["<packet><webspace><del/></webspace></packet>", "<packet><webspace><del></del></webspace></packet>"] {
        let answer = answer::<Del>(xml);
        assert!(answer.is_empty());
        assert_eq!(answer.all_ok().unwrap(), []);
    }
}

/// "Nothing matched" as a bare ok, and as an ok that repeats the filter.
#[test]
fn del_ok_without_an_id_is_a_success() {
    let answer = answer::<Del>(
        "<packet><webspace><del>\
         <result><status>ok</status></result>\
         <result><status>ok</status><filter-id>see.example</filter-id></result>\
         </del></webspace></packet>",
    );
    assert_eq!(summarize(answer), [ok(None, None), ok("see.example", None)]);
}
