//! Serves packets over HTTP, with or without TLS.

use std::fmt;
use std::io::Write;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderMap};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use multer::Multipart;
use plesk_wire::packet::http;
use plesk_wire::xml::Limits;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::recorder::{Exchange, Recorder};
use crate::authentication::Authentication;
use crate::failure::TransportFailure;
use crate::operations::OperationName;
use crate::packet::{self, Layout};
use crate::panel::Panel;

/// The panel and the record of its exchanges, which all connections share.
pub(crate) struct Endpoint {
    pub(crate) panel: Panel,
    pub(crate) recorder: Recorder,
    /// `true` if a line about each request is written to standard error.
    pub(crate) log: bool,
}

/// Accepts connections until the runtime ends.
pub(crate) async fn serve(listener: std::net::TcpListener, tls: Option<TlsAcceptor>, endpoint: Arc<Endpoint>) {
    let listener = TcpListener::from_std(listener).expect("the listener is non-blocking, inside a runtime");
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            // The likely cause is too many open files. Wait until some are closed.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let (tls, endpoint) = (tls.clone(), Arc::clone(&endpoint));
        tokio::spawn(async move {
            match tls {
                None => serve_connection(stream, endpoint, peer.ip()).await,
                Some(tls) => {
                    // The client reports a failed handshake: it rejected the certificate.
                    if let Ok(stream) = tls.accept(stream).await {
                        serve_connection(stream, endpoint, peer.ip()).await;
                    }
                }
            }
        });
    }
}

/// Responds to the requests of one connection.
async fn serve_connection(stream: impl AsyncRead + AsyncWrite + Unpin, endpoint: Arc<Endpoint>, peer: IpAddr) {
    // A listener on `::` reports IPv4 clients as IPv6 addresses.
    let peer = peer.to_canonical();
    let service = service_fn(|request| {
        let endpoint = Arc::clone(&endpoint);
        async move { respond(&endpoint, peer, request).await }
    });
    // Errors here, such as a client that hangs up, concern only the client.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// The name of the header that asks for an indented response, as the vendor documents it.
const PRETTY_PRINT: &str = "HTTP_PRETTY_PRINT";

/// The type of a request that uploads files.
const FORM: &str = "multipart/form-data";

/// The error that makes the connection end without an answer.
#[derive(Debug)]
struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a test wants the connection to be dropped, or the server panicked")
    }
}

impl std::error::Error for Dropped {}

