//! Servers of raw bytes. They return what a client really sent, and can misbehave on the connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, LazyLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use plesk::ClientBuilder;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{AnyClient, KEY, Scheme};

/// A connection with or without TLS.
pub(crate) trait Stream: Read + Write + Send {}

impl<T: Read + Write + Send> Stream for T {}

/// A server that reads one request per connection.
pub(crate) struct Server {
    pub(crate) url: String,
    scheme: Scheme,
    requests: JoinHandle<Vec<String>>,
}

/// Starts a server that responds to one request with the bytes `response` and closes the connection.
pub(crate) fn serve(scheme: Scheme, response: impl Into<Vec<u8>>) -> Server {
    let response = response.into();
    serve_with(scheme, move |mut stream| {
        // The client may close the connection first, for example if the response is too large.
        let _ = stream.write_all(&response);
        let _ = stream.flush();
    })
}

/// Starts a server that reads one request and passes the connection to `respond`.
pub(crate) fn serve_with(scheme: Scheme, respond: impl FnOnce(Box<dyn Stream>) + Send + 'static) -> Server {
    let mut respond = Some(respond);
    serve_many(scheme, 1, move |_, stream| respond.take().expect("one connection")(stream))
}

/// Starts a server that accepts this number of connections, one after the other. It reads a request from each
/// and passes the connection to `respond`, with its number, starting at 0.
pub(crate) fn serve_many(
    scheme: Scheme,
    connections: usize,
    mut respond: impl FnMut(usize, Box<dyn Stream>) + Send + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = url(scheme, &listener);
    let requests = thread::spawn(move || {
        let mut requests = Vec::new();
        for number in 0..connections {
            let (tcp, _) = listener.accept().expect("a connection");
            tcp.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
            let mut stream = wrap(scheme, tcp);
            requests.push(read_request(&mut *stream));
            respond(number, stream);
        }
        requests
    });
    Server { url, scheme, requests }
}

/// Starts a server that closes this number of connections as soon as they are accepted, and passes the next one
/// to `respond` without reading the request.
pub(crate) fn serve_after_drops(
    scheme: Scheme,
    drops: usize,
    respond: impl FnOnce(Box<dyn Stream>) + Send + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = url(scheme, &listener);
    let requests = thread::spawn(move || {
        (0..drops).for_each(|_| drop(listener.accept().expect("a connection")));
        let (tcp, _) = listener.accept().expect("a connection");
        tcp.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        respond(wrap(scheme, tcp));
        Vec::new()
    });
    Server { url, scheme, requests }
}

/// Starts a TLS server that responds to one request and closes the connection without `close_notify`, as a
/// connection that breaks does.
pub(crate) fn serve_cut_off(response: impl Into<Vec<u8>>) -> Server {
    let response = response.into();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = url(Scheme::Https, &listener);
    let requests = thread::spawn(move || {
        let (tcp, _) = listener.accept().expect("a connection");
        let connection = ServerConnection::new(IDENTITY.1.clone()).expect("a connection");
        let mut stream = StreamOwned::new(connection, tcp);
        let request = read_request(&mut stream);
        let _ = stream.write_all(&response).and_then(|()| stream.flush());
        vec![request]
    });
    Server { url, scheme: Scheme::Https, requests }
}

fn url(scheme: Scheme, listener: &TcpListener) -> String {
    format!("{}://{}", scheme.name(), listener.local_addr().expect("an address"))
}

impl Server {
    /// Waits for the only connection to end and returns the request.
    pub(crate) fn request(self) -> String {
        self.requests().pop().expect("a request")
    }

    /// Waits for all connections to end and returns their requests.
    pub(crate) fn requests(self) -> Vec<String> {
        self.requests.join().expect("the requests")
    }

    pub(crate) fn client<S: AnyClient>(&self) -> S {
        self.builder::<S>().build().expect("a client")
    }

    pub(crate) fn builder<S: AnyClient>(&self) -> ClientBuilder<S> {
        let builder = S::builder(&self.url).secret_key(KEY).timeout(Duration::from_secs(20));
        match self.scheme {
            Scheme::Http => builder.danger_plain_http(),
            Scheme::Https => builder.root_certificate(certificate()),
        }
    }
}

/// Returns the certificate of the TLS servers, as PEM.
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

fn wrap(scheme: Scheme, tcp: TcpStream) -> Box<dyn Stream> {
    match scheme {
        Scheme::Http => Box::new(tcp),
        Scheme::Https => {
            let connection = ServerConnection::new(IDENTITY.1.clone()).expect("a connection");
            Box::new(WithCloseNotify(StreamOwned::new(connection, tcp)))
        }
    }
}

/// A TLS connection that sends `close_notify` when it is dropped, as web servers do.
struct WithCloseNotify(StreamOwned<ServerConnection, TcpStream>);

impl Read for WithCloseNotify {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Write for WithCloseNotify {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Drop for WithCloseNotify {
    fn drop(&mut self) {
        self.0.conn.send_close_notify();
        let _ = self.0.flush();
    }
}

/// Reads a request with `Content-Length`. Returns a part of it if the client closes the connection first.
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

/// Returns an HTTP response with the right length.
pub(crate) fn http_response(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Returns an HTTP response that keeps the connection open, with additional headers and this body.
pub(crate) fn response_with(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    response.extend_from_slice(body);
    response
}

/// Returns a response packet as servers send it.
pub(crate) fn packet(content: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"1.6.9.1\">{content}</packet>")
}
