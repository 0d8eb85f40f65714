//! Servers that misbehave: each kind of trouble is an error of its own that says what to do.

use std::time::Duration;

use crate::server::{KEY, http, packet, serve, serve_with};
use plesk::{Client, Error, session};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

const TERMINATED: &str = "<session><terminate><result><status>ok</status></result></terminate></session>";

/// The error of sending an operation; it must not show the key.
async fn error_of(client: Client) -> Error {
    let error = client.send(session::Terminate::new("a66734b")).await.map(|_| ()).expect_err("an error");
    for shown in [format!("{error}"), format!("{error:?}")] {
        assert!(!shown.contains(KEY) && !shown.contains("a66734b"), "{shown}");
    }
    error
}

/// The error that follows from `answer`.
async fn error_after(answer: impl Into<Vec<u8>>) -> Error {
    error_of(serve(answer).await.client()).await
}

/// Checks that `error` is of the kind `pattern` and that its message holds all of the words.
macro_rules! assert_error {
    ($error:expr, $pattern:pat $(if $guard:expr)?, $($words:literal),+) => {{
        let error = $error;
        let message = error.to_string();
        assert!(matches!(&error, $pattern $(if $guard)?), "{error:?}");
        $(assert!(message.contains($words), "{:?} is not in: {message}", $words);)+
    }};
}

#[tokio::test]
async fn malformed_xml_names_its_line() {
    let error = error_after(http("200 OK", "<packet>\n<session>\n</packet>")).await;
    assert_error!(error, Error::Malformed(cause) if cause.line() == 3, "line 3", "</session> is due");
}

#[tokio::test]
async fn xml_that_is_cut_off_is_malformed() {
    let error = error_after("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<packet><session><term").await;
    assert_error!(error, Error::Malformed(_), "look before sending it again");
}

#[tokio::test]
async fn a_doctype_is_refused() {
    let error = error_after(http("200 OK", "<!DOCTYPE packet [<!ENTITY a 'b'>]><packet/>")).await;
    assert_error!(error, Error::Malformed(_), "never accepted");
}

#[tokio::test]
async fn a_page_instead_of_a_packet_says_so() {
    for body in [
        "<!DOCTYPE html>\n<title>Plesk</title>",
        "<html lang='en'/>",
        "<?xml version='1.0'?>\n<html xmlns='x'/>",
        "<?xml version='1.0' encoding='iso-8859-1'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'>\n<html/>",
        "<!-- maintenance --><!DOCTYPE html><p>Back soon",
        "Welcome to nginx",
        "{\"code\": 1}",
    ] {
        assert_error!(error_after(http("200 OK", body)).await, Error::NotXml { .. }, "8443", "proxy");
    }
    assert_error!(
        error_after(http("200 OK", "Welcome\n to  nginx")).await,
        Error::NotXml { .. },
        "begins: Welcome to nginx;"
    );
}

#[tokio::test]
async fn another_document_is_not_a_packet() {
    assert_error!(
        error_after(http("200 OK", "<rss/>")).await,
        Error::Malformed(_),
        "<rss> is not expected here; <packet> is"
    );
}

#[tokio::test]
async fn an_http_error_without_a_packet_shows_status_and_body() {
    let error = error_after(http("500 Internal Server Error", "<h1>Oops</h1>")).await;
    assert_error!(error, Error::Status { status: 500, .. }, "500", "<h1>Oops</h1>", "server's log");
    assert_error!(error_after(http("404 Not Found", "nothing here")).await, Error::Status { status: 404, .. }, "8443");
    assert_error!(error_after(http("502 Bad Gateway", "")).await, Error::Status { status: 502, .. }, "(nothing)");
}

#[tokio::test]
async fn a_broken_packet_is_reported_as_such_whatever_the_status() {
    let error = error_after(http("500 Internal Server Error", "<packet><session></packet>")).await;
    assert_error!(error, Error::Malformed(_), "</session> is due");
}

