//! Packets of one's own, previews, what is forbidden, and the hook that sees packets.

use std::sync::{Arc, Mutex};

use plesk::{Batch, Effect, Error, Idempotency, RawPacket, customer, request, session};

use crate::support::{KEY, Subject, TERMINATED, Way, http, packet, serve};

const TERMINATE: &str = "<packet><session><terminate><session-id>a66734b</session-id></terminate></session></packet>";

fn a_raw_packet_is_sent_as_it_is<S: Subject>(way: Way) {
    let server = serve(way, http("200 OK", &packet(TERMINATED)));
    let reply = server.client::<S>().send_raw(TERMINATE).unwrap();
    assert_eq!((reply.xml(), reply.attempts()), (&*packet(TERMINATED), 1));
    assert_eq!(reply.packet().unwrap().version.as_deref(), Some("1.6.9.1"));
    assert!(server.request().ends_with(TERMINATE));
}

/// Nobody said what was asked, so no answer can be one that was not asked for.
fn a_strict_client_hands_out_the_answer_to_a_raw_packet<S: Subject>(way: Way) {
    for answer in [TERMINATED, "<session><begin/></session>"] {
        let server = serve(way, http("200 OK", &packet(answer)));
        let reply = server.builder::<S>().strict(true).build().unwrap().send_raw(TERMINATE).unwrap();
        assert_eq!(reply.xml(), packet(answer));
    }
}

fn a_raw_packet_that_the_schema_does_not_allow_is_not_sent_unless_unchecked<S: Subject>(way: Way) {
    let nowhere = S::builder("https://127.0.0.1:1").secret_key(KEY).build().unwrap();
    let unknown = "<packet><session><begin/></session></packet>";
    assert_error!(nowhere.send_raw(unknown).unwrap_err(), Error::Invalid(_), "packet/session/begin", "unchecked");
    let zero = "<packet><customer><del><filter><id>0</id></filter></del></customer></packet>";
    assert_error!(nowhere.send_raw(zero).unwrap_err(), Error::Invalid(_), "packet/customer");
    assert_error!(nowhere.send_raw("no xml").unwrap_err(), Error::Invalid(_), "was not sent");
    // Everything that is wrong is said at once, as by `check`.
    let both =
        "<packet><customer><del><filter><id>0</id></filter></del></customer><session><begin/></session></packet>";
    assert_error!(nowhere.send_raw(both).unwrap_err(), Error::Invalid(_), "packet/customer", "packet/session/begin");

    let server = serve(way, http("200 OK", &packet("<session><begin/></session>")));
    let reply = server.client::<S>().send_raw(RawPacket::new(unknown).unchecked()).unwrap();
    assert!(reply.xml().contains("<begin/>"));
}

fn a_refused_raw_packet_is_a_system_error<S: Subject>(way: Way) {
    let refused = "<system><status>error</status><errcode>1006</errcode><errtext>no</errtext></system>";
    let error = serve(way, http("200 OK", &packet(refused))).client::<S>().send_raw(TERMINATE).unwrap_err();
    assert_error!(error, Error::System(_), "1006", "allowedIPs");
}

