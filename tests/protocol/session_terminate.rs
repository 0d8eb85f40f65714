//! `session/terminate`: closes one session.

use plesk::{Effect, ErrorCode, Idempotency, Operation, ReadErrorKind, request, response, session};
use plesk_wire::xml::Strictness;

use crate::support::{
    Packed, answer, assert_packet, assert_rejected, assert_sent, code, lenient_answer, read, unreadable,
};

#[test]
fn terminate_sends_the_session_id() {
    assert_sent(
        session::Terminate::new("5d02c7e91f"),
        "<packet><session><terminate><session-id>5d02c7e91f</session-id></terminate></session></packet>",
    );
}

#[test]
fn terminate_two_sessions_share_the_operator_element() {
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

/// One page of the documentation has `<termination>` in the skeleton of the packet and `<terminate>` in the sample. The
/// schema has only `terminate`.
#[test]
fn terminate_spelled_termination_is_rejected() {
    let error = assert_rejected(
        "<packet version=\"1.5.0.0\"><session><termination><session-id>5d02c7e91f</session-id></termination></session></packet>",
    );
    assert_eq!(
        error.to_string(),
        "line 1: packet/session: unexpected element <termination>; expected one of <get>, <terminate>"
    );
}

#[test]
fn terminate_without_a_session_id_is_rejected() {
    let error = assert_rejected("<packet><session><terminate/></session></packet>");
    assert_eq!(error.to_string(), "line 1: packet/session/terminate: <session-id> is missing");
}

#[test]
fn terminate_ok_is_a_success() {
    let answer = answer::<session::Terminate>(
        "<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>",
    );
    assert_eq!(answer, Ok(()));
}

#[test]
fn terminate_indented_response_is_read() {
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
fn terminate_missing_session_is_a_fault() {
    let fault = answer::<session::Terminate>(
        "<packet><session><terminate><result>\
         <status>error</status><errcode>1013</errcode><errtext>There is no such session</errtext>\
         </result></terminate></session></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&fault), (Some(1013), Some("There is no such session".to_owned())));
    assert!(fault.code.is_some_and(ErrorCode::is_not_found));
    assert_eq!(fault.to_string(), "error 1013: There is no such session");
}

/// `errcode` and `errtext` are optional in the documentation and in the schema.
#[test]
fn terminate_error_without_code_or_text_is_read() {
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

/// A status that the schema does not define is not a success.
#[test]
fn terminate_unknown_status_is_a_fault() {
    let fault = lenient_answer::<session::Terminate>(
        "<packet><session><terminate><result><status>partial</status><errtext>half done</errtext></result>\
         </terminate></session></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&fault), (None, Some("half done".to_owned())));
}

/// `terminate` ends one session, so the reply must have a result.
#[test]
fn terminate_empty_element_is_unreadable() {
    let error = unreadable::<session::Terminate>("<packet><session><terminate/></session></packet>");
    assert_eq!(error.to_string(), "line 1: packet/session[1]/terminate: <result> is missing");
    assert!(session::Terminate::nothing().is_none());
}

/// A result without a status does not affect other replies.
#[test]
fn terminate_result_without_a_status_is_an_unreadable_fault() {
    let xml = "<packet><session>\
         <terminate><result><errcode>1013</errcode></result></terminate>\
         <terminate><result><status>ok</status></result></terminate>\
         </session></packet>";
    let mut replies =
        <session::Terminate as Packed>::replies(read::<response::Packet>(xml, Strictness::Lenient).unwrap())
            .into_iter()
            .map(session::Terminate::answer);

    let fault = replies.next().unwrap().unwrap_err();
    let error = fault.unreadable.expect("the reason");
    assert_eq!(error.kind(), &ReadErrorKind::Missing("status"));
    assert_eq!(error.path(), "packet/session/terminate/result");
    assert_eq!(replies.next().unwrap(), Ok(()));
}

#[test]
fn terminate_is_an_idempotent_delete() {
    let operation = session::Terminate::new("5d02c7e91f");
    assert_eq!((operation.effect(), operation.idempotency()), (Effect::Delete, Idempotency::IdempotentDelete));
}

#[test]
fn terminate_debug_does_not_show_the_session_id() {
    let operation = session::Terminate::new("5d02c7e91f");
    assert!(!format!("{operation:?}").contains("5d02c7e91f"));
    assert_eq!(operation.session_id.expose(), "5d02c7e91f");
}
