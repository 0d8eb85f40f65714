//! HTTP, with or without TLS: from the socket to a packet and back.

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

use crate::authentication::Authentication;
use crate::plesk::Plesk;
use crate::recorder::Exchange;

/// Accepts connections until the runtime ends.
pub(crate) async fn serve(listener: std::net::TcpListener, tls: Option<TlsAcceptor>, plesk: Arc<Plesk>) {
    let listener = TcpListener::from_std(listener).expect("the listener is non-blocking and a runtime is there");
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Most likely there are too many open files. Let some be closed.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let (tls, plesk) = (tls.clone(), Arc::clone(&plesk));
        tokio::spawn(async move {
            match tls {
                None => connection(stream, plesk).await,
                Some(tls) => {
                    // A failed handshake is the client's to report: it refused the certificate.
                    if let Ok(stream) = tls.accept(stream).await {
                        connection(stream, plesk).await;
                    }
                }
            }
        });
    }
}

/// Answers the requests of one connection.
async fn connection(stream: impl AsyncRead + AsyncWrite + Unpin, plesk: Arc<Plesk>) {
    let service = service_fn(|request| {
        let plesk = Arc::clone(&plesk);
        async move { Ok::<_, Infallible>(respond(&plesk, request).await) }
    });
    // What goes wrong here (a client that hangs up) is not the server's to report.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// Answers one request and records the exchange.
async fn respond(plesk: &Plesk, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, Limits::DEFAULT.size).collect().await;
    let (request, answer) = match body {
        Ok(body) => {
            let body = body.to_bytes();
            let answer = if head.uri.path() != http::PATH {
                Answer::page(StatusCode::NOT_FOUND, "There is no such page.")
            } else if head.method != Method::POST {
                Answer::page(StatusCode::METHOD_NOT_ALLOWED, "Only POST is allowed here.")
            } else {
                Answer::packet(plesk.answer(authentication(&head.headers), &body))
            };
            (body, answer)
        }
        Err(error) if error.is::<LengthLimitError>() => {
            (Bytes::new(), Answer::page(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large."))
        }
        Err(_) => (Bytes::new(), Answer::page(StatusCode::BAD_REQUEST, "The request could not be read.")),
    };
    plesk.recorder.add(Exchange { request, response: answer.body.clone(), status: answer.status.as_u16() });
    answer.into_response()
}

/// What the headers say about who sends the request.
fn authentication(headers: &HeaderMap) -> Authentication<'_> {
    let header = |name| headers.get(name).map(|value| value.as_bytes());
    match (header(http::KEY), header(http::LOGIN), header(http::PASSWORD)) {
        (Some(key), _, _) => Authentication::Key(key),
        (None, Some(login), Some(password)) => Authentication::Password { login, password },
        _ => Authentication::None,
    }
}

/// A response in the making.
struct Answer {
    status: StatusCode,
    content_type: &'static str,
    body: Bytes,
}

impl Answer {
    /// A packet. The HTTP status is 200 whatever the packet says.
    fn packet(packet: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, content_type: "text/xml;charset=UTF-8", body: packet.into() }
    }

    /// What the web server in front of the API says: a page for people.
    fn page(status: StatusCode, text: &str) -> Self {
        let body = format!("<html><body><h1>{status}</h1><p>{text}</p></body></html>\n");
        Self { status, content_type: "text/html", body: body.into() }
    }

    fn into_response(self) -> Response<Full<Bytes>> {
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