#[tokio::test]
async fn an_empty_body_is_its_own_error() {
    assert_error!(error_after(http("200 OK", "")).await, Error::Empty { status: 200 }, "empty", "8443");
    assert_error!(error_after(http("200 OK", " \n")).await, Error::Empty { status: 200 }, "empty");
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_truncated() {
    let whole = http("200 OK", &packet(TERMINATED));
    let error = error_after(&whole.as_bytes()[..whole.len() - 10]).await;
    let received = packet(TERMINATED).len() - 10;
    assert_error!(error, Error::Truncated { received: r, .. } if *r == received, "look before sending it again");
}

#[tokio::test]
async fn a_chunked_body_without_its_end_is_truncated() {
    let error = error_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<packet>\r\n").await;
    assert_error!(error, Error::Truncated { received: 8, .. }, "after 8 bytes");
}

#[tokio::test]
async fn a_body_announced_too_large_is_refused_unread() {
    let error = error_after("HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n<packet>").await;
    assert_error!(error, Error::TooLarge { limit: 67_108_864 }, "67108864 bytes", "max_response_size");
}

#[tokio::test]
async fn an_endless_body_is_refused_at_the_limit() {
    let server = serve_with(async |mut stream| {
        let head = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await;
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        // Ends when the client hangs up.
        while head.is_ok() && stream.write_all(chunk.as_bytes()).await.is_ok() {}
    })
    .await;
    let client = server.builder().max_response_size(100_000).build().unwrap();
    assert_error!(error_of(client).await, Error::TooLarge { limit: 100_000 }, "100000 bytes");
    tokio::time::timeout(Duration::from_secs(10), server.request()).await.expect("the client hangs up");
}

#[tokio::test]
async fn a_redirect_is_not_followed_but_named() {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        let answer =
            format!("HTTP/1.1 {status}\r\nLocation: https://elsewhere.example/login\r\nContent-Length: 0\r\n\r\n");
        assert_error!(
            error_after(answer).await,
            Error::Redirect { .. },
            "https://elsewhere.example/login",
            "not followed"
        );
    }
}

#[tokio::test]
async fn a_refused_connection_asks_for_host_and_port() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    drop(listener);
    let client = Client::builder(format!("https://{host}")).secret_key(KEY).build().unwrap();
    let error = error_of(client).await;
    assert!(std::error::Error::source(&error).is_some());
    assert_error!(error, Error::Connect { host: h, .. } if *h == host, "refused", "8443");
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_recognised() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client =
        Client::builder(format!("https://{}", listener.local_addr().unwrap())).secret_key(KEY).build().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(http("400 Bad Request", "").as_bytes()).await.unwrap();
    });
    assert_error!(error_of(client).await, Error::Tls { .. }, "does not speak TLS");
}

#[tokio::test]
async fn a_server_that_hangs_up_without_an_answer_is_recognised() {
    let server = serve_with(async |stream| drop(stream)).await;
    assert_error!(
        error_of(server.client()).await,
        Error::NoAnswer { .. },
        "ended without an answer",
        "look before sending it again"
    );
}

#[tokio::test]
async fn a_server_that_never_answers_runs_into_the_timeout() {
    for sent in ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<packet>"] {
        let server = serve_with(async move |mut stream| {
            let _ = stream.write_all(sent.as_bytes()).await;
            tokio::time::sleep(Duration::from_secs(30)).await;
        })
        .await;
        let client = server.builder().timeout(Duration::from_millis(300)).build().unwrap();
        assert_error!(error_of(client).await, Error::Timeout { .. }, "within 300ms", "longer timeout");
    }
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_is_an_error_and_never_an_answer() {
    let whole = packet(TERMINATED);
    for length in 0..whole.len() {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        let error = error_after(format!("{head}{}", &whole[..length])).await;
        assert!(matches!(error, Error::Malformed(_) | Error::Empty { .. }), "{length}: {error:?}");
    }
}
