//! The status of a file, and the exit status that follows from it.

use std::process::ExitCode;

/// The status of a file, from the least to the most severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// The packet is valid.
    Valid,
    /// The packet is not valid.
    Invalid,
    /// The file cannot be read, or the output cannot be written.
    Failed,
}

impl From<Status> for ExitCode {
    /// Returns the exit status that the help text documents.
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Valid => 0,
            Status::Invalid => 1,
            Status::Failed => 2,
        })
    }
}
