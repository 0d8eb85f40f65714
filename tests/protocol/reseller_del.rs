//! `reseller/del`: deletes reseller accounts.

use plesk::reseller::{Del, Filter};
use plesk::{Effect, Idempotency, Operation};

use crate::support::{answer, assert_rejected, assert_sent, failed, lenient_answer, ok, summarize};

#[test]
fn del_one_id_is_sent() {
    assert_sent(
        Del::new(Filter::id(53)),
        "<packet><reseller><del><filter><id>53</id></filter></del></reseller></packet>",
    );
}

#[test]
fn del_one_login_is_sent() {
    assert_sent(
        Del::new(Filter::login("mittler")),
        "<packet><reseller><del><filter><login>mittler</login></filter></del></reseller></packet>",
    );
}

#[test]
fn del_several_values_of_each_kind_are_sent() {
    for (filter, inside) in [
        (Filter::ids([53, 59]), "<id>53</id><id>59</id>"),
        (Filter::logins(["mittler", "graf"]), "<login>mittler</login><login>graf</login>"),
        (Filter::guids(["bb-1", "bb-2"]), "<guid>bb-1</guid><guid>bb-2</guid>"),
        (Filter::external_ids(["x1", "x2"]), "<external-id>x1</external-id><external-id>x2</external-id>"),
    ] {
        assert_sent(
            Del::new(filter),
            &format!("<packet><reseller><del><filter>{inside}</filter></del></reseller></packet>"),
        );
    }
}

/// The protocol has two ways to select everything; each is an explicit variant.
#[test]
fn del_everything_is_all_or_an_empty_filter() {
    for (filter, inside) in
        [(Filter::Everything, "<filter><all/></filter>"), (Filter::EverythingByEmptyFilter, "<filter/>")]
    {
        let del = Del::new(filter);
        assert_eq!((del.effect(), del.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
        assert_sent(del, &format!("<packet><reseller><del>{inside}</del></reseller></packet>"));
    }
}

#[test]
fn del_two_kinds_of_value_in_one_filter_are_rejected() {
    for (inside, second) in [
        ("<id>53</id><login>mittler</login>", "login"),
        ("<all/><id>53</id>", "id"),
        ("<id>53</id><all/>", "all"),
        ("<all/><all/>", "all"),
    ] {
        let error =
            assert_rejected(&format!("<packet><reseller><del><filter>{inside}</filter></del></reseller></packet>"));
        assert_eq!(error.to_string(), format!("line 1: packet/reseller/del/filter: unexpected element <{second}>"));
    }
}

#[test]
fn del_one_result_is_read() {
    let answer = answer::<Del>(
        "<packet version=\"1.6.9.1\"><reseller><del>\
         <result><status>ok</status><filter-id>53</filter-id><id>53</id></result>\
         </del></reseller></packet>",
    );
    let single = answer.into_single().expect("one outcome").expect("a success");
    assert_eq!((single.filter_id.as_deref(), single.id.map(|id| id.get())), (Some("53"), Some(53)));
}

/// A sample of the documentation has two results with the same `filter-id`, which was not requested. The value is kept
/// and not compared with the request.
#[test]
fn del_results_with_unrelated_filter_ids_are_read() {
    let answer = answer::<Del>(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\"><reseller><del>\
         <result><status>ok</status><filter-id>59</filter-id><id>53</id></result>\
         <result><status>ok</status><filter-id>59</filter-id><id>59</id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(summarize(answer), [ok("59", 53), ok("59", 59)]);
}

#[test]
fn del_everything_results_are_read() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status><filter-id>61</filter-id><id>61</id></result>\
         <result><status>error</status><errcode>1006</errcode><errtext>Not yours</errtext><filter-id>67</filter-id><id>67</id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(answer.len(), 2);
    assert_eq!(summarize(answer), [ok("61", 61), failed(1006, "Not yours", "67", 67)]);
}

/// The documentation calls `filter-id` required. In the schema it is optional, and so are `errcode` and `errtext` in an
/// error.
#[test]
fn del_results_with_only_some_elements_are_read() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status><id>53</id></result>\
         <result><status>error</status><errcode>1013</errcode></result>\
         <result><status>error</status><errtext>Gone</errtext><filter-id>graf</filter-id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(summarize(answer), [ok(None, 53), failed(1013, None, None, None), failed(None, "Gone", "graf", None)]);
}

/// "Nothing matched" as a bare ok, and as an ok that repeats the filter.
#[test]
fn del_ok_without_an_id_is_a_success() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status></result>\
         <result><status>ok</status><filter-id>graf</filter-id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(summarize(answer), [ok(None, None), ok("graf", None)]);
}

/// `filter-id` may contain any text, and an empty one differs from an absent one.
#[test]
fn del_filter_id_is_kept_unchanged() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status><filter-id> gr&#xE4;f &amp; co </filter-id></result>\
         <result><status>ok</status><filter-id></filter-id></result>\
         <result><status>ok</status><filter-id/></result>\
         </del></reseller></packet>",
    );
    assert_eq!(summarize(answer), [ok(" gräf & co ", None), ok("", None), ok("", None)]);
}

/// "Nothing matched" as an empty operation element, which the schema does not allow here.
#[test]
fn del_empty_element_has_no_outcomes() {
    assert!(lenient_answer::<Del>("<packet><reseller><del/></reseller></packet>").is_empty());
}

/// The unreadable result keeps what could be read.
#[test]
fn del_unreadable_result_does_not_affect_the_others() {
    let outcomes: Vec<_> = lenient_answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status><filter-id>53</filter-id><id>53</id></result>\
         <result><status>ok</status><filter-id>graf</filter-id><id>fifty-nine</id></result>\
         <result><status>ok</status><filter-id>61</filter-id><id>61</id></result>\
         </del></reseller></packet>",
    )
    .into_iter()
    .collect();
    assert_eq!(outcomes[0].as_ref().unwrap().id.map(|id| id.get()), Some(53));
    assert_eq!(outcomes[2].as_ref().unwrap().id.map(|id| id.get()), Some(61));

    let fault = outcomes[1].as_ref().unwrap_err();
    assert_eq!(fault.body.filter_id.as_deref(), Some("graf"));
    assert_eq!(
        fault.unreadable.as_ref().expect("an error").to_string(),
        "line 1: packet/reseller[1]/del/result[2]/id: 'fifty-nine' is not an integer"
    );
}
