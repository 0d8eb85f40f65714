//! One exchange of packets with a client, over a plain connection on this machine.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use plesk::{Batch, Client, Error};

use super::Packed;

/// The server's end, and a client of it. Clients are expensive to make: each loads the certificates of
/// the system. So they are made once, and the tests take turns.
static LINE: LazyLock<Mutex<(TcpListener, Client)>> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let client = Client::builder(url).secret_key("key").danger_plain_http().timeout(Duration::from_secs(30)).build();
    Mutex::new((listener, client.expect("a client")))
});

/// Sends `operation` with a client to a server that answers `answer`; returns the body that was sent
/// and what the client made of the answer.
pub(crate) fn exchange<Op: Packed>(operation: Op, answer: &str) -> (String, Result<Op::Answer, Error>) {
    over_the_line(answer, async |client| client.send(operation).await)
}

/// What a client makes of `answer` as the answer to these operations, sent as one batch.
pub(crate) fn answers_to<Op: Packed>(operations: Vec<Op>, answer: &str) -> Result<Vec<Op::Answer>, Error> {
    let mut batch = Batch::new();
    let handles: Vec<_> = operations.into_iter().map(|operation| batch.push(operation)).collect();
    let reply = over_the_line(answer, async |client| client.send_batch(batch).await).1?;
    handles.into_iter().map(|handle| reply.take(handle)).collect()
}

fn over_the_line<T>(answer: &str, send: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> (String, Result<T, Error>) {
    let line = LINE.lock().unwrap_or_else(PoisonError::into_inner);
    let (listener, client) = &*line;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(listener, answer));
        let outcome = runtime.block_on(send(client));
        if matches!(outcome, Err(Error::Invalid(_))) {
            // Nothing was sent, and the server would wait for ever.
            drop(TcpStream::connect(listener.local_addr().expect("an address")));
        }
        (server.join().expect("a request"), outcome)
    })
}

fn serve(listener: &TcpListener, answer: &str) -> String {
    let (mut stream, _) = listener.accept().expect("a connection");
    let mut request = Vec::new();
    let body = loop {
        let mut more = [0; 4096];
        let count = stream.read(&mut more).expect("a request");
        request.extend_from_slice(&more[..count]);
        let text = String::from_utf8_lossy(&request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            assert!(count > 0, "nothing was sent");
            continue;
        };
        let length =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            break body.to_owned();
        }
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        answer.len()
    );
    stream.write_all(format!("{head}{answer}").as_bytes()).expect("the client to listen");
    body
}
