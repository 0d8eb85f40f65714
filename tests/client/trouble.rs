//! Servers that misbehave: each kind of trouble is an error of its own that says what to do.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use plesk::{Error, session};

use crate::support::{KEY, Subject, TERMINATED, Way, http, packet, serve, serve_many, serve_with};

/// The error of sending an operation; it must name the server and not show the key.
fn error_of<S: Subject>(client: S) -> Error {
    let error = client.send(session::Terminate::new("a66734b")).map(|_| ()).expect_err("an error");
    assert!(error.host().is_some_and(|host| error.to_string().contains(host)), "{error:?}");
    for shown in [format!("{error}"), format!("{error:?}")] {
        assert!(!shown.contains(KEY) && !shown.contains("a66734b"), "{shown}");
    }
    error
}

/// The error that follows from `answer`.
fn error_after<S: Subject>(way: Way, answer: impl Into<Vec<u8>>) -> Error {
    error_of(serve(way, answer).client::<S>())
}

fn malformed_xml_names_its_line<S: Subject>(way: Way) {
    let error = error_after::<S>(way, http("200 OK", "<packet>\n<session>\n</packet>"));
    assert_error!(error, Error::Malformed { source, .. } if source.line() == 3, "line 3", "expected </session>");
}

fn xml_that_is_cut_off_is_malformed<S: Subject>(way: Way) {
    let error = error_after::<S>(way, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<packet><session><term");
    assert_error!(error, Error::Malformed { .. }, "look before sending it again");
}

fn a_doctype_is_refused<S: Subject>(way: Way) {
    let error = error_after::<S>(way, http("200 OK", "<!DOCTYPE packet [<!ENTITY a 'b'>]><packet/>"));
    assert_error!(error, Error::Malformed { .. }, "document type declaration");
}

fn a_page_instead_of_a_packet_says_so<S: Subject>(way: Way) {
    for body in [
        "<!DOCTYPE html>\n<title>Plesk</title>",
        "<html lang='en'/>",
        "<?xml version='1.0'?>\n<html xmlns='x'/>",
        "<?xml version='1.0' encoding='iso-8859-1'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'>\n<html/>",
        "<!-- maintenance --><!DOCTYPE html><p>Back soon",
        "Welcome to nginx",
        "{\"code\": 1}",
    ] {
        assert_error!(error_after::<S>(way, http("200 OK", body)), Error::NotXml { .. }, "8443", "proxy");
    }
    assert_error!(
        error_after::<S>(way, http("200 OK", "Welcome\n to  nginx")),
        Error::NotXml { .. },
        "begins: Welcome to nginx;"
    );
}

fn another_document_is_not_a_packet<S: Subject>(way: Way) {
    assert_error!(
        error_after::<S>(way, http("200 OK", "<rss/>")),
        Error::Malformed { .. },
        "unexpected element <rss>; expected <packet>"
    );
}

fn an_http_error_without_a_packet_shows_status_and_body<S: Subject>(way: Way) {
    let error = error_after::<S>(way, http("500 Internal Server Error", "<h1>Oops</h1>"));
    assert_error!(error, Error::Status { status: 500, .. }, "500", "<h1>Oops</h1>", "server's log");
    assert_error!(
        error_after::<S>(way, http("404 Not Found", "nothing here")),
        Error::Status { status: 404, .. },
        "8443"
    );
    assert_error!(error_after::<S>(way, http("502 Bad Gateway", "")), Error::Status { status: 502, .. }, "(nothing)");
}

fn a_broken_packet_is_reported_as_such_whatever_the_status<S: Subject>(way: Way) {
    let error = error_after::<S>(way, http("500 Internal Server Error", "<packet><session></packet>"));
    assert_error!(error, Error::Malformed { .. }, "expected </session>");
}

fn an_empty_body_is_its_own_error<S: Subject>(way: Way) {
    assert_error!(error_after::<S>(way, http("200 OK", "")), Error::Empty { status: 200, .. }, "empty", "8443");
    assert_error!(error_after::<S>(way, http("200 OK", " \n")), Error::Empty { status: 200, .. }, "empty");
}

fn a_body_shorter_than_announced_is_truncated<S: Subject>(way: Way) {
    let whole = http("200 OK", &packet(TERMINATED));
    let error = error_after::<S>(way, &whole.as_bytes()[..whole.len() - 10]);
    let received = packet(TERMINATED).len() - 10;
    assert_error!(error, Error::Truncated { received: r, .. } if *r == received, "look before sending it again");
}

fn a_chunked_body_without_its_end_is_truncated<S: Subject>(way: Way) {
    let error = error_after::<S>(way, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<packet>\r\n");
    assert_error!(error, Error::Truncated { received: 8, .. }, "after 8 bytes");
}

fn a_body_announced_too_large_is_refused_unread<S: Subject>(way: Way) {
    let error = error_after::<S>(way, "HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n<packet>");
    assert_error!(error, Error::TooLarge { limit: 67_108_864, .. }, "67108864 bytes", "max_response_size");
}

fn an_endless_body_is_refused_at_the_limit<S: Subject>(way: Way) {
    let server = serve_with(way, |mut stream| {
        let head = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        // Ends when the client hangs up.
        while head.is_ok() && stream.write_all(chunk.as_bytes()).is_ok() {}
    });
    let client = server.builder::<S>().max_response_size(100_000).build().unwrap();
    assert_error!(error_of(client), Error::TooLarge { limit: 100_000, .. }, "100000 bytes");
    // Which it can only say once the client has hung up.
    assert!(server.request().starts_with("POST "));
}

fn a_redirect_is_not_followed_but_named<S: Subject>(way: Way) {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        let answer =
            format!("HTTP/1.1 {status}\r\nLocation: https://elsewhere.example/login\r\nContent-Length: 0\r\n\r\n");
        assert_error!(
            error_after::<S>(way, answer),
            Error::Redirect { .. },
            "https://elsewhere.example/login",
            "not followed"
        );
    }
}

fn a_refused_connection_asks_for_host_and_port<S: Subject>(way: Way) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    drop(listener);
    let scheme = if way == Way::Tls { "https" } else { "http" };
    let client = S::builder(&format!("{scheme}://{host}")).secret_key(KEY).danger_plain_http().build().unwrap();
    let error = error_of(client);
    assert!(std::error::Error::source(&error).is_some() && error.is_unsent());
    assert_error!(error, Error::Connect { host: h, .. } if *h == host, "refused", "8443");
}

