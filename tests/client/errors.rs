//! Servers that misbehave: each problem is a distinct error that says what to do.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use plesk::{Error, File, session};

use crate::support::{
    AnyClient, Async, Blocking, KEY, Scheme, TERMINATED, http_response, packet, serve, serve_after_drops,
    serve_cut_off, serve_many, serve_with,
};

/// Returns the error of sending an operation. It must name the server and not show secrets.
fn error_of<C: AnyClient>(client: C) -> Error {
    let error = client.send(session::Terminate::new("a66734b")).map(|_| ()).expect_err("an error");
    assert!(error.host().is_some_and(|host| error.to_string().contains(host)), "{error:?}");
    for shown in [format!("{error}"), format!("{error:?}")] {
        assert!(!shown.contains(KEY) && !shown.contains("a66734b"), "{shown}");
    }
    error
}

/// Returns the error of a client whose server sends `response`.
fn error_after<C: AnyClient>(scheme: Scheme, response: impl Into<Vec<u8>>) -> Error {
    error_of(serve(scheme, response).client::<C>())
}

fn malformed_xml_error_has_the_line<C: AnyClient>(scheme: Scheme) {
    let error = error_after::<C>(scheme, http_response("200 OK", "<packet>\n<session>\n</packet>"));
    assert_error!(error, Error::Malformed { source, .. } if source.line() == 3, "line 3", "expected </session>");
}

