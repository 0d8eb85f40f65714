//! The lock of the tasks that write to the workspace. Only one of them can run at a time.

use std::fs::File;

use fs4::{FileExt, TryLockError};

use crate::workspace::root;

/// The lock, held while the value lives. The system releases it as well if the program is killed.
pub(crate) struct WriteLock {
    _directory: Option<File>,
}

impl WriteLock {
    /// Waits until no other task holds the lock, and takes it.
    pub(crate) fn acquire() -> Result<Self, String> {
        // A directory can be locked without leaving a file behind. A system that cannot open one has no lock.
        let directory = root().join("schemas");
        let Ok(file) = File::open(&directory) else { return Ok(Self { _directory: None }) };
        let locked = match FileExt::try_lock(&file) {
            Err(TryLockError::WouldBlock) => {
                eprintln!("waiting for another task that writes to {}", root().display());
                FileExt::lock(&file)
            }
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => Ok(()),
        };
        locked.map_err(|error| format!("cannot lock {}: {error}", directory.display()))?;
        Ok(Self { _directory: Some(file) })
    }
}
