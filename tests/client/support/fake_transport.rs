//! A transport without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use plesk::Error;
use plesk::transport::{Bounds, BoxFuture, Bytes};

use super::packet;

/// The host that errors of a [`FakeTransport`] name.
const HOST: &str = "panel.example:8443";

type ExchangeResult = Result<http::Response<Vec<u8>>, Error>;

/// The result of one attempt, and the delay before it.
pub(crate) struct Attempt {
    delay: Duration,
    result: ExchangeResult,
}

impl Attempt {
    pub(crate) fn new(result: ExchangeResult) -> Self {
        Self { delay: Duration::ZERO, result }
    }

    /// A response packet with this content.
    pub(crate) fn respond(content: &str) -> Self {
        Self::new(Ok(http::Response::new(packet(content).into_bytes())))
    }

    /// Delays the result.
    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// A transport for either client whose results are computed by a function. It counts attempts, and can block
/// them until it is released.
#[derive(Clone)]
pub(crate) struct FakeTransport(Arc<State>);

/// Computes the result of an attempt from its number and the request body.
type AttemptFn = dyn Fn(usize, &[u8]) -> Attempt + Send + Sync;

struct State {
    attempt: Box<AttemptFn>,
    started: AtomicUsize,
    in_flight: AtomicUsize,
    max_in_flight: AtomicUsize,
    is_blocked: AtomicBool,
}

impl FakeTransport {
    /// Creates a transport. `attempt` gets the number of each attempt, starting at 0, and the request body.
    pub(crate) fn new(attempt: impl Fn(usize, &[u8]) -> Attempt + Send + Sync + 'static) -> Self {
        Self(Arc::new(State {
            attempt: Box::new(attempt),
            started: AtomicUsize::new(0),
            in_flight: AtomicUsize::new(0),
            max_in_flight: AtomicUsize::new(0),
            is_blocked: AtomicBool::new(false),
        }))
    }

    /// Blocks all attempts until [`release`](Self::release).
    pub(crate) fn blocked(self) -> Self {
        self.0.is_blocked.store(true, Ordering::SeqCst);
        self
    }

    pub(crate) fn release(&self) {
        self.0.is_blocked.store(false, Ordering::SeqCst);
    }

    /// Returns the number of attempts so far.
    pub(crate) fn started(&self) -> usize {
        self.0.started.load(Ordering::SeqCst)
    }

    /// Returns the number of attempts that have no result yet.
    pub(crate) fn in_flight(&self) -> usize {
        self.0.in_flight.load(Ordering::SeqCst)
    }

    /// Returns the largest number of attempts that were in flight at once.
    pub(crate) fn max_in_flight(&self) -> usize {
        self.0.max_in_flight.load(Ordering::SeqCst)
    }

    fn start(&self, request: &http::Request<Bytes>) -> Attempt {
        let number = self.0.started.fetch_add(1, Ordering::SeqCst);
        let in_flight = self.0.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.max_in_flight.fetch_max(in_flight, Ordering::SeqCst);
        (self.0.attempt)(number, request.body())
    }

    fn finish(&self, attempt: Attempt) -> ExchangeResult {
        self.0.in_flight.fetch_sub(1, Ordering::SeqCst);
        attempt.result
    }

    fn is_blocked(&self) -> bool {
        self.0.is_blocked.load(Ordering::SeqCst)
    }
}

impl plesk::transport::Transport for FakeTransport {
    fn exchange(&self, request: http::Request<Bytes>, _bounds: Bounds) -> BoxFuture<'_, ExchangeResult> {
        Box::pin(async move {
            let attempt = self.start(&request);
            if !attempt.delay.is_zero() {
                tokio::time::sleep(attempt.delay).await;
            }
            while self.is_blocked() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            self.finish(attempt)
        })
    }
}

impl plesk::transport::BlockingTransport for FakeTransport {
    fn exchange(&self, request: http::Request<Bytes>, _bounds: Bounds) -> ExchangeResult {
        let attempt = self.start(&request);
        thread::sleep(attempt.delay);
        while self.is_blocked() {
            thread::sleep(Duration::from_millis(1));
        }
        self.finish(attempt)
    }
}

/// An error of a connection that could not be made.
pub(crate) fn connect_error() -> Error {
    Error::Connect { host: HOST.to_owned(), problem: "injected".to_owned(), source: "injected".into() }
}

/// An error of a connection that ended before the response.
pub(crate) fn no_response_error() -> Error {
    Error::NoResponse { host: HOST.to_owned(), problem: "injected".to_owned(), source: "injected".into() }
}
