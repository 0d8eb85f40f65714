//! `reseller/del`: deletes reseller accounts.

use plesk::reseller::{Del, Filter};
use plesk::{Effect, Idempotency, Operation};

use crate::support::{answer, assert_refused, assert_sent, failed, lenient_answer, ok, seen};

#[test]
fn one_id() {
    assert_sent(
        Del::new(Filter::id(53)),
        "<packet><reseller><del><filter><id>53</id></filter></del></reseller></packet>",
    );
}

#[test]
fn one_login() {
    assert_sent(
        Del::new(Filter::login("mittler")),
        "<packet><reseller><del><filter><login>mittler</login></filter></del></reseller></packet>",
    );
}

#[test]
fn several_values_of_each_kind() {
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

/// The protocol has two ways to say everything, and both are said loudly.
#[test]
fn everything_is_all_or_an_empty_filter() {
    for (filter, inside) in
        [(Filter::Everything, "<filter><all/></filter>"), (Filter::EverythingByEmptyFilter, "<filter/>")]
    {
        let del = Del::new(filter);
        assert_eq!((del.effect(), del.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
        assert_sent(del, &format!("<packet><reseller><del>{inside}</del></reseller></packet>"));
    }
}

#[test]
fn two_kinds_of_value_in_one_filter_are_refused() {
    for (inside, second) in [
        ("<id>53</id><login>mittler</login>", "login"),
        ("<all/><id>53</id>", "id"),
        ("<id>53</id><all/>", "all"),
        ("<all/><all/>", "all"),
    ] {
        let error =
            assert_refused(&format!("<packet><reseller><del><filter>{inside}</filter></del></reseller></packet>"));
        assert_eq!(error.to_string(), format!("line 1: packet/reseller/del/filter: unexpected element <{second}>"));
    }
}

#[test]
fn one_result() {
    let answer = answer::<Del>(
        "<packet version=\"1.6.9.1\"><reseller><del>\
         <result><status>ok</status><filter-id>53</filter-id><id>53</id></result>\
         </del></reseller></packet>",
    );
    let single = answer.into_single().expect("one outcome").expect("a success");
    assert_eq!((single.filter_id.as_deref(), single.id.map(|id| id.get())), (Some("53"), Some(53)));
}

/// A sample in the document gives two results the same `filter-id`, which is not what was asked for.
/// Whatever the server repeats is kept, and is not held against the request.
#[test]
fn several_results_whose_filter_ids_do_not_fit() {
    let answer = answer::<Del>(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\"><reseller><del>\
         <result><status>ok</status><filter-id>59</filter-id><id>53</id></result>\
         <result><status>ok</status><filter-id>59</filter-id><id>59</id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(seen(answer), [ok("59", 53), ok("59", 59)]);
}

#[test]
fn results_of_everything() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status><filter-id>61</filter-id><id>61</id></result>\
         <result><status>error</status><errcode>1006</errcode><errtext>Not yours</errtext><filter-id>67</filter-id><id>67</id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(answer.len(), 2);
    assert_eq!(seen(answer), [ok("61", 61), failed(1006, "Not yours", "67", 67)]);
}

/// The document calls `filter-id` required. The structure does not, nor are `errcode` and `errtext`
/// required in an error.
#[test]
fn every_part_of_a_result_but_the_status_is_optional() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status><id>53</id></result>\
         <result><status>error</status><errcode>1013</errcode></result>\
         <result><status>error</status><errtext>Gone</errtext><filter-id>graf</filter-id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(seen(answer), [ok(None, 53), failed(1013, None, None, None), failed(None, "Gone", "graf", None)]);
}

/// "Nothing matched" as a bare ok, and as an ok that repeats the filter.
#[test]
fn an_ok_without_an_id_is_success() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status></result>\
         <result><status>ok</status><filter-id>graf</filter-id></result>\
         </del></reseller></packet>",
    );
    assert_eq!(seen(answer), [ok(None, None), ok("graf", None)]);
}

/// `filter-id` may hold any text at all, and an empty one is not an absent one.
#[test]
fn the_filter_id_is_kept_as_it_is() {
    let answer = answer::<Del>(
        "<packet><reseller><del>\
         <result><status>ok</status><filter-id> gr&#xE4;f &amp; co </filter-id></result>\
         <result><status>ok</status><filter-id></filter-id></result>\
         <result><status>ok</status><filter-id/></result>\
         </del></reseller></packet>",
    );
    assert_eq!(seen(answer), [ok(" gräf & co ", None), ok("", None), ok("", None)]);
}

/// "Nothing matched" as an empty operation element, which the structure does not allow here.
#[test]
fn an_empty_element_is_an_answer_without_objects() {
    assert!(lenient_answer::<Del>("<packet><reseller><del/></reseller></packet>").is_empty());
}

/// One result that cannot be read leaves the others alone, and keeps what it can.
#[test]
fn an_unreadable_result_does_not_spoil_the_others() {
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
        fault.to_string(),
        "the result could not be read: line 1: packet/reseller[1]/del/result[2]/id: 'fifty-nine' is not an integer"
    );
}
