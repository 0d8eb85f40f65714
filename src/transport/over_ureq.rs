//! Packets over ureq, blocking.

use std::io::Read;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use tracing::subscriber::NoSubscriber;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};
use ureq::{Agent, Error as UreqError, Timeout};

use super::failure::{self, BadHttp};
use super::tls::TlsConnector;
use super::unreached::{Marked, Unreached};
use super::{BlockingTransport, Body, Bounds, IDLE, Proxy, Settings, USER_AGENT, redirect};
use crate::error::{BoxError, Error};

/// A server, and the open connections to it.
#[derive(Debug)]
pub(crate) struct Ureq {
    agent: Agent,
    settings: Settings,
}

impl Ureq {
    /// # Errors
    /// If the certificates or the proxy cannot be used.
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let proxy = match &settings.proxy {
            Proxy::Environment => ureq::Proxy::try_from_env(),
            Proxy::None => None,
            Proxy::Url(url) => {
                Some(ureq::Proxy::new(url.expose()).map_err(|_| Error::setup("the proxy cannot be used"))?)
            }
        };
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
            .max_idle_age(IDLE)
            .build();
        let tls = TlsConnector::new(Arc::new(settings.trust.config()?));
        let chain = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default()).chain(tls);
        let agent = Agent::with_parts(config, Marked(chain), Marked(DefaultResolver::default()));
        Ok(Self { agent, settings })
    }

    /// Why no answer began.
    fn before_answer(&self, error: UreqError, started: Instant, bounds: Bounds) -> Error {
        let host = self.settings.host.clone();
        match error {
            UreqError::Other(e) if e.is::<Unreached>() => failure::connect(host, e),
            UreqError::HostNotFound | UreqError::Timeout(Timeout::Resolve | Timeout::Connect) => {
                failure::connect(host, Box::new(error))
            }
            UreqError::Timeout(_) => self.settings.timed_out(started, bounds, Box::new(error)),
            UreqError::Protocol(_) | UreqError::Http(_) | UreqError::BodyStalled => {
                let problem = error.to_string();
                Error::BadHttp { host, problem, source: Box::new(error) }
            }
            error => {
                let cause: BoxError = Box::new(error.into_io());
                Error::NoAnswer { host, problem: failure::root_cause(&*cause), source: cause }
            }
        }
    }

    /// Why an answer that began did not come whole.
    fn during_answer(&self, error: std::io::Error, started: Instant, bounds: Bounds, received: usize) -> Error {
        let host = self.settings.host.clone();
        let problem = failure::root_cause(&error);
        let bad_http = match failure::find::<UreqError>(&error) {
            Some(UreqError::Timeout(_)) => return self.settings.timed_out(started, bounds, Box::new(error)),
            Some(UreqError::Protocol(_) | UreqError::BodyStalled) => true,
            _ => BadHttp::in_body(&error),
        };
        failure::cut(host, received, bad_http.then_some(problem), Box::new(error))
    }
}

impl BlockingTransport for Ureq {
    /// In silence: at the level TRACE, ureq logs all bytes that it sends and gets.
    fn exchange(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        // This is enough where logs go to tracing …
        tracing::subscriber::with_default(NoSubscriber::new(), || {
            // … and where they go elsewhere, nothing is sent rather than credentials shown.
            if log::log_enabled!(target: "ureq_proto::util", log::Level::Trace) {
                return Err(Error::setup(
                    "the logger is set to show every byte that is sent, credentials too; set it to show no more than `debug` of `ureq_proto`",
                ));
            }
            self.send(request, bounds)
        })
    }
}

impl Ureq {
    fn send(&self, request: http::Request<Bytes>, bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        let started = Instant::now();
        let (head, packet) = request.into_parts();
        let request = http::Request::from_parts(head, &packet[..]);
        let request = self.agent.configure_request(request).timeout_global(Some(bounds.timeout)).build();
        let response = self.agent.run(request).map_err(|e| self.before_answer(e, started, bounds))?;
        let (head, body) = response.into_parts();
        let head = http::Response::from_parts(head, ());
        if redirect(&head).is_some() {
            return Ok(head.map(|()| Vec::new()));
        }
        let mut collected = Body::announced(head.headers(), bounds.max_response_size)?;
        let mut reader = body.into_reader();
        let mut chunk = [0; 16 << 10];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(head.map(|()| collected.bytes)),
                Ok(length) => collected.push(&chunk[..length])?,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(self.during_answer(e, started, bounds, collected.bytes.len())),
            }
        }
    }
}
