//! What all connections share.

use std::sync::{Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::random;
use crate::recorder::Recorder;
use crate::state::State;

/// The simulated Plesk itself, without its network.
pub(crate) struct Plesk {
    pub(crate) credentials: Credentials,
    pub(crate) recorder: Recorder,
    state: Mutex<State>,
}

/// What the administrator authenticates with.
pub(crate) struct Credentials {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) secret_key: String,
}

impl Plesk {
    pub(crate) fn new() -> Self {
        let state = State::new();
        let credentials = Credentials {
            login: state.administrator.login.clone(),
            password: state.administrator.password.expose().to_owned(),
            secret_key: random::guid(),
        };
        Self { credentials, recorder: Recorder::default(), state: Mutex::new(state) }
    }

    /// The state, alone.
    ///
    /// # Panics
    /// If somebody else has it for ten seconds.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state_within(Duration::from_secs(10))
    }

    /// Waits so long for the state. A test that holds it while it asks for it again, or while it
    /// waits for an answer of the server, would hang for ever; it is better told.
    fn state_within(&self, patience: Duration) -> MutexGuard<'_, State> {
        let since = Instant::now();
        loop {
            match self.state.try_lock() {
                Ok(state) => return state,
                // A test that panicked while it held the state spoils it for no other.
                Err(TryLockError::Poisoned(state)) => return state.into_inner(),
                Err(TryLockError::WouldBlock) if since.elapsed() < patience => thread::sleep(Duration::from_millis(1)),
                Err(TryLockError::WouldBlock) => {
                    panic!("the guard of an earlier `state()` still lives: drop it before the next call or request")
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "the guard of an earlier `state()` still lives")]
    fn asking_for_the_state_twice_does_not_hang() {
        let plesk = Plesk::new();
        let _held = plesk.state();
        drop(plesk.state_within(Duration::from_millis(20)));
    }

    #[test]
    fn a_panic_leaves_the_state_usable() {
        let plesk = Plesk::new();
        thread::scope(|scope| {
            let panicked = scope.spawn(|| {
                let _held = plesk.state();
                panic!("expected by this test");
            });
            assert!(panicked.join().is_err());
        });
        plesk.state().add_customer("jo");
    }
}