fn a_host_without_an_address_asks_for_host_and_port<S: Subject>(_way: Way) {
    let client = S::builder("https://no-such-host.invalid").secret_key(KEY).no_proxy().build().unwrap();
    assert_error!(error_of(client), Error::Connect { .. }, "no-such-host.invalid:443", "8443");
}

fn a_server_that_does_not_speak_tls_is_recognised<S: Subject>(_way: Way) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = S::builder(&format!("https://{}", listener.local_addr().unwrap())).secret_key(KEY).build().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(http("400 Bad Request", "").as_bytes()).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    assert_error!(error_of(client), Error::Tls { certificate_sha256: None, .. }, "does not speak TLS");
}

fn a_server_that_hangs_up_without_an_answer_is_recognised<S: Subject>(way: Way) {
    let server = serve_with(way, drop);
    assert_error!(
        error_of(server.client::<S>()),
        Error::NoAnswer { .. },
        "ended without an answer",
        "look before sending it again"
    );
}

fn a_server_that_never_answers_runs_into_the_timeout<S: Subject>(way: Way) {
    for sent in ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<packet>"] {
        let server = serve_with(way, move |mut stream| {
            let _ = stream.write_all(sent.as_bytes());
            let _ = stream.flush();
            thread::sleep(Duration::from_millis(900));
        });
        let client = server.builder::<S>().timeout(Duration::from_millis(300)).build().unwrap();
        assert_error!(error_of(client), Error::Timeout { .. }, "within 300ms", "longer timeout");
    }
}

fn a_silent_server_runs_into_the_read_timeout<S: Subject>(way: Way) {
    let server = serve_with(way, |mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<packet>");
        let _ = stream.flush();
        thread::sleep(Duration::from_millis(900));
    });
    let client = server.builder::<S>().read_timeout(Duration::from_millis(200)).build().unwrap();
    let started = Instant::now();
    assert_error!(error_of(client), Error::Timeout { .. }, "within 200ms");
    assert!(started.elapsed() < Duration::from_millis(800));
}

fn a_slow_drip_does_not_outlast_the_timeout<S: Subject>(way: Way) {
    let server = serve_with(way, |mut stream| {
        let mut alive = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<packet>").is_ok();
        while alive {
            thread::sleep(Duration::from_millis(20));
            alive = stream.write_all(b" ").and_then(|()| stream.flush()).is_ok();
        }
    });
    let client = server.builder::<S>().timeout(Duration::from_millis(400)).build().unwrap();
    let started = Instant::now();
    assert_error!(error_of(client), Error::Timeout { .. }, "within 400ms");
    assert!(started.elapsed() < Duration::from_secs(5));
}

fn what_is_not_http_says_so<S: Subject>(way: Way) {
    for answer in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "220 mail.example ESMTP\r\n\r\n"] {
        assert_error!(error_after::<S>(way, answer), Error::BadHttp { .. }, "proper HTTP", "8443");
    }
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n<packet>\r\n";
    assert_error!(error_after::<S>(way, chunk), Error::BadHttp { .. }, "look before sending it again");
}

fn a_redirect_counts_whatever_becomes_of_its_body<S: Subject>(way: Way) {
    let answer = "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 500\r\n\r\n<html>";
    assert_error!(error_after::<S>(way, answer), Error::Redirect { status: 302, .. }, "https://elsewhere.example/");
}

