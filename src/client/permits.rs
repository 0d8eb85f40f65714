//! The limit of requests in flight of the blocking client.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A counting semaphore: the number of further requests that may be in flight.
pub(super) struct Permits(Arc<Counter>);

struct Counter {
    free: Mutex<usize>,
    freed: Condvar,
}

impl Permits {
    pub(super) fn new(max_in_flight: usize) -> Self {
        Self(Arc::new(Counter { free: Mutex::new(max_in_flight), freed: Condvar::new() }))
    }

    /// Waits for a permit, for at most `timeout`.
    pub(super) fn acquire(&self, timeout: Option<Duration>) -> Option<Permit> {
        let Counter { free, freed } = &*self.0;
        let free = free.lock().unwrap_or_else(PoisonError::into_inner);
        let is_zero = |free: &mut usize| *free == 0;
        let mut free = match timeout {
            Some(timeout) => freed.wait_timeout_while(free, timeout, is_zero).unwrap_or_else(PoisonError::into_inner).0,
            None => freed.wait_while(free, is_zero).unwrap_or_else(PoisonError::into_inner),
        };
        *free = free.checked_sub(1)?;
        Some(Permit(self.0.clone()))
    }
}

/// A permit for one request. It is returned when dropped, even after a panic.
pub(super) struct Permit(Arc<Counter>);

impl Drop for Permit {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}
