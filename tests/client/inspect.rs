//! Redacted packets: `dry_run` and the inspection hook.

use std::sync::{Arc, Mutex};

use plesk::{Batch, Error, customer, request, session};

use crate::support::{AnyClient, Scheme, http_response, packet, serve};

/// Returns a batch with a secret in its request settings.
fn batch() -> Batch {
    let mut batch = Batch::new();
    let setting = request::RequestSettingsSetting::new("verbose").value("s3tting");
    batch.set_request_settings(request::RequestSettings::new([setting]));
    batch
}

fn dry_run_returns_the_sent_packet_without_secrets<C: AnyClient>(scheme: Scheme) {
    let batch = || {
        let mut batch = batch();
        let _ = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo & Co", "jo", "correct horse")));
        batch
    };
    let server = serve(scheme, http_response("200 OK", &packet("<customer/>")));
    let client = server.builder::<C>().protocol_version("1.6.9.1").build().unwrap();
    let preview = client.dry_run(&batch()).unwrap();
    let _ = client.send_batch(batch());
    let sent = server.request();
    let (_, body) = sent.split_once("\r\n\r\n").unwrap();
    assert!(body.contains("correct horse") && body.contains("s3tting"), "{body}");
    assert_eq!(preview, body.replace("correct horse", "***").replace("s3tting", "***"));
    assert!(preview.contains(
        "<packet version=\"1.6.9.1\"><request-settings><setting><name>verbose</name><value>***</value></setting></request-settings><customer>"
    ), "{preview}");

    let mut invalid = Batch::new();
    let _ = invalid.push(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct\u{1}horse")));
    assert!(matches!(client.dry_run(&invalid), Err(Error::Invalid(_))));
}

fn inspect_hook_gets_both_packets_redacted<C: AnyClient>(scheme: Scheme) {
    let sessions = "<session><get><result><status>ok</status><session><id>a66734b</id><type>admin</type><ip-address>192.0.2.1</ip-address>\
        <login>admin</login><login-time>2026-01-01T00:00:00</login-time><idle>2026-01-01T00:00:01</idle></session></result></get></session>";
    for (body, shown) in
        [(packet(sessions), "<login>admin</login>"), ("<p>no packet</p>".to_owned(), "not a readable packet")]
    {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let server = serve(scheme, http_response("200 OK", &body));
        let exchanges = seen.clone();
        let hook = move |exchange: &plesk::Exchange<'_>| {
            let response = exchange.response().unwrap_or_default().to_owned();
            let request = exchange.request().to_owned();
            exchanges.lock().unwrap().push((exchange.attempt(), exchange.status(), request, response));
        };
        let client = server.builder::<C>().inspect(hook).build().unwrap();
        let mut batch = batch();
        let _ = batch.push(session::Get::new());
        let _ = batch.push(session::Terminate::new("a66734b"));
        let _ = client.send_batch(batch);
        let seen = seen.lock().unwrap();
        let [(1, Some(200), request, response)] = &seen[..] else { panic!("{seen:?}") };
        assert!(request.contains("<session-id>***</session-id>"), "{request}");
        assert!(response.contains(shown), "{response}");
        assert!(request.contains("<name>verbose</name><value>***</value>"), "{request}");
        assert!(!format!("{request} {response}").contains("a66734b"), "{response}");
    }
}

test_over_http_and_https!(dry_run_returns_the_sent_packet_without_secrets, inspect_hook_gets_both_packets_redacted);
