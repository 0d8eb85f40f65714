//! The handle to a running server, and the builder that starts it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, MutexGuard};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::authentication::Authentication;
use crate::http::recorder::{Exchange, Recorder};
use crate::http::server::{self, Endpoint};
use crate::http::tls::Identity;
use crate::packet;
use crate::panel::Panel;
use crate::state::State;

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
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Builder {
    plain_http: bool,
    port: u16,
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

    /// Returns the login of the administrator: `admin`.
    pub fn login(&self) -> &str {
        &self.endpoint.panel.credentials.login
    }

    /// Returns the password of the administrator. It is new at each start.
    pub fn password(&self) -> &str {
        &self.endpoint.panel.credentials.password
    }

    /// Returns a secret key of the administrator. It is new at each start.
    pub fn secret_key(&self) -> &str {
        &self.endpoint.panel.credentials.secret_key
    }

    /// Locks the state of the server, to add objects and to inspect what a client did.
    ///
    /// While the guard lives, the server waits. Drop the guard before you wait for a response, and
    /// before you call this again, even within one expression.
    ///
    /// # Panics
    /// If the state is still locked after ten seconds.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.endpoint.panel.state()
    }

    /// Returns the response to a packet of the administrator without using the network, for tests that
    /// send tens of thousands. The packet is not recorded in [`exchanges`](Self::exchanges).
    pub fn respond(&self, packet: &[u8]) -> Vec<u8> {
        packet::respond(&self.endpoint.panel, Authentication::Key(self.secret_key().as_bytes()), packet)
    }

    /// Returns all exchanges so far, in the order in which they ended.
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

    /// Listens on this port instead of a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// If the system provides no port, thread or randomness.
    pub fn start(self) -> io::Result<Sim> {
        let identity = Identity::new()?;
        let (scheme, tls) = if self.plain_http { ("http", None) } else { ("https", Some(identity.acceptor()?)) };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let url = format!("{scheme}://{}", listener.local_addr()?);

        let endpoint = Arc::new(Endpoint { panel: Panel::new(), recorder: Recorder::default() });
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
