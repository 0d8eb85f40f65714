//! Serves packets over HTTP, with or without TLS.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderMap};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use plesk_wire::packet::http;
use plesk_wire::xml::Limits;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::recorder::{Exchange, Recorder};
use crate::authentication::Authentication;
use crate::packet;
use crate::panel::Panel;

/// The panel and the record of its exchanges, which all connections share.
pub(crate) struct Endpoint {
    pub(crate) panel: Panel,
    pub(crate) recorder: Recorder,
}

/// Accepts connections until the runtime ends.
pub(crate) async fn serve(listener: std::net::TcpListener, tls: Option<TlsAcceptor>, endpoint: Arc<Endpoint>) {
    let listener = TcpListener::from_std(listener).expect("the listener is non-blocking, inside a runtime");
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // The likely cause is too many open files. Wait until some are closed.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let (tls, endpoint) = (tls.clone(), Arc::clone(&endpoint));
        tokio::spawn(async move {
            match tls {
                None => serve_connection(stream, endpoint).await,
                Some(tls) => {
                    // The client reports a failed handshake: it rejected the certificate.
                    if let Ok(stream) = tls.accept(stream).await {
                        serve_connection(stream, endpoint).await;
                    }
                }
            }
        });
    }
}

/// Responds to the requests of one connection.
async fn serve_connection(stream: impl AsyncRead + AsyncWrite + Unpin, endpoint: Arc<Endpoint>) {
    let service = service_fn(|request| {
        let endpoint = Arc::clone(&endpoint);
        async move { Ok::<_, Infallible>(respond(&endpoint, request).await) }
    });
    // Errors here, such as a client that hangs up, concern only the client.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// Responds to one request and records the exchange.
async fn respond(endpoint: &Endpoint, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, Limits::DEFAULT.size).collect().await;
    let (request, response) = match body {
        Ok(body) => {
            let body = body.to_bytes();
            let response = if head.uri.path() != http::PATH {
                HttpResponse::page(StatusCode::NOT_FOUND, "This page does not exist.")
            } else if head.method != Method::POST {
                HttpResponse::page(StatusCode::METHOD_NOT_ALLOWED, "Only POST is allowed here.")
            } else {
                HttpResponse::packet(packet::respond(&endpoint.panel, authentication(&head.headers), &body))
            };
            (body, response)
        }
        Err(error) if error.is::<LengthLimitError>() => {
            (Bytes::new(), HttpResponse::page(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large."))
        }
        Err(_) => (Bytes::new(), HttpResponse::page(StatusCode::BAD_REQUEST, "The request could not be read.")),
    };
    let (body, status) = (response.body.clone(), response.status.as_u16());
    endpoint.recorder.add(Exchange { request, response: body, status });
    response.into_hyper()
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

    fn into_hyper(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(self.content_type));
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(ALLOW, hyper::header::HeaderValue::from_static("POST"));
        }
        response
    }
}
