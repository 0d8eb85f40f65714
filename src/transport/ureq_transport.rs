//! The transport of the blocking client, on ureq.

use std::io::Read;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use tracing::subscriber::NoSubscriber;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};
use ureq::{Agent, Error as UreqError, Timeout};

use super::answer_after_write_error::AnswerAfterWriteError;
use super::body::{Body, redirect_target};
use super::connect_error::{ConnectError, WithConnectErrors};
use super::proxy::{HttpProxy, ProxyCredentials};
use super::settings::{IDLE_TIMEOUT, USER_AGENT};
use super::tls::TlsConnector;
use super::{BlockingTransport, Bounds, Settings, transport_error};
use crate::error::{BoxError, Error};

/// An HTTP client with its pool of connections to one server.
#[derive(Debug)]
pub(crate) struct Ureq {
    agent: Agent,
    settings: Settings,
}

impl Ureq {
    /// # Errors
    /// If the certificates or the proxy cannot be used.
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let proxy = settings.proxy.as_ref().map(new_proxy).transpose()?;
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .accept("*/*")
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .timeout_connect(Some(settings.connect_timeout))
            .timeout_resolve(Some(settings.connect_timeout))
            .timeout_per_read(settings.read_timeout)
            .max_idle_age(IDLE_TIMEOUT)
            .build();
        let tls = TlsConnector::new(Arc::new(settings.trust.config()?));
        let chain = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default());
        let chain = chain.chain(AnswerAfterWriteError).chain(tls);
        let agent = Agent::with_parts(config, WithConnectErrors(chain), WithConnectErrors(DefaultResolver::default()));
        Ok(Self { agent, settings })
    }

    /// Converts an error that happened before a response began.
    fn error_before_response(&self, error: UreqError, started: Instant, bounds: Bounds) -> Error {
        let host = self.settings.host.clone();
        match error {
            UreqError::Other(e) if e.is::<ConnectError>() => self.settings.connect_error(e),
            UreqError::HostNotFound | UreqError::Timeout(Timeout::Resolve | Timeout::Connect) => {
                self.settings.connect_error(Box::new(error))
            }
            UreqError::Timeout(_) => self.settings.timeout_error(started, bounds, Box::new(error)),
            UreqError::Protocol(_) | UreqError::Http(_) | UreqError::BodyStalled => {
                let problem = error.to_string();
                Error::BadHttp { host, problem, source: Box::new(error) }
            }
            error => {
                let cause: BoxError = Box::new(error.into_io());
                Error::NoResponse { host, problem: transport_error::root_cause(&*cause), source: cause }
            }
        }
    }

    /// Converts an error that happened while the body was received.
    fn error_in_body(&self, error: std::io::Error, started: Instant, bounds: Bounds, received: usize) -> Error {
        let host = self.settings.host.clone();
        let problem = transport_error::root_cause(&error);
        let bad_http = match transport_error::find::<UreqError>(&error) {
            Some(UreqError::Timeout(_)) => return self.settings.timeout_error(started, bounds, Box::new(error)),
            Some(UreqError::Protocol(_) | UreqError::BodyStalled) => true,
            _ => transport_error::is_bad_framing(&error),
        };
        transport_error::body_error(host, received, bad_http.then_some(problem), Box::new(error))
    }
}

/// Converts a proxy for ureq.
fn new_proxy(HttpProxy { url, credentials, .. }: &HttpProxy) -> Result<ureq::Proxy, Error> {
    let unusable = |_| Error::setup("the proxy cannot be used");
    let uri: http::Uri = url.parse().map_err(|_| Error::setup("the proxy cannot be used"))?;
    let mut builder = ureq::Proxy::builder(ureq::ProxyProtocol::Http).host(uri.host().unwrap_or_default());
    if let Some(port) = uri.port_u16() {
        builder = builder.port(port);
    }
    if let Some(ProxyCredentials { user, password }) = credentials {
        builder = builder.username(user).password(password);
    }
    builder.build().map_err(unusable)
}

impl BlockingTransport for Ureq {
    /// Sends with logging disabled: at level TRACE, ureq logs all bytes that it sends and receives.
    fn exchange(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        // This is enough if `log` is routed to `tracing` …
        tracing::subscriber::with_default(NoSubscriber::new(), || {
            // … and with another logger, refusing to send is better than logging the credentials.
            if log::log_enabled!(target: "ureq_proto::util", log::Level::Trace) {
                return Err(Error::setup(
                    "the logger would show every byte that is sent, including the credentials; set its level for `ureq_proto` to `debug` or higher",
                ));
            }
            self.send(request, bounds)
        })
    }
}

impl Ureq {
    fn send(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        let started = Instant::now();
        let (head, body) = request.into_parts();
        let request = http::Request::from_parts(head, &body[..]);
        let request = self.agent.configure_request(request).timeout_global(Some(bounds.timeout)).build();
        let response = self.agent.run(request).map_err(|e| self.error_before_response(e, started, bounds))?;
        let (head, body) = response.into_parts();
        let head = http::Response::from_parts(head, ());
        if redirect_target(&head).is_some() {
            return Ok(head.map(|()| Vec::new()));
        }
        let mut received = Body::new(head.headers(), bounds.max_response_size)?;
        let mut reader = body.into_reader();
        let mut chunk = [0; 16 << 10];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(head.map(|()| received.bytes)),
                Ok(length) => received.push(&chunk[..length])?,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(self.error_in_body(e, started, bounds, received.bytes.len())),
            }
        }
    }
}
