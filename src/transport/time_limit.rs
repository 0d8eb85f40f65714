//! Limits the time of each step of an exchange anew.
//!
//! ureq fixes the time of a whole exchange when the request is sent. A body that the caller reads in pieces, with pauses of
//! its own, needs a limit for each piece. This layer around TLS adds a limit to those of ureq. ureq calls it on the thread
//! that waits, which is how the limit gets here.

use std::cell::Cell;
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport, time};
use ureq::{Error, Timeout};

thread_local! {
    /// The time until which this thread may wait; `None` if only the limits of ureq apply.
    static UNTIL: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Calls `io`, which waits on this thread for at most `timeout`.
pub(super) fn within<T>(timeout: Duration, io: impl FnOnce() -> T) -> T {
    /// Removes the limit, even after a panic.
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            UNTIL.set(None);
        }
    }
    UNTIL.set(Instant::now().checked_add(timeout));
    let _reset = Reset;
    io()
}

/// Returns `timeout`, or what is left of the time of [`within`] if that is less.
pub(super) fn limited(mut timeout: NextTimeout) -> NextTimeout {
    if let Some(until) = UNTIL.get() {
        let left = time::Duration::Exact(until.saturating_duration_since(Instant::now()));
        if left < timeout.after {
            (timeout.after, timeout.reason) = (left, Timeout::Global);
        }
    }
    timeout
}

/// A connector that adds the layer to a connection.
#[derive(Debug)]
pub(super) struct TimeLimit;

impl<In: Transport> Connector<In> for TimeLimit {
    type Out = Limited<In>;

    fn connect(&self, _details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(Limited))
    }
}

/// A connection whose steps have a limit of their own.
#[derive(Debug)]
pub(super) struct Limited<T>(T);

impl<T: Transport> Transport for Limited<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, limited(timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(limited(timeout))
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
