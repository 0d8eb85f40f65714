//! Exchanges packets with a client, over a plain connection on this machine.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use plesk::{Batch, Client, Error};

use super::Packed;

/// A server socket and a client for it. Creating clients is expensive, so there is one that the tests use in turn.
static SERVER_AND_CLIENT: LazyLock<Mutex<(TcpListener, Client)>> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let client = Client::builder(url).secret_key("key").danger_plain_http().timeout(Duration::from_secs(30)).build();
    Mutex::new((listener, client.expect("a client")))
});

/// Sends `operation` with a client to a server that responds with `response`. Returns the body that was sent and the
/// result.
pub(crate) fn exchange<Op: Packed>(operation: Op, response: &str) -> (String, Result<Op::Answer, Error>) {
    exchange_with(response, async |client| client.send(operation).await)
}

/// Returns the answers that a client returns for `response` to these operations, sent as one batch.
pub(crate) fn answers_to<Op: Packed>(operations: Vec<Op>, response: &str) -> Result<Vec<Op::Answer>, Error> {
    let mut batch = Batch::new();
    let handles: Vec<_> = operations.into_iter().map(|operation| batch.push(operation)).collect();
    let response = exchange_with(response, async |client| client.send_batch(batch).await).1?;
    handles.into_iter().map(|handle| response.take(handle)).collect()
}

fn exchange_with<T>(response: &str, send: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> (String, Result<T, Error>) {
    let server_and_client = SERVER_AND_CLIENT.lock().unwrap_or_else(PoisonError::into_inner);
    let (listener, client) = &*server_and_client;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(listener, response));
        let result = runtime.block_on(send(client));
        if matches!(result, Err(Error::Invalid(_))) {
            // Nothing was sent: connect, so that the server does not wait forever.
            drop(TcpStream::connect(listener.local_addr().expect("an address")));
        }
        (server.join().expect("a request"), result)
    })
}

/// Accepts one connection and sends `response`. Returns the body of the request.
fn serve(listener: &TcpListener, response: &str) -> String {
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
        response.len()
    );
    stream.write_all(format!("{head}{response}").as_bytes()).expect("the client to listen");
    body
}
