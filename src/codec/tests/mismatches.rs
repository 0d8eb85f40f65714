//! Missing, surplus and ambiguous replies, and refusals of the whole packet.

use super::{Get, OK, Other, Set, Walk, op, read, read_with, strict};
use crate::codec::CodecOptions;
use crate::{Batch, Error};

#[test]
fn take_missing_reply_lists_requested_and_answered_operations() {
    let mut batch = Batch::new();
    let (set, other) = (batch.push(op(Set)), batch.push(op(Other)));
    let response = read(&batch, &format!("<packet><tool><set>{OK}</set></tool></packet>")).unwrap();
    assert_eq!(response.take(set).unwrap().len(), 1);
    let error = response.take(other).unwrap_err();
    assert!(error.to_string().contains("requested: tool/set, plug/get; answered: tool/set"), "{error}");
}

#[test]
fn decode_without_any_requested_operation_fails() {
    let mut batch = Batch::new();
    let _ = batch.push(op(Set));
    for (body, answered) in [
        ("<packet/>", "answered: nothing"),
        ("<packet><tool/></packet>", "answered: nothing"),
        ("<packet><plug><get/></plug></packet>", "answered: plug"),
    ] {
        let error = read(&batch, body).unwrap_err();
        assert!(matches!(error, Error::Mismatch(_)) && error.to_string().contains(answered), "{error}");
    }
}

#[test]
fn decode_out_of_sync_keeps_only_the_replies_before() {
    // The reply to `plug/get` is missing; the replies after it are not guessed.
    let mut batch = Batch::new();
    let (get, other, set) = (batch.push(op(Get)), batch.push(op(Other)), batch.push(op(Set)));
    let response = read(&batch, &format!("<packet><tool><get>{OK}</get><set>{OK}</set></tool></packet>")).unwrap();
    assert_eq!(response.take(get).unwrap().len(), 1);
    assert!(matches!(response.take(other), Err(Error::Mismatch(_))));
    assert!(matches!(response.take(set), Err(Error::Mismatch(_))));
}

#[test]
fn decode_one_reply_for_two_equal_paths_is_ambiguous_for_both() {
    // It is ambiguous whether the first or the second was answered, with or without a reply to the last.
    for rest in [String::new(), format!("<set>{OK}</set>")] {
        let mut batch = Batch::new();
        let before = batch.push(op(Other));
        let (first, second, last) = (batch.push(op(Get)), batch.push(op(Get)), batch.push(op(Set)));
        let body = format!("<packet><plug><get>{OK}</get></plug><tool><get>{OK}</get>{rest}</tool></packet>");
        let response = read(&batch, &body).unwrap();
        assert_eq!(response.take(before).unwrap().len(), 1);
        for handle in [first, second] {
            assert!(matches!(response.take(handle), Err(Error::Mismatch(_))), "{body}");
        }
        assert!(matches!(response.take(last), Err(Error::Mismatch(_))), "{body}");
    }
}

#[test]
fn decode_surplus_reply_makes_its_path_ambiguous() {
    let mut batch = Batch::new();
    let (get, set) = (batch.push(op(Get)), batch.push(op(Set)));
    let response =
        read(&batch, &format!("<packet><tool><get>{OK}</get><set>{OK}</set><set>{OK}</set></tool></packet>")).unwrap();
    assert_eq!(response.take(get).unwrap().len(), 1);
    assert!(matches!(response.take(set), Err(Error::Mismatch(_))));
}

#[test]
fn decode_surplus_elements_of_two_repeating_operations_are_ambiguous() {
    let mut batch = Batch::new();
    let (first, second) = (batch.push(op(Walk)), batch.push(op(Walk)));
    let walk = format!("<walk>{OK}</walk>");
    let response = read(&batch, &format!("<packet><tool>{walk}{walk}</tool></packet>")).unwrap();
    assert_eq!(response.take(first).unwrap().len(), 1);
    assert_eq!(response.take(second).unwrap().len(), 1);

    let mut batch = Batch::new();
    let _ = (batch.push(op(Walk)), batch.push(op(Walk)));
    assert!(matches!(
        read(&batch, &format!("<packet><tool>{walk}{walk}{walk}</tool></packet>")),
        Err(Error::Mismatch(_))
    ));
}

#[test]
fn decode_joined_reply_is_ambiguous_if_a_later_operation_has_the_same_path() {
    let request = || {
        let mut batch = Batch::new();
        let handles = (batch.push(op(Walk)), batch.push(op(Set)), batch.push(op(Walk)));
        (batch, handles)
    };
    let (walk, set) = (format!("<walk>{OK}</walk>"), format!("<set>{OK}</set>"));
    // The second is either a further element for the first operation or the reply to the third.
    let (batch, _) = request();
    let body = format!("<packet><tool>{walk}{walk}</tool></packet>");
    assert!(matches!(read(&batch, &body), Err(Error::Mismatch(_))));
    // A reply to the operation between them resolves the ambiguity.
    let (batch, (first, between, last)) = request();
    let response = read(&batch, &format!("<packet><tool>{walk}{walk}{set}{walk}</tool></packet>")).unwrap();
    assert_eq!(response.take(first).unwrap().len(), 2);
    assert_eq!(response.take(between).unwrap().len(), 1);
    assert_eq!(response.take(last).unwrap().len(), 1);
}

#[test]
fn take_with_a_handle_of_another_batch_fails() {
    let (mut batch, mut another) = (Batch::new(), Batch::new());
    let (_own, foreign) = (batch.push(op(Set)), another.push(op(Set)));
    let response = read(&batch, &format!("<packet><tool><set>{OK}</set></tool></packet>")).unwrap();
    assert!(matches!(response.take(foreign), Err(Error::ForeignHandle)));
}

#[test]
fn decode_system_error_fails_and_keeps_the_output() {
    let mut batch = Batch::new();
    let _ = batch.push(op(Set));
    let body = "<packet version=\"1.6.9.1\"><system><status>error</status><errcode>1001</errcode><errtext>no way</errtext></system><output>a trace</output></packet>";
    for options in [CodecOptions::default(), strict()] {
        let error = read_with(&options, &batch, body).unwrap_err();
        assert_eq!(error.code(), Some(crate::ErrorCode::AUTHENTICATION_FAILED));
        let Error::System(system) = &error else { panic!("{error}") };
        assert_eq!(system.output(), Some("a trace"));
        assert_eq!(
            error.to_string(),
            "the server refused the packet: error 1001: no way; check login and password, or the secret key"
        );
    }
}

#[test]
fn decode_system_error_keeps_the_replies_before_it() {
    let mut batch = Batch::new();
    let (set, other) = (batch.push(op(Set)), batch.push(op(Other)));
    let body = format!(
        "<packet><tool><set>{OK}</set></tool><system><status>error</status><errcode>1003</errcode></system></packet>"
    );
    let response = read(&batch, &body).unwrap();
    assert_eq!(response.take(set).unwrap().len(), 1);
    assert_eq!(response.take(other).unwrap_err().code(), Some(crate::ErrorCode::AGENT_INITIALIZATION_FAILED));
}
