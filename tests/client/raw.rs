//! Raw packets.

use plesk::{Error, Idempotency, RawPacket};

use crate::support::{AnyClient, KEY, Scheme, TERMINATED, http_response, packet, serve};

const TERMINATE: &str = "<packet><session><terminate><session-id>a66734b</session-id></terminate></session></packet>";

fn send_raw_sends_the_bytes_unchanged<C: AnyClient>(scheme: Scheme) {
    let server = serve(scheme, http_response("200 OK", &packet(TERMINATED)));
    let response = server.client::<C>().send_raw(TERMINATE).unwrap();
    assert_eq!((response.xml(), response.attempts()), (&*packet(TERMINATED), 1));
    assert_eq!(response.packet().unwrap().version.as_deref(), Some("1.6.9.1"));
    assert!(server.request().ends_with(TERMINATE));
}

/// The requested operations are unknown, so no operation of the response is unexpected.
fn send_raw_of_a_strict_client_returns_the_response_unchanged<C: AnyClient>(scheme: Scheme) {
    for content in [TERMINATED, "<session><begin/></session>"] {
        let server = serve(scheme, http_response("200 OK", &packet(content)));
        let response = server.builder::<C>().strict(true).build().unwrap().send_raw(TERMINATE).unwrap();
        assert_eq!(response.xml(), packet(content));
    }
}

fn send_raw_invalid_packet_is_sent_only_unchecked<C: AnyClient>(scheme: Scheme) {
    let nowhere = C::builder("https://127.0.0.1:1").secret_key(KEY).build().unwrap();
    let unknown = "<packet><session><begin/></session></packet>";
    assert_error!(nowhere.send_raw(unknown).unwrap_err(), Error::Invalid(_), "packet/session/begin", "unchecked");
    let zero = "<packet><customer><del><filter><id>0</id></filter></del></customer></packet>";
    assert_error!(nowhere.send_raw(zero).unwrap_err(), Error::Invalid(_), "packet/customer");
    assert_error!(nowhere.send_raw("no xml").unwrap_err(), Error::Invalid(_), "was not sent");
    // All violations are reported at once, as by `check`.
    let both =
        "<packet><customer><del><filter><id>0</id></filter></del></customer><session><begin/></session></packet>";
    assert_error!(nowhere.send_raw(both).unwrap_err(), Error::Invalid(_), "packet/customer", "packet/session/begin");

    let server = serve(scheme, http_response("200 OK", &packet("<session><begin/></session>")));
    let response = server.client::<C>().send_raw(RawPacket::new(unknown).unchecked()).unwrap();
    assert!(response.xml().contains("<begin/>"));
}

fn send_raw_refused_packet_is_a_system_error<C: AnyClient>(scheme: Scheme) {
    let refused = "<system><status>error</status><errcode>1006</errcode><errtext>no</errtext></system>";
    let error = serve(scheme, http_response("200 OK", &packet(refused))).client::<C>().send_raw(TERMINATE).unwrap_err();
    assert_error!(error, Error::System(_), "1006", "allowedIPs");
}

#[test]
fn raw_packet_debug_shows_no_content() {
    let packet = RawPacket::from(TERMINATE.as_bytes().to_vec()).idempotency(Idempotency::Idempotent);
    assert!(!format!("{packet:?}").contains("a66734b"), "{packet:?}");
}

test_over_http_and_https!(
    send_raw_sends_the_bytes_unchanged,
    send_raw_of_a_strict_client_returns_the_response_unchanged,
    send_raw_invalid_packet_is_sent_only_unchecked,
    send_raw_refused_packet_is_a_system_error,
);
