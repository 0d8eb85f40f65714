//! The handle to a running server, and the builder that starts it.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use tokio::sync::oneshot;

use crate::authentication::Authentication;
use crate::failure::Failure;
use crate::http::recorder::{Exchange, Recorder};
use crate::http::server::{self, Endpoint};
use crate::http::tls::Identity;
use crate::packet::{self, Layout};
use crate::panel::{Panel, Setup, StateGuard};

/// A running simulated Plesk. It stops when this handle is dropped.
///
/// The server runs in its own thread, so blocking and asynchronous tests can both use it.
pub struct Sim {
    url: String,
    certificate_pem: String,
    endpoint: Arc<Endpoint>,
    /// Dropped to stop the server.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// The configuration of a [`Sim`].
///
/// ```
/// use plesk_sim::Sim;
///
/// let sim = Sim::builder().plain_http().start()?;
/// assert!(sim.url().starts_with("http://127.0.0.1:"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Builder {
    plain_http: bool,
    address: IpAddr,
    port: u16,
    setup: Setup,
    recorded: usize,
    log: bool,
}

/// The number of exchanges that are recorded by default.
const RECORDED: usize = 1_000;

impl Default for Builder {
    fn default() -> Self {
        Self {
            plain_http: false,
            address: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            setup: Setup::default(),
            recorded: RECORDED,
            log: false,
        }
    }
}

/// Shows no credentials.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("plain_http", &self.plain_http)
            .field("address", &SocketAddr::new(self.address, self.port))
            .field("state_file", &self.setup.state_file)
            .field("recorded", &self.recorded)
            .finish_non_exhaustive()
    }
}

impl Sim {
    /// Starts a server over HTTPS, on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// If the system provides no port, thread or randomness.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Returns a builder, to start a server without TLS or on a fixed port.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the URL of the server, such as `https://127.0.0.1:43210`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the self-signed certificate of the server, which the client must trust. It is new at each
    /// start.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// Returns the login of the administrator: `admin`, unless the builder or the state file has another.
    pub fn login(&self) -> &str {
        &self.endpoint.panel.credentials.login
    }

    /// Returns the password of the administrator. It is new at each start, unless the builder or the
    /// state file has one.
    pub fn password(&self) -> &str {
        &self.endpoint.panel.credentials.password
    }

    /// Returns a secret key of the administrator. It is new at each start, unless the builder or the state
    /// file has one.
    pub fn secret_key(&self) -> &str {
        &self.endpoint.panel.credentials.secret_key
    }

    /// Locks the state of the server, to add objects and to inspect what a client did.
    ///
    /// While the guard lives, the server waits. Drop the guard before you wait for a response, and
    /// before you call this again, even within one expression.
    ///
    /// A state file contains only what packets do, so changes that are made here are lost after a restart.
    ///
    /// # Panics
    /// If the state is still locked after ten seconds.
    pub fn state(&self) -> StateGuard<'_> {
        self.endpoint.panel.state()
    }

    /// Returns the response to a packet of the administrator without using the network, for tests that
    /// send tens of thousands. The packet is not recorded in [`exchanges`](Self::exchanges). Failures of the
    /// connection have no effect on the response.
    pub fn respond(&self, packet: &[u8]) -> Vec<u8> {
        let localhost = Ipv4Addr::LOCALHOST.into();
        packet::respond(&self.endpoint.panel, Authentication::Administrator, localhost, packet, Layout::Compact).body
    }

    /// Makes something go wrong with the next packet or operation. Several failures can wait at the same
    /// time.
    pub fn inject(&self, failure: Failure) {
        self.endpoint.panel.failures.add(failure);
    }

    /// Stops the clock of the server at this time. From then on only this and
    /// [`advance_clock`](Self::advance_clock) move it.
    ///
    /// The server counts in seconds, from 1970 to the year 9999.
    pub fn stop_clock_at(&self, time: SystemTime) {
        self.endpoint.panel.clock.stop_at(time);
    }

    /// Moves the clock of the server forward, whether it is stopped or not.
    pub fn advance_clock(&self, by: Duration) {
        self.endpoint.panel.clock.advance(by);
    }

    /// Returns the last exchanges, in the order in which they ended: at most 1,000, unless
    /// [`Builder::recorded_exchanges`] sets another number, and at most 64 MiB of them.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.endpoint.recorder.all()
    }
}

impl Builder {
    /// Uses HTTP without TLS, as port 8880 of a panel does. The certificate exists but is not used.
    pub fn plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Listens on this address instead of 127.0.0.1.
    ///
    /// Everyone who reaches another address than a loopback one reaches the server. `0.0.0.0` and `::` are
    /// all addresses of the machine.
    pub fn listen(mut self, address: IpAddr) -> Self {
        self.address = address;
        self
    }

    /// Sets the login of the administrator.
    pub fn login(mut self, login: impl Into<String>) -> Self {
        self.setup.login = Some(login.into());
        self
    }

    /// Sets the password of the administrator.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.setup.password = Some(password.into());
        self
    }

    /// Sets the secret key of the administrator.
    pub fn secret_key(mut self, key: impl Into<String>) -> Self {
        self.setup.secret_key = Some(key.into());
        self
    }

    /// Adds the objects that this text describes, in TOML. The README of this crate has an example. A
    /// server whose state file exists already has its objects, so the text has no effect then.
    pub fn seed(mut self, toml: impl Into<String>) -> Self {
        self.setup.seed = toml.into();
        self
    }

    /// Keeps the state in this file. It is created if it does not exist. Credentials of the builder
    /// replace those of the file.
    ///
    /// An operation is on the disk before its answer is sent, so a crash loses nothing that a client knows
    /// of. Every packet that changes something is kept, and runs again at the start; many of them are replaced by a
    /// snapshot of the state then.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.setup.state_file = Some(path.into());
        self
    }

    /// Sets how many exchanges are recorded. With 0, none are.
    pub fn recorded_exchanges(mut self, count: usize) -> Self {
        self.recorded = count;
        self
    }

    /// Writes a line about each request to standard error: the operations, the status and the sizes.
    pub fn log(mut self) -> Self {
        self.log = true;
        self
    }

    /// Listens on this port instead of a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// If the system provides no port, thread or randomness, or if the credentials, the seed or the state file
    /// cannot be used. The error names the address or the file.
    pub fn start(self) -> io::Result<Sim> {
        let identity = Identity::new(self.address)?;
        let (scheme, tls) = if self.plain_http { ("http", None) } else { ("https", Some(identity.acceptor()?)) };
        let address = SocketAddr::new(self.address, self.port);
        let listener = TcpListener::bind(address)
            .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {address}: {error}")))?;
        listener.set_nonblocking(true)?;
        let url = format!("{scheme}://{}", listener.local_addr()?);

        let panel = Panel::new(self.setup)?;
        let endpoint = Arc::new(Endpoint { panel, recorder: Recorder::new(self.recorded), log: self.log });
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let shared = Arc::clone(&endpoint);
        let thread = thread::Builder::new().name("plesk-sim".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::spawn(server::serve(listener, tls, shared));
                // Nothing is ever sent. This ends when the handle drops its sender.
                let _ = stopped.await;
            });
        })?;
        let certificate_pem = identity.certificate_pem();
        Ok(Sim { url, certificate_pem, endpoint, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the server was already printed. A second panic here would abort the process.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sim").field("url", &self.url).finish_non_exhaustive()
    }
}
