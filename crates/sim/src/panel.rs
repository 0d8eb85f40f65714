//! The simulated panel: its state and the credentials of its administrator.

use std::sync::{Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::authentication::Credentials;
use crate::random;
use crate::state::State;

/// The simulated Plesk without its network.
pub(crate) struct Panel {
    pub(crate) credentials: Credentials,
    state: Mutex<State>,
}

impl Panel {
    pub(crate) fn new() -> Self {
        let state = State::new();
        let credentials = Credentials {
            login: state.administrator.login.clone(),
            password: state.administrator.password.expose().to_owned(),
            secret_key: random::guid(),
        };
        Self { credentials, state: Mutex::new(state) }
    }

    /// Locks the state.
    ///
    /// # Panics
    /// If the state is still locked after ten seconds.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state_within(Duration::from_secs(10))
    }

    /// Locks the state, or panics after `timeout`.
    ///
    /// A test that keeps the guard and locks again, or waits for a response of the server, would hang
    /// forever. A panic names the cause.
    fn state_within(&self, timeout: Duration) -> MutexGuard<'_, State> {
        let start = Instant::now();
        loop {
            match self.state.try_lock() {
                Ok(state) => return state,
                // A test thread that panicked with the guard must not make other threads fail.
                Err(TryLockError::Poisoned(state)) => return state.into_inner(),
                Err(TryLockError::WouldBlock) if start.elapsed() < timeout => thread::sleep(Duration::from_millis(1)),
                Err(TryLockError::WouldBlock) => {
                    panic!("the guard of an earlier `state()` is still alive; drop it before the next call or request")
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "the guard of an earlier `state()` is still alive")]
    fn state_locked_twice_panics_instead_of_hanging() {
        let panel = Panel::new();
        let _guard = panel.state();
        drop(panel.state_within(Duration::from_millis(20)));
    }

    #[test]
    fn state_after_panic_is_usable() {
        let panel = Panel::new();
        thread::scope(|scope| {
            let panicked = scope.spawn(|| {
                let _guard = panel.state();
                panic!("expected by this test");
            });
            assert!(panicked.join().is_err());
        });
        panel.state().add_customer("jo");
    }
}
