//! Requests as sent and valid responses as read, compared with hand-written bytes.

use std::time::Duration;

use plesk::{Batch, Client, Error, ErrorCode, Outcomes, RetryPolicy, blocking, customer, session};

use crate::support::{AnyClient, KEY, Scheme, TERMINATED, http_response, packet, serve};

fn send_posts_a_packet_with_the_key_header<C: AnyClient>(scheme: Scheme) {
    let server = serve(scheme, http_response("200 OK", &packet(TERMINATED)));
    server.client::<C>().send(session::Terminate::new("a66734b")).unwrap().unwrap();
    let request = server.request();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("post /enterprise/control/agent.php http/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("\r\nkey: {KEY}\r\n")), "{head}");
    assert!(head.contains("\r\ncontent-type: text/xml\r\n"), "{head}");
    assert!(!head.contains("http_auth"), "{head}");
    assert_eq!(
        body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet><session><terminate><session-id>a66734b</session-id></terminate></session></packet>"
    );
}

fn send_with_login_and_version_sets_headers_and_attribute<C: AnyClient>(scheme: Scheme) {
    let server = serve(scheme, http_response("200 OK", &packet(TERMINATED)));
    let client = server.builder::<C>().login("admin", "correct horse").protocol_version("1.6.9.1").build().unwrap();
    client.send(session::Terminate::new("a66734b")).unwrap().unwrap();
    let request = server.request().to_ascii_lowercase();
    assert!(request.contains("\r\nhttp_auth_login: admin\r\n"), "{request}");
    assert!(request.contains("\r\nhttp_auth_passwd: correct horse\r\n"), "{request}");
    assert!(!request.contains("\r\nkey:"), "{request}");
    assert!(request.contains("<packet version=\"1.6.9.1\">"), "{request}");
}

fn send_failed_operation_returns_an_inner_fault<C: AnyClient>(scheme: Scheme) {
    let response = "<session><terminate><result><status>error</status><errcode>1013</errcode><errtext>no such session</errtext></result></terminate></session>";
    let server = serve(scheme, http_response("200 OK", &packet(response)));
    let fault = server.client::<C>().send(session::Terminate::new("gone")).unwrap().unwrap_err();
    assert_eq!(fault.code, Some(ErrorCode::NOT_FOUND));
    assert!(Error::from(fault).to_string().ends_with(": error 1013: no such session"));
}

fn send_operation_on_several_objects_returns_an_outcome_for_each<C: AnyClient>(scheme: Scheme) {
    let response = "<customer><del><result><status>ok</status><filter-id>7</filter-id><id>7</id></result>\
        <result><status>error</status><errcode>1013</errcode><errtext>no such customer</errtext><filter-id>8</filter-id></result></del></customer>";
    let server = serve(scheme, http_response("200 OK", &packet(response)));
    let outcomes: Outcomes<_> = server.client::<C>().send(customer::Del::new(customer::Filter::ids([7, 8]))).unwrap();
    let outcomes: Vec<_> = outcomes.into_iter().collect();
    assert!(matches!(&outcomes[..], [Ok(done), Err(fault)]
        if done.id.is_some() && fault.code == Some(ErrorCode::NOT_FOUND) && fault.body.filter_id.as_deref() == Some("8")));
    assert!(server.request().contains("<customer><del><filter><id>7</id><id>8</id></filter></del></customer>"));
}

fn send_batch_returns_each_handle_its_answer<C: AnyClient>(scheme: Scheme) {
    let response =
        format!("<customer><del><result><status>ok</status><id>7</id></result></del></customer>{TERMINATED}");
    let server = serve(scheme, http_response("200 OK", &packet(&response)));
    let mut batch = Batch::new();
    let del = batch.push(customer::Del::new(customer::Filter::id(7)));
    let end = batch.push(session::Terminate::new("a66734b"));
    let response = server.client::<C>().send_batch(batch).unwrap();
    response.take(end).unwrap().unwrap();
    assert_eq!(response.take(del).unwrap().all_ok().unwrap().len(), 1);
    assert_eq!(response.version(), Some("1.6.9.1"));
}

fn send_reads_a_packet_whatever_the_http_status<C: AnyClient>(scheme: Scheme) {
    let refused = "<system><status>error</status><errcode>1001</errcode><errtext>wrong</errtext></system>";
    for status in ["200 OK", "401 Unauthorized", "500 Internal Server Error"] {
        let server = serve(scheme, http_response(status, &packet(refused)));
        let error = server.client::<C>().send(session::Terminate::new("x")).unwrap_err();
        assert!(
            matches!(error, Error::System(_)) && error.to_string().contains("check login and password"),
            "{status}: {error}"
        );
        let server = serve(scheme, http_response(status, &packet(TERMINATED)));
        server.client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn send_reads_a_chunked_body_and_a_body_without_length<C: AnyClient>(scheme: Scheme) {
    let packet = packet(TERMINATED);
    let (start, end) = packet.split_at(70);
    let chunks = format!("{:x}\r\n{start}\r\n{:x}\r\n{end}\r\n0\r\n\r\n", start.len(), end.len());
    for response in [
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"),
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\u{FEFF}{packet}"),
    ] {
        let server = serve(scheme, response);
        server.client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn send_batch_empty_or_invalid_fails_without_sending<C: AnyClient>(_scheme: Scheme) {
    // No server listens there: an attempt to send would be a different error.
    let client = C::builder("https://127.0.0.1:1").secret_key(KEY).build().unwrap();
    assert!(matches!(client.send_batch(Batch::new()), Err(Error::EmptyBatch)));

    let name = "n".repeat(400);
    let mut batch = Batch::new();
    let _ = batch.push(session::Terminate::new("x"));
    let _ = batch.push(customer::Add::new(customer::AddGenInfo::new(&name, "jo", "pass\u{1}word")));
    let error = client.send_batch(batch).unwrap_err();
    let Error::Invalid(violations) = &error else { panic!("{error}") };
    let paths: Vec<_> = violations.as_slice().iter().map(|violation| violation.path.as_str()).collect();
    assert!(paths.contains(&"packet/customer[1]/add/gen_info/passwd"), "{error}");
    assert!(!error.to_string().contains("word"), "{error}");
}

fn unknown_element_is_an_error_only_for_a_strict_client<C: AnyClient>(scheme: Scheme) {
    let response = || http_response("200 OK", &packet(&format!("{TERMINATED}<news/>")));
    serve(scheme, response()).client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
    let strict = serve(scheme, response()).builder::<C>().strict(true).build().unwrap();
    let error = strict.send(session::Terminate::new("x")).unwrap_err();
    assert!(
        matches!(error, Error::Malformed { .. }) && error.to_string().contains("unexpected element <news>"),
        "{error}"
    );
}

#[test]
fn clients_batches_and_futures_are_send() {
    fn crosses<T: Send>(_: &T) {}
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error>();
    let client = Client::builder("https://panel.example:8443").secret_key(KEY).build().unwrap();
    shared(&client);
    shared(&blocking::Client::builder("https://panel.example:8443").secret_key(KEY).build().unwrap());
    let batch = Batch::new();
    crosses(&batch);
    crosses(&client.send_batch(batch));
    crosses(&client.send(session::Terminate::new("x")));
}

#[test]
fn debug_output_shows_no_secrets() {
    let builder = Client::builder("https://panel.example:8443")
        .login("admin", "correct horse")
        .proxy("http://me:horse@proxy.example");
    assert!(!format!("{builder:?}").contains("horse"));
    assert!(!format!("{:?}", builder.build().unwrap()).contains("horse"));
    let mut batch = Batch::new();
    let handle = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "correct horse")));
    assert_eq!(format!("{batch:?} {handle:?}"), "Batch([customer/add]) Handle(customer/add, operation 1 of its batch)");
    assert!(batch.to_xml_redacted().contains("<login>jo</login><passwd>***</passwd>"), "{}", batch.to_xml_redacted());
}

#[test]
fn build_rejects_invalid_settings_with_the_reason() {
    let url = "https://panel.example:8443";
    let no_time = RetryPolicy::attempts(3).deadline(Duration::ZERO);
    for (built, because) in [
        (Client::builder(url).build(), "no credentials"),
        (Client::builder("two words").secret_key(KEY).build(), "https://panel.example:8443"),
        (Client::builder("http://panel.example:8880").secret_key(KEY).build(), "use https://"),
        (Client::builder(url).secret_key("key\n").build(), "white space"),
        (Client::builder(url).secret_key(KEY).root_certificate(b"no certificate").build(), "BEGIN CERTIFICATE"),
        (Client::builder(url).secret_key(KEY).root_certificate(NOT_DER.as_bytes()).build(), "not a certificate"),
        (Client::builder(url).secret_key(KEY).protocol_version("latest").build(), "1.6.9.1"),
        (Client::builder(url).secret_key(KEY).pinned_certificate("AB:CD").build(), "SHA-256"),
        (Client::builder(url).secret_key(KEY).timeout(Duration::ZERO).build(), "timeout of zero"),
        (Client::builder(url).secret_key(KEY).connect_timeout(Duration::ZERO).build(), "connect_timeout of zero"),
        (Client::builder(url).secret_key(KEY).read_timeout(Duration::ZERO).build(), "read_timeout of zero"),
        (Client::builder(url).secret_key(KEY).max_in_flight(0).build(), "max_in_flight"),
        (Client::builder(url).secret_key(KEY).retry(no_time).build(), "deadline of zero"),
        (Client::builder(url).secret_key(KEY).proxy("proxy.example/path").build(), "http://proxy.example:3128"),
        (Client::builder(url).secret_key(KEY).proxy("ftp://me:hunter2@proxy.example").build(), "ftp://"),
    ] {
        let error = built.unwrap_err();
        assert!(matches!(error, Error::Setup { .. }) && error.to_string().contains(because), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

const NOT_DER: &str = "-----BEGIN CERTIFICATE-----\nAAECAwQFBgc=\n-----END CERTIFICATE-----\n";

test_over_http_and_https!(
    send_posts_a_packet_with_the_key_header,
    send_with_login_and_version_sets_headers_and_attribute,
    send_failed_operation_returns_an_inner_fault,
    send_operation_on_several_objects_returns_an_outcome_for_each,
    send_batch_returns_each_handle_its_answer,
    send_reads_a_packet_whatever_the_http_status,
    send_reads_a_chunked_body_and_a_body_without_length,
    send_batch_empty_or_invalid_fails_without_sending,
    unknown_element_is_an_error_only_for_a_strict_client,
);
