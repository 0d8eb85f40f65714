//! Packets over HTTP.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::redirect::Policy;

use super::{Credentials, Endpoint, Response, Trust, failure};
use crate::error::Error;

/// How long making a connection may take: a host that drops packets would otherwise use up the
/// whole timeout, which has to be generous.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// How much memory is set aside on the word of a server alone, in bytes.
const AT_ONCE: usize = 1 << 20;

/// What a connection to a server needs.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) endpoint: Endpoint,
    pub(crate) credentials: Credentials,
    pub(crate) trust: Trust,
    pub(crate) timeout: Duration,
    pub(crate) max_response_size: usize,
}

/// A server, and the open connections to it.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    client: reqwest::Client,
    endpoint: Endpoint,
    timeout: Duration,
    max_response_size: usize,
}

impl Http {
    /// # Errors
    /// If the credentials or the certificates cannot be used.
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let Settings { endpoint, credentials, trust, timeout, max_response_size } = settings;
        let mut headers = credentials.headers()?;
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
        let client = reqwest::Client::builder()
            .user_agent(concat!("plesk-rs/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers)
            .tls_backend_preconfigured(trust.config()?)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT.min(timeout))
            .timeout(timeout)
            .build()
            .map_err(|e| Error::Setup {
                problem: "the HTTP client cannot be built".to_owned(),
                source: Some(Box::new(e)),
            })?;
        Ok(Self { client, endpoint, timeout, max_response_size })
    }

    /// Host and port, for messages and traces.
    pub(crate) fn host(&self) -> String {
        self.endpoint.host()
    }

    /// Sends a packet and waits for the whole answer.
    ///
    /// # Errors
    /// If no whole answer came: see [`failure`].
    pub(crate) async fn exchange(&self, packet: Vec<u8>) -> Result<Response, Error> {
        let sent = self.client.post(self.endpoint.url().clone()).body(packet).send().await;
        let mut response = sent.map_err(|e| failure::before_answer(e, self.host(), self.timeout))?;
        let location = response.headers().get(LOCATION).map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
        self.check_size(announced)?;
        let mut body = Vec::with_capacity(announced.min(AT_ONCE));
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    self.check_size(body.len() + chunk.len())?;
                    body.extend_from_slice(&chunk);
                }
                Ok(None) => return Ok(Response { status: response.status().as_u16(), location, body }),
                Err(e) => return Err(failure::during_answer(e, self.host(), self.timeout, body.len())),
            }
        }
    }

    fn check_size(&self, size: usize) -> Result<(), Error> {
        if size > self.max_response_size { Err(Error::TooLarge { limit: self.max_response_size }) } else { Ok(()) }
    }
}
