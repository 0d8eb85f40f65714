//! What HTTP allows a server to do, and servers do.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use plesk::{Error, customer, session};

use crate::support::{
    KEY, Stream, Subject, TERMINATED, Way, http, packet, read_request, serve, serve_many, serve_with,
};

const ADDED: &str = "<customer><add><result><status>ok</status><id>7</id><guid>g</guid></result></add></customer>";

/// How many connections a server has closed.
#[derive(Clone, Default)]
struct Closed(Arc<AtomicUsize>);

impl Closed {
    fn close(&self, stream: Box<dyn Stream>) {
        drop(stream);
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// Waits until so many are closed, and the client can know.
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

fn an_interim_answer_is_not_the_answer<S: Subject>(way: Way) {
    for interim in ["100 Continue", "102 Processing", "103 Early Hints"] {
        let answer = format!("HTTP/1.1 {interim}\r\n\r\n{}", http("200 OK", &packet(TERMINATED)));
        serve(way, answer).client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
    // Nor where it is all that comes.
    let client = serve(way, "HTTP/1.1 100 Continue\r\n\r\n").client::<S>();
    let error = client.send(session::Terminate::new("x")).unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. } | Error::BadHttp { .. }) && !error.is_unsent(), "{error:?}");
}

fn an_old_server_may_answer_in_http_1_0<S: Subject>(way: Way) {
    let body = packet(TERMINATED);
    for answer in [
        format!("HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n{body}"),
        format!("HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()),
    ] {
        serve(way, answer).client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

fn chunks_may_have_extensions_and_trailers<S: Subject>(way: Way) {
    let body = packet(TERMINATED);
    let (start, end) = body.split_at(50);
    let answer = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Expires\r\n\r\n{:x};name=value\r\n{start}\r\n{:X}\r\n{end}\r\n\
         0\r\nExpires: never\r\nX-Sum: 1\r\n\r\n",
        start.len(),
        end.len()
    );
    // By a server that keeps the connection, so that nothing but the trailers' end tells.
    let server = serve_with(way, move |mut stream| {
        stream.write_all(answer.as_bytes()).and_then(|()| stream.flush()).expect("a client");
        read_request(&mut *stream);
    });
    server.client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
}

/// The length counts, not what a server sends after it.
fn bytes_after_the_answer_are_not_part_of_it<S: Subject>(way: Way) {
    let answer = |body: &str| http("200 OK", body).replace("Connection: close\r\n", "");
    let closed = Closed::default();
    let closing = closed.clone();
    let server = serve_many(way, 2, move |_, mut stream| {
        let _ = stream.write_all(format!("{}<junk/>", answer(&packet(TERMINATED))).as_bytes());
        closing.close(stream);
    });
    let client = server.client::<S>();
    client.send(session::Terminate::new("x")).unwrap().unwrap();
    closed.wait_for(1);
    // Nor the beginning of the next one.
    client.send(session::Terminate::new("x")).unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
}

/// A create too: on a connection that was closed before, nothing was sent.
fn a_kept_connection_that_the_server_closed_is_not_used<S: Subject>(way: Way) {
    let answer = http("200 OK", &packet(ADDED)).replace("Connection: close\r\n", "");
    let closed = Closed::default();
    let closing = closed.clone();
    let server = serve_many(way, 3, move |_, mut stream| {
        let _ = stream.write_all(answer.as_bytes());
        closing.close(stream);
    });
    let client = server.client::<S>();
    for sent in 1..=3 {
        client.send(add()).unwrap().unwrap();
        closed.wait_for(sent);
    }
    assert_eq!(server.requests().len(), 3);
}

/// Where the server closes a kept connection just as the next packet is sent, nobody can know whether it
/// was carried out: so a create fails rather than being sent twice.
fn a_connection_that_closes_under_a_packet_repeats_nothing<S: Subject>(_way: Way) {
    const SENT: usize = 60;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let executed = Arc::new(AtomicUsize::new(0));
    let count = executed.clone();
    thread::spawn(move || {
        let answer = http("200 OK", &packet(ADDED)).replace("Connection: close\r\n", "");
        while let Ok((mut stream, _)) = listener.accept() {
            if read_request(&mut stream).contains("</packet>") {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(answer.as_bytes());
            }
        }
    });
    let client: S = S::builder(&url).secret_key(KEY).danger_plain_http().build().unwrap();
    let mut added = 0;
    for _ in 0..SENT {
        match client.send(add()) {
            Ok(outcome) => added += usize::from(outcome.is_ok()),
            Err(error) => assert!(matches!(error, Error::NoAnswer { .. }), "{error:?}"),
        }
    }
    let executed = executed.load(Ordering::SeqCst);
    assert!(added > 0 && (added..=SENT).contains(&executed), "{added} added, {executed} executed");
}

suite!(
    an_interim_answer_is_not_the_answer,
    an_old_server_may_answer_in_http_1_0,
    chunks_may_have_extensions_and_trailers,
    bytes_after_the_answer_are_not_part_of_it,
    a_kept_connection_that_the_server_closed_is_not_used,
    a_connection_that_closes_under_a_packet_repeats_nothing,
);
