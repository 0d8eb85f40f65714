//! `session/terminate`: closes one session.

use plesk::{Effect, ErrorCode, Idempotency, Operation, ReadErrorKind, request, response, session};
use plesk_wire::xml::Strictness;

use crate::support::{
    Packed, answer, assert_packet, assert_refused, assert_sent, code, lenient_answer, read, unreadable,
};

#[test]
fn a_session_id_is_sent() {
    assert_sent(
        session::Terminate::new("5d02c7e91f"),
        "<packet><session><terminate><session-id>5d02c7e91f</session-id></terminate></session></packet>",
    );
}

#[test]
fn two_sessions_in_one_operator_element() {
    let two = session::Requests::new()
        .terminate(session::Terminate::new("5d02c7e91f"))
        .terminate(session::Terminate::new(String::from("00ff")));
    assert_packet(
        &request::Packet::new().version("1.6.9.1").session(two),
        "<packet version=\"1.6.9.1\"><session>\
         <terminate><session-id>5d02c7e91f</session-id></terminate>\
         <terminate><session-id>00ff</session-id></terminate>\
         </session></packet>",
    );
}

/// One document shows `<termination>` in the skeleton of the packet and `<terminate>` in the sample.
/// The structure knows `terminate` alone.
#[test]
fn the_element_is_not_called_termination() {
    let error = assert_refused(
        "<packet version=\"1.5.0.0\"><session><termination><session-id>5d02c7e91f</session-id></termination></session></packet>",
    );
    assert_eq!(
        error.to_string(),
        "line 1: packet/session: unexpected element <termination>; expected one of <get>, <terminate>"
    );
}

#[test]
fn a_packet_without_a_session_id_is_refused() {
    let error = assert_refused("<packet><session><terminate/></session></packet>");
    assert_eq!(error.to_string(), "line 1: packet/session/terminate: <session-id> is missing");
}

#[test]
fn a_bare_ok_is_success() {
    let answer = answer::<session::Terminate>(
        "<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>",
    );
    assert_eq!(answer, Ok(()));
}

#[test]
fn an_indented_answer_with_declaration_and_version_is_the_same() {
    let answer = answer::<session::Terminate>(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<packet version=\"1.6.9.1\">
  <session>
    <terminate>
      <result>
        <status>ok</status>
      </result>
    </terminate>
  </session>
</packet>
",
    );
    assert_eq!(answer, Ok(()));
}

#[test]
fn a_session_that_is_not_there_is_a_fault() {
    let fault = answer::<session::Terminate>(
        "<packet><session><terminate><result>\
         <status>error</status><errcode>1013</errcode><errtext>There is no session 5d02</errtext>\
         </result></terminate></session></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&fault), (Some(1013), Some("There is no session 5d02".to_owned())));
    assert!(fault.code.is_some_and(ErrorCode::is_not_found));
    assert_eq!(fault.to_string(), "error 1013: There is no session 5d02");
}

/// Documents call `errcode` and `errtext` optional, and so does the structure.
#[test]
fn an_error_may_lack_code_and_text() {
    let bare = answer::<session::Terminate>(
        "<packet><session><terminate><result><status>error</status></result></terminate></session></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&bare), (None, None));

    let unpublished = answer::<session::Terminate>(
        "<packet><session><terminate><result><status>error</status><errcode>2300</errcode></result>\
         </terminate></session></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&unpublished), (Some(2300), None));
}

/// A status that the structure does not know is no success.
#[test]
fn an_unknown_status_is_a_fault() {
    let fault = lenient_answer::<session::Terminate>(
        "<packet><session><terminate><result><status>partial</status><errtext>half done</errtext></result>\
         </terminate></session></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&fault), (None, Some("half done".to_owned())));
}

/// `terminate` names one session, so its answer says what became of it: nothing at all is no answer.
#[test]
fn an_empty_element_is_not_an_answer() {
    let error = unreadable::<session::Terminate>("<packet><session><terminate/></session></packet>");
    assert_eq!(error.to_string(), "line 1: packet/session[1]/terminate: <result> is missing");
    assert!(session::Terminate::nothing().is_none());
}

/// A result without a status is kept apart, so that the answers beside it survive.
#[test]
fn a_result_without_a_status_is_an_unreadable_fault() {
    let xml = "<packet><session>\
         <terminate><result><errcode>1013</errcode></result></terminate>\
         <terminate><result><status>ok</status></result></terminate>\
         </session></packet>";
    let mut replies =
        <session::Terminate as Packed>::replies(read::<response::Packet>(xml, Strictness::Lenient).unwrap())
            .into_iter()
            .map(|reply| session::Terminate::answer(reply).unwrap());

    let fault = replies.next().unwrap().unwrap_err();
    let error = fault.unreadable.expect("the reason");
    assert_eq!(error.kind(), &ReadErrorKind::Missing("status"));
    assert_eq!(error.path(), "packet/session/terminate/result");
    assert_eq!(replies.next().unwrap(), Ok(()));
}

#[test]
fn closing_a_session_again_does_no_harm() {
    let operation = session::Terminate::new("5d02c7e91f");
    assert_eq!((operation.effect(), operation.idempotency()), (Effect::Delete, Idempotency::IdempotentDelete));
}

#[test]
fn the_session_id_is_a_secret() {
    let operation = session::Terminate::new("5d02c7e91f");
    assert!(!format!("{operation:?}").contains("5d02c7e91f"));
    assert_eq!(operation.session_id.expose(), "5d02c7e91f");
}
