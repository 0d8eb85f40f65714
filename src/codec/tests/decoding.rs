//! Decoding replies.

use plesk_wire::xml::ReadErrorKind;

use super::{Add, Get, OK, Other, Remove, Set, Walk, op, read, read_with, strict};
use crate::{Batch, Error};

#[test]
fn take_returns_the_own_reply_however_operators_are_grouped() {
    for body in [
        format!("<packet><tool><get>{OK}</get><set>{OK}{OK}</set></tool><plug><get>{OK}{OK}{OK}</get></plug></packet>"),
        format!(
            "<packet><tool><get>{OK}</get></tool><tool><set>{OK}{OK}</set></tool><plug><get>{OK}{OK}{OK}</get></plug></packet>"
        ),
    ] {
        let mut batch = Batch::new();
        let (get, set, other) = (batch.push(op(Get)), batch.push(op(Set)), batch.push(op(Other)));
        let response = read_with(&strict(), &batch, &body).unwrap();
        assert_eq!(response.take(other).unwrap().len(), 3);
        assert_eq!(response.take(get).unwrap().len(), 1);
        assert_eq!(response.take(set).unwrap().len(), 2);
    }
}

#[test]
fn take_finds_nested_replies_in_one_or_several_elements() {
    for body in [
        format!("<packet><mail><update><add>{OK}</add><remove>{OK}{OK}</remove></update></mail></packet>"),
        format!(
            "<packet><mail><update><add>{OK}</add></update><update><remove>{OK}{OK}</remove></update></mail></packet>"
        ),
    ] {
        let mut batch = Batch::new();
        let (add, remove) = (batch.push(op(Add)), batch.push(op(Remove)));
        let response = read_with(&strict(), &batch, &body).unwrap();
        assert_eq!(response.take(add).unwrap().len(), 1);
        assert_eq!(response.take(remove).unwrap().len(), 2);
    }
}

#[test]
fn decode_joins_several_elements_of_a_repeating_operation() {
    let mut batch = Batch::new();
    let (walk, set) = (batch.push(op(Walk)), batch.push(op(Set)));
    let response =
        read(&batch, &format!("<packet><tool><walk>{OK}</walk><walk>{OK}{OK}</walk><set>{OK}</set></tool></packet>"))
            .unwrap();
    assert_eq!(response.take(walk).unwrap().len(), 3);
    assert_eq!(response.take(set).unwrap().len(), 1);
}

#[test]
fn take_unreadable_reply_fails_alone() {
    let mut batch = Batch::new();
    let (get, first, second) = (batch.push(op(Other)), batch.push(op(Set)), batch.push(op(Set)));
    let response = read(
        &batch,
        &format!("<packet><plug><get>{OK}</get></plug><tool>\n<set><nothing/></set><set>{OK}</set></tool></packet>"),
    );
    let response = response.unwrap();
    assert_eq!(response.take(get).unwrap().len(), 1);
    assert_eq!(response.take(second).unwrap().len(), 1);
    let error = response.take(first).unwrap_err();
    assert!(
        matches!(&error, Error::Unreadable { source, .. } if source.path() == "packet/tool[1]/set" && source.line() == 2),
        "{error}"
    );
}

#[test]
fn take_unreadable_result_becomes_one_fault() {
    let mut batch = Batch::new();
    let set = batch.push(op(Set));
    let body = format!("<packet><tool><set>{OK}<result><errcode>5</errcode></result>{OK}</set></tool></packet>");
    let outcomes: Vec<_> = read(&batch, &body).unwrap().take(set).unwrap().into_iter().collect();
    assert!(matches!(&outcomes[..], [Ok(()), Err(fault), Ok(())] if fault.unreadable.is_some()));
}

#[test]
fn decode_empty_element_is_valid_only_if_no_match_is_possible() {
    for empty in ["<get/>", "<get></get>", "<get> <!-- none --> </get>"] {
        let mut batch = Batch::new();
        let get = batch.push(op(Get));
        let body = format!("<packet><tool>{empty}</tool></packet>");
        assert!(read(&batch, &body).unwrap().take(get).unwrap().is_empty(), "{empty}");
        let error = read_with(&strict(), &batch, &body).unwrap_err();
        let Error::Malformed { source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(source.kind(), &ReadErrorKind::Missing("result"));
    }
    let mut batch = Batch::new();
    let set = batch.push(op(Set));
    let response = read(&batch, "<packet><tool><set/></tool></packet>").unwrap();
    assert!(matches!(response.take(set), Err(Error::Unreadable { .. })));
}

#[test]
fn decode_skips_and_counts_unrequested_content() {
    let mut batch = Batch::new();
    let set = batch.push(op(Set));
    let body = format!(
        "<packet version=\"1.7\" new=\"1\"><news><a/></news><tool><get/><set>{OK}</set><new><set/></new></tool><plug/><output>warning: &lt;x></output></packet>"
    );
    let response = read(&batch, &body).unwrap();
    assert_eq!(response.skipped(), 5, "four elements and an attribute");
    assert_eq!(response.version(), Some("1.7"));
    assert_eq!(response.output(), Some("warning: <x>"));
    assert_eq!(response.take(set).unwrap().len(), 1);
}
