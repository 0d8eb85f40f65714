//! Packets over reqwest, on tokio.

use std::time::Instant;

use bytes::Bytes;
use reqwest::redirect::Policy;

use super::failure::{self, BadHttp};
use super::{Body, Bounds, BoxFuture, IDLE, Proxy, Settings, Transport, USER_AGENT, redirect};
use crate::error::{BoxError, Error};

/// A server, and the open connections to it.
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
            .pool_idle_timeout(IDLE);
        if let Some(silence) = settings.read_timeout {
            builder = builder.read_timeout(silence);
        }
        builder = match &settings.proxy {
            Proxy::Environment => builder,
            Proxy::None => builder.no_proxy(),
            Proxy::Url(url) => builder.proxy(reqwest::Proxy::all(url.expose()).map_err(|e| setup("the proxy", e))?),
        };
        let client = builder.build().map_err(|e| setup("the HTTP client", e))?;
        Ok(Self { client, settings })
    }

    async fn send(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        let started = Instant::now();
        let mut request = reqwest::Request::try_from(request).map_err(|e| setup("the request", e))?;
        *request.timeout_mut() = Some(bounds.timeout);
        let sent = self.client.execute(request).await;
        let mut response = sent.map_err(|e| self.before_answer(e, started, bounds))?;
        let mut head = http::Response::new(Vec::new());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        if redirect(&head).is_some() {
            return Ok(head);
        }
        let mut body = Body::announced(head.headers(), bounds.max_response_size)?;
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.push(&chunk)?,
                Ok(None) => break,
                Err(e) => return Err(self.during_answer(e, started, bounds, body.bytes.len())),
            }
        }
        *head.body_mut() = body.bytes;
        Ok(head)
    }

    /// Why no answer began.
    fn before_answer(&self, error: reqwest::Error, started: Instant, bounds: Bounds) -> Error {
        let host = self.settings.host.clone();
        if error.is_connect() {
            return failure::connect(host, Box::new(error));
        }
        if error.is_timeout() {
            return self.settings.timed_out(started, bounds, Box::new(error));
        }
        let broken =
            failure::find::<hyper::Error>(&error).is_some_and(|cause| cause.is_parse() || cause.is_parse_status());
        let problem = failure::root_cause(&error);
        let source: BoxError = Box::new(error);
        if broken { Error::BadHttp { host, problem, source } } else { Error::NoAnswer { host, problem, source } }
    }

    /// Why an answer that began did not come whole.
    fn during_answer(&self, error: reqwest::Error, started: Instant, bounds: Bounds, received: usize) -> Error {
        if error.is_timeout() {
            return self.settings.timed_out(started, bounds, Box::new(error));
        }
        let problem = failure::root_cause(&error);
        failure::cut(self.settings.host.clone(), received, BadHttp::in_body(&error).then_some(problem), Box::new(error))
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
}

fn setup(what: &str, error: reqwest::Error) -> Error {
    // Without its URL, which may hold the proxy's password.
    let source = Some(Box::new(error.without_url()) as BoxError);
    Error::Setup { problem: format!("{what} cannot be used"), source }
}