fn a_wrong_content_type_does_not_matter<S: Subject>(way: Way) {
    for kind in ["text/html", "application/octet-stream", "no type at all"] {
        let answer = http("200 OK", &packet(TERMINATED)).replace("text/xml", kind);
        serve(way, answer).client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn a_page_that_repeats_the_credentials_is_shown_without_them<S: Subject>(way: Way) {
    let page = |text: &str| http("403 Forbidden", &format!("<h1>No: {text}</h1>"));
    assert_error!(error_after::<S>(way, page(KEY)), Error::Status { .. }, "No: ***");
    let echo = http(
        "200 OK",
        &packet(&format!(
            "<system><status>error</status><errcode>11003</errcode><errtext>bad {KEY}</errtext></system>"
        )),
    );
    assert_error!(error_after::<S>(way, echo), Error::System(_), "bad ***", "made for");
    let server = serve(way, page("R&amp;D &lt;pass&gt;"));
    let client = server.builder::<S>().login("admin", "R&D <pass>").build().unwrap();
    assert_error!(error_of(client), Error::Status { .. }, "No: ***");
    let target = format!("HTTP/1.1 302 Found\r\nLocation: /login?key={KEY}\r\nContent-Length: 0\r\n\r\n");
    assert_error!(error_after::<S>(way, target), Error::Redirect { .. }, "/login?key=***");
}

/// Each refusal of a packet as a whole says what to do about it.
fn system_errors_say_what_to_do_next<S: Subject>(way: Way) {
    for (code, advice) in [
        (1001, "check login and password"),
        (1005, "server/get_protos"),
        (1006, "allowedIPs"),
        (11003, "the address that this client calls from"),
        (1029, "HTTP_AUTH_PASSWD"),
    ] {
        let refusal = format!("<system><status>error</status><errcode>{code}</errcode><errtext>no</errtext></system>");
        let error = error_after::<S>(way, http("200 OK", &packet(&refusal)));
        assert!(error.to_string().contains(advice), "{error}");
    }
}

fn an_answer_cut_at_any_byte_is_an_error_and_never_an_answer<S: Subject>(way: Way) {
    let whole = packet(TERMINATED);
    let cuts = whole.len();
    // Without a length, so that only the packet itself tells.
    let server = serve_many(way, cuts, move |length, mut stream| {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        let _ = stream.write_all(format!("{head}{}", &whole[..length]).as_bytes());
    });
    let client = server.client::<S>();
    for length in 0..cuts {
        let error = error_of(client.clone());
        assert!(matches!(error, Error::Malformed { .. } | Error::Empty { .. }), "{length}: {error:?}");
    }
}

fn a_response_cut_at_any_byte_is_an_error_and_never_an_answer<S: Subject>(way: Way) {
    let whole = http("200 OK", &packet(TERMINATED));
    let cuts = whole.len();
    let server = serve_many(way, cuts, move |length, mut stream| {
        let _ = stream.write_all(&whole.as_bytes()[..length]);
    });
    let client = server.client::<S>();
    for length in 0..cuts {
        let error = error_of(client.clone());
        let cut = matches!(error, Error::NoAnswer { .. } | Error::Truncated { .. } | Error::BadHttp { .. });
        assert!(cut && !error.is_unsent(), "{length}: {error:?}");
    }
}

suite!(
    malformed_xml_names_its_line,
    xml_that_is_cut_off_is_malformed,
    a_doctype_is_refused,
    a_page_instead_of_a_packet_says_so,
    another_document_is_not_a_packet,
    an_http_error_without_a_packet_shows_status_and_body,
    a_broken_packet_is_reported_as_such_whatever_the_status,
    an_empty_body_is_its_own_error,
    a_body_shorter_than_announced_is_truncated,
    a_chunked_body_without_its_end_is_truncated,
    a_body_announced_too_large_is_refused_unread,
    an_endless_body_is_refused_at_the_limit,
    a_redirect_is_not_followed_but_named,
    a_refused_connection_asks_for_host_and_port,
    a_server_that_does_not_speak_tls_is_recognised,
    a_server_that_hangs_up_without_an_answer_is_recognised,
    a_server_that_never_answers_runs_into_the_timeout,
    a_host_without_an_address_asks_for_host_and_port,
    a_silent_server_runs_into_the_read_timeout,
    a_slow_drip_does_not_outlast_the_timeout,
    what_is_not_http_says_so,
    a_redirect_counts_whatever_becomes_of_its_body,
    a_wrong_content_type_does_not_matter,
    a_page_that_repeats_the_credentials_is_shown_without_them,
    system_errors_say_what_to_do_next,
    a_response_cut_at_any_byte_is_an_error_and_never_an_answer,
    an_answer_cut_at_any_byte_is_an_error_and_never_an_answer,
);