fn xml_cut_off_is_malformed<C: AnyClient>(scheme: Scheme) {
    let error = error_after::<C>(scheme, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<packet><session><term");
    assert_error!(error, Error::Malformed { .. }, "check its state before sending it again");
}

fn doctype_is_rejected<C: AnyClient>(scheme: Scheme) {
    let error = error_after::<C>(scheme, http_response("200 OK", "<!DOCTYPE packet [<!ENTITY a 'b'>]><packet/>"));
    assert_error!(error, Error::Malformed { .. }, "document type declaration");
}

fn html_page_is_not_xml_error<C: AnyClient>(scheme: Scheme) {
    for body in [
        "<!DOCTYPE html>\n<title>Plesk</title>",
        "<html lang='en'/>",
        "<?xml version='1.0'?>\n<html xmlns='x'/>",
        "<?xml version='1.0' encoding='iso-8859-1'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'>\n<html/>",
        "<!-- maintenance --><!DOCTYPE html><p>Back soon",
        "Welcome to nginx",
        "{\"code\": 1}",
    ] {
        assert_error!(error_after::<C>(scheme, http_response("200 OK", body)), Error::NotXml { .. }, "8443", "proxy");
    }
    assert_error!(
        error_after::<C>(scheme, http_response("200 OK", "Welcome\n to  nginx")),
        Error::NotXml { .. },
        "starts with: Welcome to nginx"
    );
}

/// The packet is read, and the text before it is not lost.
fn packet_after_other_text_is_read<C: AnyClient>(scheme: Scheme) {
    let whole = packet(TERMINATED);
    let without_declaration = whole.split_once("?>").map_or(&*whole, |(_, rest)| rest).trim_start();
    for (before, output) in [
        ("\n \n", None),
        ("\u{feff}", None),
        (
            "PHP Warning:  x in /usr/local/psa/admin/plib/x.php on line 3\n",
            Some("PHP Warning:  x in /usr/local/psa/admin/plib/x.php on line 3"),
        ),
        ("<br />\n<b>Warning</b>: <packet-x> & so on", Some("<br />\n<b>Warning</b>: <packet-x> & so on")),
    ] {
        for body in [format!("{before}{whole}"), format!("{before}{without_declaration}")] {
            let server = serve(scheme, http_response("200 OK", &body));
            let mut batch = plesk::Batch::new();
            let end = batch.push(session::Terminate::new("a66734b"));
            let response = server.client::<C>().send_batch(batch).unwrap();
            assert_eq!(response.output(), output);
            response.take(end).unwrap().unwrap();
            let server = serve(scheme, http_response("200 OK", &body));
            let request = "<packet><session><terminate><session-id>a66734b</session-id></terminate></session></packet>";
            let response = server.client::<C>().send_raw(request).unwrap();
            assert!(response.packet().is_ok());
        }
    }
    // Where nothing can be read, the packet may have been executed.
    for body in ["PHP Fatal error: no packet", "", "<html><packet>"] {
        let error = error_after::<C>(scheme, http_response("200 OK", body));
        assert_error!(error, Error::NotXml { .. } | Error::Empty { .. }, "may have executed the packet");
    }
}

fn other_xml_document_is_malformed<C: AnyClient>(scheme: Scheme) {
    assert_error!(
        error_after::<C>(scheme, http_response("200 OK", "<rss/>")),
        Error::Malformed { .. },
        "unexpected element <rss>; expected <packet>"
    );
}

fn http_error_without_packet_shows_status_and_body<C: AnyClient>(scheme: Scheme) {
    let error = error_after::<C>(scheme, http_response("500 Internal Server Error", "<h1>Oops</h1>"));
    assert_error!(error, Error::Status { status: 500, .. }, "500", "<h1>Oops</h1>", "server's log");
    assert_error!(
        error_after::<C>(scheme, http_response("404 Not Found", "nothing here")),
        Error::Status { status: 404, .. },
        "8443"
    );
    assert_error!(
        error_after::<C>(scheme, http_response("502 Bad Gateway", "")),
        Error::Status { status: 502, .. },
        "(nothing)"
    );
}

fn broken_packet_is_malformed_whatever_the_status<C: AnyClient>(scheme: Scheme) {
    let error = error_after::<C>(scheme, http_response("500 Internal Server Error", "<packet><session></packet>"));
    assert_error!(error, Error::Malformed { .. }, "expected </session>");
}

fn empty_body_is_empty_error<C: AnyClient>(scheme: Scheme) {
    assert_error!(
        error_after::<C>(scheme, http_response("200 OK", "")),
        Error::Empty { status: Some(200), .. },
        "empty",
        "8443"
    );
    assert_error!(
        error_after::<C>(scheme, http_response("200 OK", " \n")),
        Error::Empty { status: Some(200), .. },
        "empty"
    );
}

fn body_shorter_than_announced_is_truncated<C: AnyClient>(scheme: Scheme) {
    let whole = http_response("200 OK", &packet(TERMINATED));
    let error = error_after::<C>(scheme, &whole.as_bytes()[..whole.len() - 10]);
    let received = packet(TERMINATED).len() - 10;
    assert_error!(error, Error::Truncated { received: r, .. } if *r == received, "check its state before sending it again");
}

fn chunked_body_without_its_end_is_truncated<C: AnyClient>(scheme: Scheme) {
    let error = error_after::<C>(scheme, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<packet>\r\n");
    assert_error!(error, Error::Truncated { received: 8, .. }, "after 8 bytes");
}

/// Without a length, only TLS shows that the body is not whole.
#[test]
fn tls_body_without_length_that_is_cut_off_is_truncated() {
    fn check<C: AnyClient>() {
        let response = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", packet(TERMINATED));
        let error = error_of(serve_cut_off(response).client::<C>());
        assert_error!(error, Error::Truncated { received, .. } if *received == packet(TERMINATED).len(), "broke off");
    }
    check::<Async>();
    check::<Blocking>();
}

/// A server that refuses a large request answers before it has read all of it, and closes the connection.
fn early_answer_to_a_large_request_is_read<C: AnyClient>(scheme: Scheme) {
    let page = http_response("413 Content Too Large", "<h1>Too large</h1>");
    for (response, is_answer) in [(page, true), (String::new(), false)] {
        let server = serve_after_drops(scheme, 0, move |mut stream| {
            stream.read_exact(&mut [0; 4000]).expect("a request");
            let _ = stream.write_all(response.as_bytes()).and_then(|()| stream.flush());
            // The answer arrives while the client still sends.
            thread::sleep(Duration::from_millis(200));
        });
        let error = server.client::<C>().upload(&[File::new("large", vec![b'x'; 8 << 20])]).unwrap_err();
        match is_answer {
            true => {
                assert_error!(
                    error,
                    Error::Status { status: 413, .. },
                    "Too large",
                    "nothing was executed",
                    "fewer operations"
                );
            }
            false => assert_error!(error, Error::NoResponse { .. }, "without a response"),
        }
    }
}

fn body_announced_too_large_is_rejected_unread<C: AnyClient>(scheme: Scheme) {
    let error = error_after::<C>(scheme, "HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n<packet>");
    assert_error!(error, Error::TooLarge { limit: 67_108_864, .. }, "67108864 bytes", "max_response_size");
}

fn endless_body_is_rejected_at_the_limit<C: AnyClient>(scheme: Scheme) {
    let server = serve_with(scheme, |mut stream| {
        let head = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        // Ends when the client closes the connection.
        while head.is_ok() && stream.write_all(chunk.as_bytes()).is_ok() {}
    });
    let client = server.builder::<C>().max_response_size(100_000).build().unwrap();
    assert_error!(error_of(client), Error::TooLarge { limit: 100_000, .. }, "100000 bytes");
    // The server thread ends only after the client closed the connection.
    assert!(server.request().starts_with("POST "));
}

fn redirect_is_reported_and_not_followed<C: AnyClient>(scheme: Scheme) {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        let response =
            format!("HTTP/1.1 {status}\r\nLocation: https://elsewhere.example/login\r\nContent-Length: 0\r\n\r\n");
        assert_error!(
            error_after::<C>(scheme, response),
            Error::Redirect { .. },
            "https://elsewhere.example/login",
            "not followed"
        );
    }
}

fn refused_connection_is_connect_error<C: AnyClient>(scheme: Scheme) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    drop(listener);
    let scheme = if scheme == Scheme::Https { "https" } else { "http" };
    let client = C::builder(&format!("{scheme}://{host}")).secret_key(KEY).danger_plain_http().build().unwrap();
    let error = error_of(client);
    assert!(std::error::Error::source(&error).is_some() && error.is_unsent());
    assert_error!(error, Error::Connect { host: h, .. } if *h == host, "refused", "8443");
}

