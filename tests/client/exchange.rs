//! What a client sends and what it makes of good answers, against bytes written by hand.

use std::time::Duration;

use plesk::{Batch, Client, Error, ErrorCode, Outcomes, RetryPolicy, blocking, customer, session};

use crate::support::{KEY, Subject, TERMINATED, Way, http, packet, serve};

fn a_packet_is_posted_with_the_headers_of_the_protocol<S: Subject>(way: Way) {
    let server = serve(way, http("200 OK", &packet(TERMINATED)));
    server.client::<S>().send(session::Terminate::new("a66734b")).unwrap().unwrap();
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

fn login_and_password_go_into_their_headers_and_the_version_into_the_packet<S: Subject>(way: Way) {
    let server = serve(way, http("200 OK", &packet(TERMINATED)));
    let client = server.builder::<S>().login("admin", "correct horse").protocol_version("1.6.9.1").build().unwrap();
    client.send(session::Terminate::new("a66734b")).unwrap().unwrap();
    let request = server.request().to_ascii_lowercase();
    assert!(request.contains("\r\nhttp_auth_login: admin\r\n"), "{request}");
    assert!(request.contains("\r\nhttp_auth_passwd: correct horse\r\n"), "{request}");
    assert!(!request.contains("\r\nkey:"), "{request}");
    assert!(request.contains("<packet version=\"1.6.9.1\">"), "{request}");
}

fn a_fault_of_an_operation_is_the_inner_result<S: Subject>(way: Way) {
    let answer = "<session><terminate><result><status>error</status><errcode>1013</errcode><errtext>no such session</errtext></result></terminate></session>";
    let server = serve(way, http("200 OK", &packet(answer)));
    let fault = server.client::<S>().send(session::Terminate::new("gone")).unwrap().unwrap_err();
    assert_eq!(fault.code, Some(ErrorCode::NOT_FOUND));
    assert_eq!(Error::from(fault).to_string(), "error 1013: no such session");
}

fn an_operation_on_many_objects_has_an_outcome_for_each<S: Subject>(way: Way) {
    let answer = "<customer><del><result><status>ok</status><filter-id>7</filter-id><id>7</id></result>\
        <result><status>error</status><errcode>1013</errcode><errtext>no such customer</errtext><filter-id>8</filter-id></result></del></customer>";
    let server = serve(way, http("200 OK", &packet(answer)));
    let outcomes: Outcomes<_> = server.client::<S>().send(customer::Del::new(customer::Filter::ids([7, 8]))).unwrap();
    let outcomes: Vec<_> = outcomes.into_iter().collect();
    assert!(matches!(&outcomes[..], [Ok(done), Err(fault)]
        if done.id.is_some() && fault.code == Some(ErrorCode::NOT_FOUND) && fault.body.filter_id.as_deref() == Some("8")));
    assert!(server.request().contains("<customer><del><filter><id>7</id><id>8</id></filter></del></customer>"));
}

fn a_batch_gives_each_handle_its_answer<S: Subject>(way: Way) {
    let answer = format!("<customer><del><result><status>ok</status><id>7</id></result></del></customer>{TERMINATED}");
    let server = serve(way, http("200 OK", &packet(&answer)));
    let mut batch = Batch::new();
    let del = batch.push(customer::Del::new(customer::Filter::id(7)));
    let end = batch.push(session::Terminate::new("a66734b"));
    let reply = server.client::<S>().send_batch(batch).unwrap();
    reply.take(end).unwrap().unwrap();
    assert_eq!(reply.take(del).unwrap().all_ok().unwrap().len(), 1);
    assert_eq!(reply.version(), Some("1.6.9.1"));
}

fn a_packet_counts_whatever_the_http_status<S: Subject>(way: Way) {
    let refused = "<system><status>error</status><errcode>1001</errcode><errtext>wrong</errtext></system>";
    for status in ["200 OK", "401 Unauthorized", "500 Internal Server Error"] {
        let server = serve(way, http(status, &packet(refused)));
        let error = server.client::<S>().send(session::Terminate::new("x")).unwrap_err();
        assert!(
            matches!(error, Error::System(_)) && error.to_string().contains("check login and password"),
            "{status}: {error}"
        );
        let server = serve(way, http(status, &packet(TERMINATED)));
        server.client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn the_body_may_come_in_chunks_and_without_a_length<S: Subject>(way: Way) {
    let packet = packet(TERMINATED);
    let (start, end) = packet.split_at(70);
    let chunks = format!("{:x}\r\n{start}\r\n{:x}\r\n{end}\r\n0\r\n\r\n", start.len(), end.len());
    for answer in [
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"),
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\u{FEFF}{packet}"),
    ] {
        let server = serve(way, answer);
        server.client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn nothing_is_sent_of_an_empty_or_invalid_batch<S: Subject>(_way: Way) {
    // Nothing listens there: an attempt to send would be another error.
    let client = S::builder("https://127.0.0.1:1").secret_key(KEY).build().unwrap();
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

fn a_strict_client_refuses_what_a_lenient_one_skips<S: Subject>(way: Way) {
    let answer = || http("200 OK", &packet(&format!("{TERMINATED}<news/>")));
    serve(way, answer()).client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
    let strict = serve(way, answer()).builder::<S>().strict(true).build().unwrap();
    let error = strict.send(session::Terminate::new("x")).unwrap_err();
    assert!(
        matches!(error, Error::Malformed { .. }) && error.to_string().contains("unexpected element <news>"),
        "{error}"
    );
}

#[test]
fn clients_batches_and_futures_can_cross_threads() {
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
fn no_debug_output_shows_a_secret() {
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
fn settings_that_cannot_work_are_refused_with_the_reason() {
    let url = "https://panel.example:8443";
    let no_time = RetryPolicy::attempts(3).deadline(Duration::ZERO);
    for (built, because) in [
        (Client::builder(url).build(), "no credentials"),
        (Client::builder("panel.example").secret_key(KEY).build(), "https://panel.example:8443"),
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
        (Client::builder(url).secret_key(KEY).proxy("proxy.example:3128").build(), "http://proxy.example:3128"),
        (Client::builder(url).secret_key(KEY).proxy("ftp://me:hunter2@proxy.example").build(), "HTTP proxy"),
    ] {
        let error = built.unwrap_err();
        assert!(matches!(error, Error::Setup { .. }) && error.to_string().contains(because), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

const NOT_DER: &str = "-----BEGIN CERTIFICATE-----\nAAECAwQFBgc=\n-----END CERTIFICATE-----\n";

suite!(
    a_packet_is_posted_with_the_headers_of_the_protocol,
    login_and_password_go_into_their_headers_and_the_version_into_the_packet,
    a_fault_of_an_operation_is_the_inner_result,
    an_operation_on_many_objects_has_an_outcome_for_each,
    a_batch_gives_each_handle_its_answer,
    a_packet_counts_whatever_the_http_status,
    the_body_may_come_in_chunks_and_without_a_length,
    nothing_is_sent_of_an_empty_or_invalid_batch,
    a_strict_client_refuses_what_a_lenient_one_skips,
);
