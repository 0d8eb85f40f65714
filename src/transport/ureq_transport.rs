//! The transport of the blocking client, on ureq.

use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tracing::subscriber::NoSubscriber;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};
use ureq::{Agent, Error as UreqError, Timeout};

use super::answer_after_write_error::AnswerAfterWriteError;
use super::connect_error::{ConnectError, WithConnectErrors};
use super::proxy::{HttpProxy, ProxyCredentials};
use super::received::{Received, redirect_target};
use super::settings::{IDLE_TIMEOUT, USER_AGENT};
use super::time_limit::{TimeLimit, within};
use super::tls::TlsConnector;
use super::{BlockingBody, BlockingTransport, Bounds, Settings, transport_error};
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
        let chain = chain.chain(AnswerAfterWriteError).chain(tls).chain(TimeLimit);
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
}

/// Converts an error that happened while the body was received.
fn error_in_body(
    settings: &Settings,
    error: std::io::Error,
    started: Instant,
    bounds: Bounds,
    received: usize,
) -> Error {
    let problem = transport_error::root_cause(&error);
    let bad_http = match transport_error::find::<UreqError>(&error) {
        Some(UreqError::Timeout(_)) => return settings.timeout_error(started, bounds, Box::new(error)),
        Some(UreqError::Protocol(_) | UreqError::BodyStalled) => true,
        _ => transport_error::is_bad_framing(&error),
    };
    transport_error::body_error(settings.host.clone(), received, bad_http.then_some(problem), Box::new(error))
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
    fn exchange(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        without_logging(|| {
            refuse_logging()?;
            self.send(request, bounds)
        })
    }

    fn open(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
    ) -> Result<http::Response<Box<dyn BlockingBody>>, Error> {
        without_logging(|| {
            refuse_logging()?;
            // Without a limit of ureq, which would go on while the caller reads the body.
            let response = within(bounds.timeout, || self.receive_head(request, bounds, None))?;
            let (head, body) = response.into_parts();
            let reader = body.into_reader();
            let body = UreqBody { reader, settings: self.settings.clone(), bounds, received: 0 };
            Ok(http::Response::from_parts(head, Box::new(body) as Box<dyn BlockingBody>))
        })
    }
}

/// Calls `io` with logging disabled: at level TRACE, ureq logs all bytes that it sends and receives.
fn without_logging<T>(io: impl FnOnce() -> T) -> T {
    tracing::subscriber::with_default(NoSubscriber::new(), io)
}

/// Checks that no logger shows the bytes. [`without_logging`] is enough if `log` is routed to `tracing`; with another
/// logger, refusing to send is better than logging the credentials.
fn refuse_logging() -> Result<(), Error> {
    if log::log_enabled!(target: "ureq_proto::util", log::Level::Trace) {
        return Err(Error::setup(
            "the logger would show every byte that is sent, including the credentials; set its level for `ureq_proto` to `debug` or higher",
        ));
    }
    Ok(())
}

impl Ureq {
    fn send(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        let started = Instant::now();
        let (head, body) = self.receive_head(request, bounds, Some(bounds.timeout))?.into_parts();
        let head = http::Response::from_parts(head, ());
        if redirect_target(&head).is_some() {
            return Ok(head.map(|()| Vec::new()));
        }
        let mut received = Received::new(head.headers(), bounds.max_response_size)?;
        let mut reader = body.into_reader();
        let mut chunk = [0; 16 << 10];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(head.map(|()| received.bytes)),
                Ok(length) => received.push(&chunk[..length])?,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(error_in_body(&self.settings, e, started, bounds, received.bytes.len())),
            }
        }
    }

    /// Sends `request` and receives the response up to its body. `timeout` includes reading the body.
    fn receive_head(
        &self,
        request: http::Request<Bytes>,
        bounds: Bounds,
        timeout: Option<Duration>,
    ) -> Result<http::Response<ureq::Body>, Error> {
        let started = Instant::now();
        let (head, body) = request.into_parts();
        let request = http::Request::from_parts(head, &body[..]);
        let request = self.agent.configure_request(request).timeout_global(timeout).build();
        self.agent.run(request).map_err(|e| self.error_before_response(e, started, bounds))
    }
}

/// A body that is still arriving.
struct UreqBody {
    reader: ureq::BodyReader<'static>,
    settings: Settings,
    bounds: Bounds,
    received: usize,
}

impl BlockingBody for UreqBody {
    fn chunk(&mut self, timeout: Duration) -> Result<Option<Bytes>, Error> {
        let (started, bounds) = (Instant::now(), Bounds { timeout, ..self.bounds });
        let mut chunk = vec![0; 16 << 10];
        match without_logging(|| within(timeout, || self.reader.read(&mut chunk))) {
            Ok(length) => {
                self.received += length;
                chunk.truncate(length);
                Ok((length > 0).then(|| chunk.into()))
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => Ok(Some(Bytes::new())),
            Err(e) => Err(error_in_body(&self.settings, e, started, bounds, self.received)),
        }
    }
}