/// Responds to one request and records the exchange.
async fn respond(
    endpoint: &Arc<Endpoint>,
    peer: IpAddr,
    request: Request<Incoming>,
) -> Result<Response<ResponseBody>, Dropped> {
    let start = Instant::now();
    let (head, body) = request.into_parts();
    let body = Limited::new(body, Limits::DEFAULT.size).collect().await;
    let mut failure = TransportFailure::default();
    let mut operations = Vec::new();
    let (request, response) = match body {
        Ok(body) => {
            let body = body.to_bytes();
            let response = if head.uri.path() != http::PATH {
                HttpResponse::page(StatusCode::NOT_FOUND, "This page does not exist.")
            } else if head.method != Method::POST {
                HttpResponse::page(StatusCode::METHOD_NOT_ALLOWED, "Only POST is allowed here.")
            } else if let Some(form) = form_type(&head.headers) {
                let files = list_files(form, body.clone()).await.map_err(|error| error.to_string());
                let credentials = authentication(&head.headers);
                let layout = layout(&head.headers);
                HttpResponse::packet(packet::respond_to_upload(&endpoint.panel, credentials, peer, files, layout))
            } else {
                // The packet waits for the state and for the disk, so it runs in a thread of its own.
                let (shared, headers, packet) = (Arc::clone(endpoint), head.headers.clone(), body.clone());
                let answer = tokio::task::spawn_blocking(move || {
                    packet::respond(&shared.panel, authentication(&headers), peer, &packet, layout(&headers))
                });
                // A panic was already printed. The client sees what a crashed server shows.
                let answer = answer.await.map_err(|_| Dropped)?;
                (failure, operations) = (answer.failure, answer.operations);
                match failure.status {
                    None => HttpResponse::packet(answer.body),
                    Some(status) => {
                        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                        HttpResponse::page(status, "A test asked for this status.")
                    }
                }
            };
            (body, response)
        }
        Err(error) if error.is::<LengthLimitError>() => {
            (Bytes::new(), HttpResponse::page(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large."))
        }
        Err(_) => (Bytes::new(), HttpResponse::page(StatusCode::BAD_REQUEST, "The request could not be read.")),
    };
    if failure.delay > Duration::ZERO {
        tokio::time::sleep(failure.delay).await;
    }
    let dropped = failure.disconnect.is_some();
    let exchange = Exchange {
        response: if dropped { Bytes::new() } else { response.body.clone() },
        status: if dropped { 0 } else { response.status.as_u16() },
        request,
    };
    if endpoint.log {
        write_log_line(&head.method, head.uri.path(), &operations, &exchange, start.elapsed());
    }
    endpoint.recorder.add(exchange);
    if dropped { Err(Dropped) } else { Ok(response.into_hyper(failure.cut)) }
}

/// Writes one line about a request. A closed standard error must not stop the server.
fn write_log_line(method: &Method, path: &str, operations: &[OperationName], exchange: &Exchange, elapsed: Duration) {
    let mut names: Vec<String> = operations.iter().take(5).map(ToString::to_string).collect();
    if operations.len() > names.len() {
        names.push(format!("and {} more", operations.len() - names.len()));
    }
    let (sent, received) = (exchange.response().len(), exchange.request().len());
    let _ = writeln!(
        std::io::stderr(),
        "{method} {path} [{}] HTTP {}, {received} bytes in, {sent} bytes out, {:.1} ms",
        names.join(", "),
        exchange.status(),
        elapsed.as_secs_f64() * 1_000.0,
    );
}

/// Returns the layout of the response that the headers ask for.
fn layout(headers: &HeaderMap) -> Layout {
    let value = headers.get(PRETTY_PRINT).map(|value| value.as_bytes().trim_ascii());
    if value.is_some_and(|value| value.eq_ignore_ascii_case(b"true")) { Layout::Indented } else { Layout::Compact }
}

/// Returns the type of the request if it is a form with files.
fn form_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    value.trim_start().get(..FORM.len()).filter(|start| start.eq_ignore_ascii_case(FORM)).map(|_| value)
}

/// Returns the names of the files in a form, in their order.
async fn list_files(content_type: &str, body: Bytes) -> multer::Result<Vec<String>> {
    let boundary = multer::parse_boundary(content_type)?;
    let stream = futures_util::stream::once(async { Ok::<_, std::convert::Infallible>(body) });
    let mut form = Multipart::new(stream, boundary);
    let mut names = Vec::new();
    while let Some(field) = form.next_field().await? {
        names.push(field.file_name().or(field.name()).unwrap_or("file").to_owned());
        field.bytes().await?;
    }
    Ok(names)
}

/// Returns the credentials in the headers.
fn authentication(headers: &HeaderMap) -> Authentication<'_> {
    let header = |name| headers.get(name).map(|value| value.as_bytes());
    match (header(http::KEY), header(http::LOGIN), header(http::PASSWORD)) {
        (Some(key), _, _) => Authentication::Key(key),
        (None, Some(login), Some(password)) => Authentication::Password { login, password },
        _ => Authentication::None,
    }
}

/// The status, type and body of a response.
struct HttpResponse {
    status: StatusCode,
    content_type: &'static str,
    body: Bytes,
}

impl HttpResponse {
    /// Returns a packet. Its HTTP status is always 200, even if the packet reports an error.
    fn packet(packet: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, content_type: "text/xml;charset=UTF-8", body: packet.into() }
    }

    /// Returns an HTML page, as from the web server in front of the API.
    fn page(status: StatusCode, text: &str) -> Self {
        let body = format!("<html><body><h1>{status}</h1><p>{text}</p></body></html>\n");
        Self { status, content_type: "text/html", body: body.into() }
    }

    /// Converts the response. A response that is `cut` ends with the connection, after half of its body.
    fn into_hyper(self, cut: bool) -> Response<ResponseBody> {
        let length = self.body.len();
        let end = if cut { length / 2 } else { length };
        let body = ResponseBody { rest: Some(self.body.slice(..end)), length: length as u64, cut };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(self.content_type));
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(ALLOW, hyper::header::HeaderValue::from_static("POST"));
        }
        response
    }
}

/// The body of a response, whole or cut.
struct ResponseBody {
    rest: Option<Bytes>,
    /// The length that the headers name.
    length: u64,
    cut: bool,
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        let body = self.get_mut();
        Poll::Ready(match body.rest.take() {
            Some(bytes) => Some(Ok(Frame::data(bytes))),
            None if body.cut => Some(Err(Dropped)),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_none() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
