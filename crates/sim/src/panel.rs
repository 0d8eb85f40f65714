//! The simulated panel: its state, the credentials of its administrator, and its state file.

use std::io;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use crate::authentication::{Caller, Credentials};
use crate::clock::Clock;
use crate::environment::{Entered, Moment};
use crate::failure::Failures;
use crate::journal::{Journal, Record};
use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, SecretKey, State};
use crate::{packet, random, seed};

/// The number of records after which a start replaces those of a state file by a snapshot.
const COMPACTED_AFTER: usize = 1_000;

/// The simulated Plesk without its network.
pub(crate) struct Panel {
    pub(crate) credentials: Credentials,
    pub(crate) clock: Clock,
    pub(crate) failures: Failures,
    state: Mutex<State>,
    journal: Option<Journal>,
}

/// What a panel starts with. A credential that is `None` is that of the state file, or a new one.
#[derive(Clone, Default)]
pub(crate) struct Setup {
    pub(crate) login: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) secret_key: Option<String>,
    /// Describes the objects of a new server; see [`seed::add`].
    pub(crate) seed: String,
    pub(crate) state_file: Option<PathBuf>,
}

/// The state of a server, locked: the server waits until this is dropped.
///
/// Objects that are added meanwhile get their dates from the clock of the server.
pub struct StateGuard<'s> {
    state: MutexGuard<'s, State>,
    _entered: Entered,
}

impl Deref for StateGuard<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for StateGuard<'_> {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}

impl std::fmt::Debug for StateGuard<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.state.fmt(f)
    }
}

impl Panel {
    /// Creates a panel: a new one, or that of the state file.
    ///
    /// # Errors
    /// If the seed is not valid, or if the state file cannot be used.
    pub(crate) fn new(setup: Setup) -> io::Result<Self> {
        let clock = Clock::default();
        let (mut journal, records) = match &setup.state_file {
            None => (None, Vec::new()),
            Some(path) => {
                let (journal, records) = Journal::open(path)?;
                (Some(journal), records)
            }
        };
        let mut new_records = Vec::new();
        let is_long = records.len() > COMPACTED_AFTER;
        let (mut state, old) = if records.is_empty() {
            let moment = clock.moment();
            let state = create(moment, &setup.seed)?;
            new_records.push(Record::Server { moment, seed: setup.seed.clone() });
            (state, None)
        } else {
            replay(records)?
        };
        let credentials = choose_credentials(&setup, &state, old.as_ref())?;
        if old.as_ref() != Some(&credentials) {
            apply_credentials(&mut state, &credentials);
            new_records.push(Record::Credentials(credentials.clone()));
        }
        if is_long && let Some(old) = journal.take() {
            journal = Some(compact(old, &state, &credentials)?);
        } else if let Some(journal) = &journal {
            journal.append(&new_records)?;
            journal.sync(journal.length())?;
        }
        Ok(Self { credentials, clock, failures: Failures::default(), state: Mutex::new(state), journal })
    }

    /// Stores a packet, so that it runs again after a restart. Without a state file this does nothing.
    ///
    /// The caller has locked the state, so packets are stored in the order in which they run.
    ///
    /// # Errors
    /// If the file cannot be written. The packet must not run then.
    pub(crate) fn store(
        &self,
        moment: Moment,
        caller: Caller,
        skipped: Vec<usize>,
        body: &[u8],
    ) -> Result<(), Refusal> {
        let Some(journal) = &self.journal else { return Ok(()) };
        journal.append(&[Record::Packet { moment, caller, skipped, body: body.to_vec() }]).map_err(not_written)
    }

    /// Returns how much of the state file must have reached the disk before a response may report the present state.
    pub(crate) fn stored(&self) -> u64 {
        self.journal.as_ref().map_or(0, Journal::length)
    }

    /// Waits until this much of the state file has reached the disk. The caller does not lock the state, so that
    /// other packets run meanwhile.
    ///
    /// # Errors
    /// If the disk fails.
    pub(crate) fn sync(&self, stored: u64) -> Result<(), Refusal> {
        self.journal.as_ref().map_or(Ok(()), |journal| journal.sync(stored)).map_err(not_written)
    }

