//! A server of raw bytes: it shows what a client really sent, and answers whatever it is told to.

use std::time::Duration;

use plesk::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The key of all clients here; no message may show it.
pub(crate) const KEY: &str = "c0ffee-secret-key";

/// A server that takes one request.
pub(crate) struct Server {
    pub(crate) url: String,
    request: JoinHandle<String>,
}

/// A server that answers one request with `answer`, byte by byte as given, and hangs up.
pub(crate) async fn serve(answer: impl Into<Vec<u8>>) -> Server {
    let answer = answer.into();
    serve_with(async move |mut stream| {
        // The client may hang up first, for example when the answer is too large.
        let _ = stream.write_all(&answer).await;
        let _ = stream.shutdown().await;
    })
    .await
}

/// A server that gives the connection to `answer` once it has read the request.
pub(crate) async fn serve_with<F>(answer: impl FnOnce(TcpStream) -> F + Send + 'static) -> Server
where
    F: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let request = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let request = read_request(&mut stream).await;
        answer(stream).await;
        request
    });
    Server { url, request }
}

impl Server {
    /// What the client sent.
    pub(crate) async fn request(self) -> String {
        self.request.await.expect("the request")
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(&self.url).secret_key(KEY).danger_plain_http().timeout(Duration::from_secs(20))
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        if stream.read_buf(&mut bytes).await.expect("a request") == 0 {
            return text;
        }
    }
}

/// An HTTP answer with the right length.
pub(crate) fn http(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A packet as servers send it.
pub(crate) fn packet(content: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\">{content}</packet>")
}