fn unknown_host_is_connect_error<C: AnyClient>(_scheme: Scheme) {
    let client = C::builder("https://no-such-host.invalid").secret_key(KEY).no_proxy().build().unwrap();
    assert_error!(error_of(client), Error::Connect { .. }, "no-such-host.invalid:443", "8443");
}

fn server_without_tls_is_recognized<C: AnyClient>(_scheme: Scheme) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = C::builder(&format!("https://{}", listener.local_addr().unwrap())).secret_key(KEY).build().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(http_response("400 Bad Request", "").as_bytes()).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    assert_error!(error_of(client), Error::Tls { certificate_sha256: None, .. }, "does not use TLS");
}

fn connection_closed_without_response_is_no_response_error<C: AnyClient>(scheme: Scheme) {
    let server = serve_with(scheme, drop);
    assert_error!(
        error_of(server.client::<C>()),
        Error::NoResponse { .. },
        "ended without a response",
        "check its state before sending it again"
    );
}

fn server_that_never_responds_is_timeout_error<C: AnyClient>(scheme: Scheme) {
    for sent in ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<packet>"] {
        let server = serve_with(scheme, move |mut stream| {
            let _ = stream.write_all(sent.as_bytes());
            let _ = stream.flush();
            thread::sleep(Duration::from_millis(900));
        });
        let client = server.builder::<C>().timeout(Duration::from_millis(300)).build().unwrap();
        assert_error!(error_of(client), Error::Timeout { .. }, "within 300ms", "longer timeout");
    }
}

fn silent_server_exceeds_the_read_timeout<C: AnyClient>(scheme: Scheme) {
    let server = serve_with(scheme, |mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<packet>");
        let _ = stream.flush();
        thread::sleep(Duration::from_millis(900));
    });
    let client = server.builder::<C>().read_timeout(Duration::from_millis(200)).build().unwrap();
    let started = Instant::now();
    assert_error!(error_of(client), Error::Timeout { .. }, "within 200ms");
    assert!(started.elapsed() < Duration::from_millis(800));
}

fn slow_drip_exceeds_the_timeout<C: AnyClient>(scheme: Scheme) {
    let server = serve_with(scheme, |mut stream| {
        let mut alive = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<packet>").is_ok();
        while alive {
            thread::sleep(Duration::from_millis(20));
            alive = stream.write_all(b" ").and_then(|()| stream.flush()).is_ok();
        }
    });
    let client = server.builder::<C>().timeout(Duration::from_millis(400)).build().unwrap();
    let started = Instant::now();
    assert_error!(error_of(client), Error::Timeout { .. }, "within 400ms");
    assert!(started.elapsed() < Duration::from_secs(5));
}

fn response_that_is_not_http_is_bad_http<C: AnyClient>(scheme: Scheme) {
    for response in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "220 mail.example ESMTP\r\n\r\n"] {
        assert_error!(error_after::<C>(scheme, response), Error::BadHttp { .. }, "invalid HTTP", "8443");
    }
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n<packet>\r\n";
    assert_error!(error_after::<C>(scheme, chunk), Error::BadHttp { .. }, "check its state before sending it again");
}

fn redirect_with_a_broken_body_is_a_redirect<C: AnyClient>(scheme: Scheme) {
    let response = "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 500\r\n\r\n<html>";
    assert_error!(
        error_after::<C>(scheme, response),
        Error::Redirect { status: 302, .. },
        "https://elsewhere.example/"
    );
}

