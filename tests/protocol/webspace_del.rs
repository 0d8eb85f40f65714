//! `webspace/del`: deletes subscriptions.

use plesk::webspace::{Del, Filter, Requests};
use plesk::{Batch, Effect, Idempotency, Operation, request};

use crate::support::{answer, assert_batch, assert_packet, assert_refused, assert_sent, failed, ok, seen};

#[test]
fn by_name() {
    assert_sent(
        Del::new(Filter::names(["kirche.example", "see.example"])),
        "<packet><webspace><del><filter><name>kirche.example</name><name>see.example</name></filter></del></webspace></packet>",
    );
}

#[test]
fn every_other_kind_of_value() {
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
fn ids_and_names_in_two_sections() {
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
fn owners_by_login_and_by_id_in_two_sections() {
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
fn everything_is_an_empty_filter() {
    let everything = Del::new(Filter::Everything);
    assert_eq!((everything.effect(), everything.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
    assert_sent(everything, "<packet><webspace><del><filter/></del></webspace></packet>");
}

/// The document's second invalid packet, with our values; and the owners, of which it says that
/// they cannot be mixed either.
#[test]
fn two_kinds_of_value_in_one_filter_are_refused() {
    for (inside, second) in [
        ("<id>88</id><name>see.example</name>", "name"),
        ("<id>88</id><id>89</id><name>see.example</name>", "name"),
        ("<owner-login>edgar</owner-login><owner-id>21</owner-id>", "owner-id"),
    ] {
        let error =
            assert_refused(&format!("<packet><webspace><del><filter>{inside}</filter></del></webspace></packet>"));
        assert_eq!(error.to_string(), format!("line 1: packet/webspace/del/filter: unexpected element <{second}>"));
    }
}

#[test]
fn an_ok_with_filter_id_and_id_for_each() {
    let answer = answer::<Del>(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\">\n  <webspace>\n    <del>\n\
         <result>\n<status>ok</status>\n<filter-id>kirche.example</filter-id>\n<id>88</id>\n</result>\n\
         <result>\n<status>ok</status>\n<filter-id>see.example</filter-id>\n<id>93</id>\n</result>\n\
         </del>\n  </webspace>\n</packet>",
    );
    assert_eq!(seen(answer), [ok("kirche.example", 88), ok("see.example", 93)]);
}

/// The document calls `filter-id` optional and always present in one sentence. It is optional.
#[test]
fn a_result_may_lack_its_filter_id() {
    let answer = answer::<Del>(
        "<packet><webspace><del><result><status>ok</status><id>88</id></result></del></webspace></packet>",
    );
    assert_eq!(seen(answer), [ok(None, 88)]);
}

#[test]
fn ok_and_error_mixed() {
    let answer = answer::<Del>(
        "<packet><webspace><del>\
         <result><status>error</status><errcode>1013</errcode><errtext>No see.example</errtext><filter-id>see.example</filter-id></result>\
         <result><status>ok</status><filter-id>kirche.example</filter-id><id>88</id></result>\
         <result><status>error</status><errcode>1023</errcode><errtext>Busy</errtext></result>\
         </del></webspace></packet>",
    );
    assert_eq!(
        seen(answer),
        [
            failed(1013, "No see.example", "see.example", None),
            ok("kirche.example", 88),
            failed(1023, "Busy", None, None),
        ]
    );
}

/// Here, and among the deletions only here, the structure itself allows an answer without a result:
/// "nothing matched" as an empty operation element.
#[test]
fn an_empty_element_is_an_answer_without_objects() {
    for xml in ["<packet><webspace><del/></webspace></packet>", "<packet><webspace><del></del></webspace></packet>"] {
        let answer = answer::<Del>(xml);
        assert!(answer.is_empty());
        assert_eq!(answer.all_ok().unwrap(), []);
    }
}

/// "Nothing matched" as a bare ok, and as an ok that repeats the filter.
#[test]
fn an_ok_without_an_id_is_success() {
    let answer = answer::<Del>(
        "<packet><webspace><del>\
         <result><status>ok</status></result>\
         <result><status>ok</status><filter-id>see.example</filter-id></result>\
         </del></webspace></packet>",
    );
    assert_eq!(seen(answer), [ok(None, None), ok("see.example", None)]);
}
