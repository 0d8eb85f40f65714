//! A server of raw bytes: it shows what a client really sent, and does with the connection whatever
//! it is told to.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, LazyLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use plesk::ClientBuilder;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{KEY, Subject, Way};

/// A connection, whatever it is made of.
pub(crate) trait Stream: Read + Write + Send {}

impl<T: Read + Write + Send> Stream for T {}

/// A server that takes one request a connection.
pub(crate) struct Server {
    pub(crate) url: String,
    way: Way,
    requests: JoinHandle<Vec<String>>,
}

/// A server that answers one request with `answer`, byte by byte as given, and hangs up.
pub(crate) fn serve(way: Way, answer: impl Into<Vec<u8>>) -> Server {
    let answer = answer.into();
    serve_with(way, move |mut stream| {
        // The client may hang up first, for example when the answer is too large.
        let _ = stream.write_all(&answer);
        let _ = stream.flush();
    })
}

/// A server that gives one connection to `answer` once it has read the request.
pub(crate) fn serve_with(way: Way, answer: impl FnOnce(Box<dyn Stream>) + Send + 'static) -> Server {
    let mut answer = Some(answer);
    serve_many(way, 1, move |_, stream| answer.take().expect("one connection")(stream))
}

/// A server that takes so many connections, one after the other, and gives each with its number,
/// from 0, to `answer` once it has read the request.
pub(crate) fn serve_many(
    way: Way,
    connections: usize,
    mut answer: impl FnMut(usize, Box<dyn Stream>) + Send + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = url(way, &listener);
    let requests = thread::spawn(move || {
        let mut requests = Vec::new();
        for number in 0..connections {
            let (tcp, _) = listener.accept().expect("a connection");
            tcp.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
            let mut stream = wrap(way, tcp);
            requests.push(read_request(&mut *stream));
            answer(number, stream);
        }
        requests
    });
    Server { url, way, requests }
}

/// A server that hangs up on so many connections as soon as they are made, and gives the next one to `answer`,
/// unread.
pub(crate) fn serve_after_drops(
    way: Way,
    drops: usize,
    answer: impl FnOnce(Box<dyn Stream>) + Send + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = url(way, &listener);
    let requests = thread::spawn(move || {
        (0..drops).for_each(|_| drop(listener.accept().expect("a connection")));
        let (tcp, _) = listener.accept().expect("a connection");
        tcp.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        answer(wrap(way, tcp));
        Vec::new()
    });
    Server { url, way, requests }
}

fn url(way: Way, listener: &TcpListener) -> String {
    let scheme = if way == Way::Tls { "https" } else { "http" };
    format!("{scheme}://{}", listener.local_addr().expect("an address"))
}

impl Server {
    /// What the client sent.
    pub(crate) fn request(self) -> String {
        self.requests().pop().expect("a request")
    }

    /// What the client sent in all connections.
    pub(crate) fn requests(self) -> Vec<String> {
        self.requests.join().expect("the requests")
    }

    pub(crate) fn client<S: Subject>(&self) -> S {
        self.builder::<S>().build().expect("a client")
    }

    pub(crate) fn builder<S: Subject>(&self) -> ClientBuilder<S> {
        let builder = S::builder(&self.url).secret_key(KEY).timeout(Duration::from_secs(20));
        match self.way {
            Way::Plain => builder.danger_plain_http(),
            Way::Tls => builder.root_certificate(certificate()),
        }
    }
}

/// The certificate that TLS servers here present, as PEM.
pub(crate) fn certificate() -> &'static str {
    &IDENTITY.0
}

static IDENTITY: LazyLock<(String, Arc<ServerConfig>)> = LazyLock::new(|| {
    let identity = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(identity.signing_key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![identity.cert.der().clone()], key)
        .expect("an identity");
    (identity.cert.pem(), Arc::new(config))
});

fn wrap(way: Way, tcp: TcpStream) -> Box<dyn Stream> {
    match way {
        Way::Plain => Box::new(tcp),
        Way::Tls => {
            let connection = ServerConnection::new(IDENTITY.1.clone()).expect("a connection");
            Box::new(Closing(StreamOwned::new(connection, tcp)))
        }
    }
}

/// A TLS connection that says that it ends when it does, as web servers do.
struct Closing(StreamOwned<ServerConnection, TcpStream>);

impl Read for Closing {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.conn.send_close_notify();
        let _ = self.0.flush();
    }
}

/// Reads a request with a length; or what there is of it, if the client hangs up first.
pub(crate) fn read_request(stream: &mut dyn Stream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut chunk) {
            Ok(length @ 1..) => bytes.extend_from_slice(&chunk[..length]),
            _ => return text,
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
