//! The transport of the asynchronous client, on reqwest and tokio.

use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::redirect::Policy;

use super::proxy::{HttpProxy, ProxyCredentials};
use super::received::{Received, redirect_target};
use super::settings::{IDLE_TIMEOUT, USER_AGENT};
use super::{Body, Bounds, BoxFuture, Settings, Transport, transport_error};
use crate::error::{BoxError, Error};

/// An HTTP client with its pool of connections to one server.
#[derive(Debug)]
pub(crate) struct Reqwest {
    client: reqwest::Client,
    settings: Settings,
}

impl Reqwest {
    /// # Errors
    /// If the certificates or the proxy cannot be used.
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .tls_backend_preconfigured(settings.trust.config()?)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(IDLE_TIMEOUT);
        if let Some(read_timeout) = settings.read_timeout {
            builder = builder.read_timeout(read_timeout);
        }
        builder = match &settings.proxy {
            None => builder.no_proxy(),
            Some(HttpProxy { url, credentials, .. }) => {
                let mut proxy = reqwest::Proxy::all(url).map_err(|e| setup("the proxy", e))?;
                if let Some(ProxyCredentials { user, password }) = credentials {
                    proxy = proxy.basic_auth(user, password);
                }
                builder.proxy(proxy)
            }
        };
        let client = builder.build().map_err(|e| setup("the HTTP client", e))?;
        Ok(Self { client, settings })
    }

    async fn send(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        let started = Instant::now();
        let mut request = reqwest::Request::try_from(request).map_err(|e| setup("the request", e))?;
        *request.timeout_mut() = Some(bounds.timeout);
        let result = self.client.execute(request).await;
        let mut response = result.map_err(|e| self.error_before_response(e, started, bounds))?;
        let mut head = head_of(&mut response).map(|()| Vec::new());
        if redirect_target(&head).is_some() {
            return Ok(head);
        }
        let mut body = Received::new(head.headers(), bounds.max_response_size)?;
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.push(&chunk)?,
                Ok(None) => break,
                Err(e) => return Err(error_in_body(&self.settings, e, started, bounds, body.bytes.len())),
            }
        }
        *head.body_mut() = body.bytes;
        Ok(head)
    }

    /// Converts an error that happened before a response began.
    fn error_before_response(&self, error: reqwest::Error, started: Instant, bounds: Bounds) -> Error {
        let host = self.settings.host.clone();
        if error.is_connect() {
            return self.settings.connect_error(Box::new(error));
        }
        if error.is_timeout() {
            return self.settings.timeout_error(started, bounds, Box::new(error));
        }
        let is_bad_http = transport_error::find::<hyper::Error>(&error)
            .is_some_and(|cause| cause.is_parse() || cause.is_parse_status());
        let problem = transport_error::root_cause(&error);
        let source: BoxError = Box::new(error);
        if is_bad_http { Error::BadHttp { host, problem, source } } else { Error::NoResponse { host, problem, source } }
    }

    async fn open(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> Result<http::Response<Box<dyn Body>>, Error> {
        let started = Instant::now();
        let request = reqwest::Request::try_from(request).map_err(|e| setup("the request", e))?;
        let mut response = match tokio::time::timeout(bounds.timeout, self.client.execute(request)).await {
            Ok(result) => result.map_err(|e| self.error_before_response(e, started, bounds))?,
            Err(e) => return Err(self.settings.timeout_error(started, bounds, Box::new(e))),
        };
        let head = head_of(&mut response);
        let body = ReqwestBody { response, settings: self.settings.clone(), bounds, received: 0 };
        Ok(head.map(|()| Box::new(body) as Box<dyn Body>))
    }
}

/// Takes status and headers out of a response.
fn head_of(response: &mut reqwest::Response) -> http::Response<()> {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    head
}

/// Converts an error that happened while the body was received.
fn error_in_body(
    settings: &Settings,
    error: reqwest::Error,
    started: Instant,
    bounds: Bounds,
    received: usize,
) -> Error {
    if error.is_timeout() {
        return settings.timeout_error(started, bounds, Box::new(error));
    }
    let problem = transport_error::root_cause(&error);
    let bad_http = transport_error::is_bad_framing(&error).then_some(problem);
    transport_error::body_error(settings.host.clone(), received, bad_http, Box::new(error))
}

/// A body that is still arriving.
struct ReqwestBody {
    response: reqwest::Response,
    settings: Settings,
    bounds: Bounds,
    received: usize,
}

impl Body for ReqwestBody {
    fn chunk(&mut self, timeout: Duration) -> BoxFuture<'_, Result<Option<Bytes>, Error>> {
        Box::pin(async move {
            let (started, bounds) = (Instant::now(), Bounds { timeout, ..self.bounds });
            match tokio::time::timeout(timeout, self.response.chunk()).await {
                Ok(Ok(chunk)) => {
                    self.received += chunk.as_ref().map_or(0, Bytes::len);
                    Ok(chunk)
                }
                Ok(Err(e)) => Err(error_in_body(&self.settings, e, started, bounds, self.received)),
                Err(e) => Err(self.settings.timeout_error(started, bounds, Box::new(e))),
            }
        })
    }
}

impl Transport for Reqwest {
    fn exchange(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
        Box::pin(self.send(request, bounds))
    }

    fn open(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn Body>>, Error>> {
        Box::pin(self.open(request, bounds))
    }
}

fn setup(what: &str, error: reqwest::Error) -> Error {
    // Without the URL, which may contain the proxy's password.
    let source = Some(Box::new(error.without_url()) as BoxError);
    Error::Setup { problem: format!("{what} cannot be used"), source }
}
