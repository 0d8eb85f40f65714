//! The handle of a running server.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, MutexGuard};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::authentication::Authentication;
use crate::plesk::Plesk;
use crate::recorder::Exchange;
use crate::server;
use crate::state::State;
use crate::tls::Identity;

/// A running simulated Plesk. It stops when this is dropped.
///
/// It runs in a thread of its own, so that blocking and asynchronous tests can use it alike.
pub struct Sim {
    url: String,
    certificate_pem: String,
    plesk: Arc<Plesk>,
    /// Dropped to stop the server.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// How a [`Sim`] is to run.
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
    /// If the system gives no port, no thread or no randomness.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// For a server that differs from the usual one.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where the server listens: `https://127.0.0.1:43210`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The server's self-signed certificate, for clients to trust. New at each start.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// The administrator's login, `admin`.
    pub fn login(&self) -> &str {
        &self.plesk.credentials.login
    }

    /// The administrator's password. New at each start.
    pub fn password(&self) -> &str {
        &self.plesk.credentials.password
    }

    /// A secret key of the administrator's. New at each start.
    pub fn secret_key(&self) -> &str {
        &self.plesk.credentials.secret_key
    }

    /// What the server holds, to be seeded and inspected.
    ///
    /// The state is in one hand at a time: drop the guard before the next call, in the same
    /// expression too, and before you wait for an answer of the server. What waits for the state
    /// panics after ten seconds.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.plesk.state()
    }

    /// Answers a packet of the administrator's without a network, for tests that send tens of
    /// thousands. It is not among the [`exchanges`](Self::exchanges).
    pub fn answer(&self, packet: &[u8]) -> Vec<u8> {
        self.plesk.answer(Authentication::Key(self.secret_key().as_bytes()), packet)
    }

    /// Every exchange so far, in the order in which they ended.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.plesk.recorder.all()
    }
}

impl Builder {
    /// HTTP without TLS, as the panel's port 8880. The certificate is made but not used.
    pub fn plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// The port to listen on, instead of a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// If the system gives no port, no thread or no randomness.
    pub fn start(self) -> io::Result<Sim> {
        let identity = Identity::new()?;
        let (scheme, tls) = if self.plain_http { ("http", None) } else { ("https", Some(identity.acceptor()?)) };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let url = format!("{scheme}://{}", listener.local_addr()?);

        let plesk = Arc::new(Plesk::new());
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let server = Arc::clone(&plesk);
        let thread = thread::Builder::new().name("plesk-sim".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::spawn(server::serve(listener, tls, server));
                // Nothing is ever sent: this ends when the handle drops its side.
                let _ = stopped.await;
            });
        })?;
        let certificate_pem = identity.certificate_pem();
        Ok(Sim { url, certificate_pem, plesk, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the server was printed when it happened; a second one here would abort.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sim").field("url", &self.url).finish_non_exhaustive()
    }
}