fn what_is_forbidden_is_not_sent<S: Subject>(_way: Way) {
    let builder = || S::builder("https://127.0.0.1:1").secret_key(KEY);
    let client = builder().forbid(Effect::DeleteEverything).build().unwrap();
    let mut batch = Batch::new();
    let _ = batch.push(session::Get::new());
    let _ = batch.push(customer::Del::new(customer::Filter::Everything));
    assert_error!(client.dry_run(&batch).unwrap_err(), Error::Forbidden { .. }, "customer/del", "DeleteEverything");
    assert_error!(client.send_batch(batch).unwrap_err(), Error::Forbidden { .. }, "was not sent");
    // What is allowed goes on to the server, which is not there.
    let by_id = || customer::Del::new(customer::Filter::id(7));
    assert_error!(client.send(by_id()).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
    assert_error!(client.send_raw(TERMINATE).unwrap_err(), Error::Forbidden { effect: None, .. }, "not known");
    assert_error!(
        client.send_raw(RawPacket::new(TERMINATE).effect(Effect::Delete)).unwrap_err(),
        Error::Connect { .. },
        "127.0.0.1:1"
    );

    let careful = builder().forbid_everything().build().unwrap();
    let set = |filter| customer::Set::new(filter, customer::SetValues::new());
    let refused = careful.send(set(customer::Filter::Everything)).unwrap_err();
    assert_error!(refused, Error::Forbidden { .. }, "customer/set", "ChangeEverything");
    assert_error!(careful.send(set(customer::Filter::id(7))).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
    assert_error!(careful.send(by_id()).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");

    let reading = builder().forbid(Effect::DeleteEverything).forbid(Effect::Create).build().unwrap();
    assert_error!(reading.send(by_id()).unwrap_err(), Error::Forbidden { .. }, "effect is Delete");
    assert_error!(reading.send(session::Get::new()).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
}

fn a_preview_is_what_is_sent_without_its_secrets<S: Subject>(way: Way) {
    let batch = || {
        let mut batch = Batch::new();
        let setting = request::RequestSettingsSetting::new("verbose").value("s3tting");
        batch.set_request_settings(request::RequestSettings::new([setting]));
        let _ = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo & Co", "jo", "correct horse")));
        batch
    };
    let server = serve(way, http("200 OK", &packet("<customer/>")));
    let client = server.builder::<S>().protocol_version("1.6.9.1").build().unwrap();
    let preview = client.dry_run(&batch()).unwrap();
    let _ = client.send_batch(batch());
    let sent = server.request();
    let (_, body) = sent.split_once("\r\n\r\n").unwrap();
    assert_eq!(preview, body.replace("correct horse", "***").replace("s3tting", "***"));
    assert!(preview.contains(
        "<packet version=\"1.6.9.1\"><request-settings><setting><name>verbose</name><value>***</value></setting></request-settings><customer>"
    ), "{preview}");

    let mut invalid = Batch::new();
    let _ = invalid.push(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct\u{1}horse")));
    assert!(matches!(client.dry_run(&invalid), Err(Error::Invalid(_))));
}

fn the_hook_sees_both_packets_redacted<S: Subject>(way: Way) {
    let answer = "<session><get><result><status>ok</status><session><id>a66734b</id><type>admin</type><ip-address>192.0.2.1</ip-address>\
        <login>admin</login><login-time>2026-01-01T00:00:00</login-time><idle>2026-01-01T00:00:01</idle></session></result></get></session>";
    for (answer, shown) in [(answer, "<login>admin</login>"), ("<p>no packet</p>", "not a readable packet")] {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let server = serve(way, http("200 OK", &packet(answer).replace("<packet version=\"1.6.9.1\"><p>", "<p>")));
        let notes = seen.clone();
        let hook = move |exchange: &plesk::Exchange<'_>| {
            let answer = exchange.answer().unwrap_or_default().to_owned();
            notes.lock().unwrap().push((exchange.attempt(), exchange.status(), exchange.request().to_owned(), answer));
        };
        let client = server.builder::<S>().inspect(hook).build().unwrap();
        let mut batch = Batch::new();
        let setting = request::RequestSettingsSetting::new("verbose").value("s3tting");
        batch.set_request_settings(request::RequestSettings::new([setting]));
        let _ = batch.push(session::Get::new());
        let _ = batch.push(session::Terminate::new("a66734b"));
        let _ = client.send_batch(batch);
        let seen = seen.lock().unwrap();
        let [(1, Some(200), request, answer)] = &seen[..] else { panic!("{seen:?}") };
        assert!(request.contains("<session-id>***</session-id>"), "{request}");
        assert!(answer.contains(shown), "{answer}");
        assert!(request.contains("<name>verbose</name><value>***</value>"), "{request}");
        assert!(!format!("{request} {answer}").contains("a66734b"), "{answer}");
    }
}

#[test]
fn a_raw_packet_shows_no_content() {
    let packet = RawPacket::from(TERMINATE.as_bytes().to_vec()).idempotency(Idempotency::Idempotent);
    assert!(!format!("{packet:?}").contains("a66734b"), "{packet:?}");
}

suite!(
    a_raw_packet_is_sent_as_it_is,
    a_strict_client_hands_out_the_answer_to_a_raw_packet,
    a_raw_packet_that_the_schema_does_not_allow_is_not_sent_unless_unchecked,
    a_refused_raw_packet_is_a_system_error,
    what_is_forbidden_is_not_sent,
    a_preview_is_what_is_sent_without_its_secrets,
    the_hook_sees_both_packets_redacted,
);