    /// Locks the state for a test.
    ///
    /// # Panics
    /// If the state is still locked after ten seconds.
    pub(crate) fn state(&self) -> StateGuard<'_> {
        let state = self.lock();
        StateGuard { state, _entered: self.clock.moment().enter() }
    }

    /// Locks the state.
    ///
    /// # Panics
    /// If the state is still locked after ten seconds.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.lock_within(Duration::from_secs(10))
    }

    /// Locks the state, or panics after `timeout`.
    ///
    /// A test that keeps the guard and locks again, or waits for a response of the server, would hang
    /// forever. A panic names the cause.
    fn lock_within(&self, timeout: Duration) -> MutexGuard<'_, State> {
        self.state.try_lock_for(timeout).unwrap_or_else(|| {
            panic!("the guard of an earlier `state()` is still alive; drop it before the next call or request")
        })
    }
}

fn not_written(error: io::Error) -> Refusal {
    Refusal::operation_failed(format!("The state file cannot be written: {error}"))
}

/// Returns the state of a new server.
fn create(moment: Moment, seed: &str) -> io::Result<State> {
    let _entered = moment.enter();
    let mut state = State::new();
    seed::add(&mut state, seed).map_err(invalid_input)?;
    Ok(state)
}

/// Replaces the records of a state file by a snapshot of the state.
fn compact(journal: Journal, state: &State, credentials: &Credentials) -> io::Result<Journal> {
    let json = serde_json::to_string(state)?;
    let stored: State = serde_json::from_str(&json)?;
    if stored != *state {
        // The snapshot would lose something. The records have everything.
        journal.append(&[Record::Credentials(credentials.clone())])?;
        journal.sync(journal.length())?;
        return Ok(journal);
    }
    let snapshot = Record::Snapshot { state: json };
    journal.replace(&[snapshot, Record::Credentials(credentials.clone())])
}

/// Runs everything again that a state file has. Returns the state and the last credentials.
fn replay(records: Vec<Record>) -> io::Result<(State, Option<Credentials>)> {
    let mut records = records.into_iter();
    let mut state: State = match records.next() {
        Some(Record::Server { moment, seed }) => create(moment, &seed)?,
        Some(Record::Snapshot { state }) => serde_json::from_str(&state).map_err(|error| {
            invalid_data(format!("this version cannot read the snapshot of the state file: {error}"))
        })?,
        _ => return Err(invalid_data("the state file does not begin with a server")),
    };
    let mut credentials = None;
    for record in records {
        match record {
            Record::Server { .. } | Record::Snapshot { .. } => {
                return Err(invalid_data("the state file contains a second server"));
            }
            Record::Credentials(changed) => {
                apply_credentials(&mut state, &changed);
                credentials = Some(changed);
            }
            Record::Packet { moment, caller, skipped, body } => {
                packet::replay(&mut state, moment, caller, &skipped, &body).map_err(|refusal| {
                    invalid_data(format!("this version refuses a packet of the state file: {}", refusal.text))
                })?;
            }
        }
    }
    Ok((state, credentials))
}

/// Returns the credentials of the setup, completed by the old ones or by new ones.
fn choose_credentials(setup: &Setup, state: &State, old: Option<&Credentials>) -> io::Result<Credentials> {
    let choose = |name: &str, chosen: &Option<String>, old: Option<&String>, new: &dyn Fn() -> String| {
        let value = chosen.as_ref().or(old).cloned().unwrap_or_else(new);
        if value.is_empty() || value.contains(|c: char| c.is_control()) {
            return Err(invalid_input(format!("the {name} is empty or contains a control character")));
        }
        Ok(value)
    };
    let administrator = &state.administrator;
    Ok(Credentials {
        login: choose("login", &setup.login, old.map(|old| &old.login), &|| administrator.login.clone())?,
        password: choose("password", &setup.password, old.map(|old| &old.password), &|| {
            administrator.password.expose().to_owned()
        })?,
        secret_key: choose("secret key", &setup.secret_key, old.map(|old| &old.secret_key), &random::guid)?,
    })
}

fn apply_credentials(state: &mut State, credentials: &Credentials) {
    state.administrator.login.clone_from(&credentials.login);
    state.administrator.password = credentials.password.as_str().into();
    let key = SecretKey { addresses: Vec::new(), description: String::new(), account: ADMINISTRATOR_ID };
    state.secret_keys.insert(credentials.secret_key.clone(), key);
}

fn invalid_input(problem: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, problem.into())
}

fn invalid_data(problem: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem.into())
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn panel() -> Panel {
        Panel::new(Setup::default()).expect("a panel")
    }

    #[test]
    #[should_panic(expected = "the guard of an earlier `state()` is still alive")]
    fn state_locked_twice_panics_instead_of_hanging() {
        let panel = panel();
        let _guard = panel.state();
        drop(panel.lock_within(Duration::from_millis(20)));
    }

    #[test]
    fn state_after_panic_is_usable() {
        let panel = panel();
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