fn wrong_content_type_is_ignored<C: AnyClient>(scheme: Scheme) {
    for kind in ["text/html", "application/octet-stream", "no type at all"] {
        let response = http_response("200 OK", &packet(TERMINATED)).replace("text/xml", kind);
        serve(scheme, response).client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn error_quotes_the_server_without_credentials<C: AnyClient>(scheme: Scheme) {
    let page = |text: &str| http_response("403 Forbidden", &format!("<h1>No: {text}</h1>"));
    assert_error!(error_after::<C>(scheme, page(KEY)), Error::Status { .. }, "No: ***");
    let echo = http_response(
        "200 OK",
        &packet(&format!(
            "<system><status>error</status><errcode>11003</errcode><errtext>bad {KEY}</errtext></system>"
        )),
    );
    assert_error!(error_after::<C>(scheme, echo), Error::System(_), "bad ***", "created for");
    let server = serve(scheme, page("R&amp;D &lt;pass&gt;"));
    let client = server.builder::<C>().login("admin", "R&D <pass>").build().unwrap();
    assert_error!(error_of(client), Error::Status { .. }, "No: ***");
    let target = format!("HTTP/1.1 302 Found\r\nLocation: /login?key={KEY}\r\nContent-Length: 0\r\n\r\n");
    assert_error!(error_after::<C>(scheme, target), Error::Redirect { .. }, "/login?key=***");
}

fn system_error_has_advice<C: AnyClient>(scheme: Scheme) {
    for (code, advice) in [
        (1001, "check login and password"),
        (1005, "server/get_protos"),
        (1006, "allowedIPs"),
        (11003, "the address of this client"),
        (1029, "HTTP_AUTH_PASSWD"),
    ] {
        let refusal = format!("<system><status>error</status><errcode>{code}</errcode><errtext>no</errtext></system>");
        let error = error_after::<C>(scheme, http_response("200 OK", &packet(&refusal)));
        assert!(error.to_string().contains(advice), "{error}");
    }
}

fn packet_cut_at_any_byte_is_an_error<C: AnyClient>(scheme: Scheme) {
    let whole = packet(TERMINATED);
    let cuts = whole.len();
    // Without a length, so that only the packet itself shows that it is cut off.
    let server = serve_many(scheme, cuts, move |length, mut stream| {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        let _ = stream.write_all(format!("{head}{}", &whole[..length]).as_bytes());
    });
    let client = server.client::<C>();
    for length in 0..cuts {
        let error = error_of(client.clone());
        assert!(matches!(error, Error::Malformed { .. } | Error::Empty { .. }), "{length}: {error:?}");
    }
}

fn response_cut_at_any_byte_is_an_error<C: AnyClient>(scheme: Scheme) {
    let whole = http_response("200 OK", &packet(TERMINATED));
    let cuts = whole.len();
    let server = serve_many(scheme, cuts, move |length, mut stream| {
        let _ = stream.write_all(&whole.as_bytes()[..length]);
    });
    let client = server.client::<C>();
    for length in 0..cuts {
        let error = error_of(client.clone());
        let cut = matches!(error, Error::NoResponse { .. } | Error::Truncated { .. } | Error::BadHttp { .. });
        assert!(cut && !error.is_unsent(), "{length}: {error:?}");
    }
}

test_over_http_and_https!(
    malformed_xml_error_has_the_line,
    xml_cut_off_is_malformed,
    doctype_is_rejected,
    html_page_is_not_xml_error,
    other_xml_document_is_malformed,
    packet_after_other_text_is_read,
    http_error_without_packet_shows_status_and_body,
    broken_packet_is_malformed_whatever_the_status,
    empty_body_is_empty_error,
    body_shorter_than_announced_is_truncated,
    chunked_body_without_its_end_is_truncated,
    early_answer_to_a_large_request_is_read,
    body_announced_too_large_is_rejected_unread,
    endless_body_is_rejected_at_the_limit,
    redirect_is_reported_and_not_followed,
    refused_connection_is_connect_error,
    server_without_tls_is_recognized,
    connection_closed_without_response_is_no_response_error,
    server_that_never_responds_is_timeout_error,
    unknown_host_is_connect_error,
    silent_server_exceeds_the_read_timeout,
    slow_drip_exceeds_the_timeout,
    response_that_is_not_http_is_bad_http,
    redirect_with_a_broken_body_is_a_redirect,
    wrong_content_type_is_ignored,
    error_quotes_the_server_without_credentials,
    system_error_has_advice,
    response_cut_at_any_byte_is_an_error,
    packet_cut_at_any_byte_is_an_error,
);
