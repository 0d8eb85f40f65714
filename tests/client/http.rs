//! Valid but unusual HTTP: interim responses, HTTP/1.0, chunk extensions, reused connections, proxies.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use plesk::{Error, customer, session};

use crate::support::{
    ADDED, AnyClient, KEY, Scheme, Stream, TERMINATED, http_response, packet, read_request, response_with, serve,
    serve_many, serve_with,
};

/// The number of connections that a server has closed.
#[derive(Clone, Default)]
struct ClosedConnections(Arc<AtomicUsize>);

impl ClosedConnections {
    fn close(&self, stream: Box<dyn Stream>) {
        drop(stream);
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// Waits until this many are closed and the client can notice.
    fn wait_for(&self, connections: usize) {
        while self.0.load(Ordering::SeqCst) < connections {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn add() -> customer::Add {
    customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "correct horse"))
}

fn interim_response_is_skipped<C: AnyClient>(scheme: Scheme) {
    for interim in ["100 Continue", "102 Processing", "103 Early Hints"] {
        let response = format!("HTTP/1.1 {interim}\r\n\r\n{}", http_response("200 OK", &packet(TERMINATED)));
        serve(scheme, response).client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
    // An interim response alone is an error.
    let client = serve(scheme, "HTTP/1.1 100 Continue\r\n\r\n").client::<C>();
    let error = client.send(session::Terminate::new("x")).unwrap_err();
    assert!(matches!(error, Error::NoResponse { .. } | Error::BadHttp { .. }) && !error.is_unsent(), "{error:?}");
}

fn http_1_0_response_is_read<C: AnyClient>(scheme: Scheme) {
    let body = packet(TERMINATED);
    for response in [
        format!("HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n{body}"),
        format!("HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()),
    ] {
        serve(scheme, response).client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn chunk_extensions_and_trailers_are_ignored<C: AnyClient>(scheme: Scheme) {
    let body = packet(TERMINATED);
    let (start, end) = body.split_at(50);
    let response = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Expires\r\n\r\n{:x};name=value\r\n{start}\r\n{:X}\r\n{end}\r\n\
         0\r\nExpires: never\r\nX-Sum: 1\r\n\r\n",
        start.len(),
        end.len()
    );
    // The server keeps the connection open, so only the end of the trailers ends the response.
    let server = serve_with(scheme, move |mut stream| {
        stream.write_all(response.as_bytes()).and_then(|()| stream.flush()).expect("a client");
        read_request(&mut *stream);
    });
    server.client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
}

/// The length ends the response, whatever the server sends after it.
fn bytes_after_the_response_are_ignored<C: AnyClient>(scheme: Scheme) {
    let response = |body: &str| http_response("200 OK", body).replace("Connection: close\r\n", "");
    let closed = ClosedConnections::default();
    let closing = closed.clone();
    let server = serve_many(scheme, 2, move |_, mut stream| {
        let _ = stream.write_all(format!("{}<junk/>", response(&packet(TERMINATED))).as_bytes());
        closing.close(stream);
    });
    let client = server.client::<C>();
    client.send(session::Terminate::new("x")).unwrap().unwrap();
    closed.wait_for(1);
    // They are not the start of the next response either.
    client.send(session::Terminate::new("x")).unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
}

/// Even a create is sent on a new connection: nothing was sent on the one that was already closed.
fn idle_connection_closed_by_the_server_is_not_reused<C: AnyClient>(scheme: Scheme) {
    let response = http_response("200 OK", &packet(ADDED)).replace("Connection: close\r\n", "");
    let closed = ClosedConnections::default();
    let closing = closed.clone();
    let server = serve_many(scheme, 3, move |_, mut stream| {
        let _ = stream.write_all(response.as_bytes());
        closing.close(stream);
    });
    let client = server.client::<C>();
    for sent in 1..=3 {
        client.send(add()).unwrap().unwrap();
        closed.wait_for(sent);
    }
    assert_eq!(server.requests().len(), 3);
}

/// If the server closes an idle connection just as the next packet is sent, the client cannot know whether it
/// was executed: so a create fails instead of being sent twice.
fn connection_closed_during_a_create_is_not_retried<C: AnyClient>(_scheme: Scheme) {
    const SENT: usize = 60;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let executed = Arc::new(AtomicUsize::new(0));
    let count = executed.clone();
    thread::spawn(move || {
        let response = http_response("200 OK", &packet(ADDED)).replace("Connection: close\r\n", "");
        while let Ok((mut stream, _)) = listener.accept() {
            if read_request(&mut stream).contains("</packet>") {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(response.as_bytes());
            }
        }
    });
    let client: C = C::builder(&url).secret_key(KEY).danger_plain_http().build().unwrap();
    let mut added = 0;
    for _ in 0..SENT {
        match client.send(add()) {
            Ok(outcome) => added += usize::from(outcome.is_ok()),
            Err(error) => assert!(matches!(error, Error::NoResponse { .. }), "{error:?}"),
        }
    }
    let executed = executed.load(Ordering::SeqCst);
    assert!(added > 0 && (added..=SENT).contains(&executed), "{added} added, {executed} executed");
}

fn connection_is_reused<C: AnyClient>(scheme: Scheme) {
    let server = serve_many(scheme, 1, |_, mut stream| {
        let response = response_with("", packet(TERMINATED).as_bytes());
        for _ in 0..3 {
            stream.write_all(&response).and_then(|()| stream.flush()).expect("a client");
            read_request(&mut *stream);
        }
    });
    let client = server.client::<C>();
    for _ in 0..3 {
        client.send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn proxy_gets_a_connect_request_with_its_own_credentials_only<C: AnyClient>(_scheme: Scheme) {
    let proxy = serve(Scheme::Http, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    let url = proxy.url.replace("http://", "http://me:hunter2@");
    let client = C::builder("https://panel.example:8443").secret_key(KEY).proxy(url).build().unwrap();
    let error = client.send(session::Get::new()).unwrap_err();
    assert_error!(&error, Error::Connect { .. }, "panel.example:8443");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    let request = proxy.request().to_ascii_lowercase();
    assert!(request.starts_with("connect panel.example:8443 http/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nproxy-authorization: basic bwu6ahvudgvymg==\r\n"), "{request}");
    assert!(!request.contains(KEY), "{request}");
}

test_over_http_and_https!(
    connection_is_reused,
    proxy_gets_a_connect_request_with_its_own_credentials_only,
    interim_response_is_skipped,
    http_1_0_response_is_read,
    chunk_extensions_and_trailers_are_ignored,
    bytes_after_the_response_are_ignored,
    idle_connection_closed_by_the_server_is_not_reused,
    connection_closed_during_a_create_is_not_retried,
);
