//! The result of a command, and the exit status that follows from it.

use std::process::ExitCode;

/// The result of a command, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Everything is valid, or every operation succeeded.
    Success,
    /// A packet is not valid, or a server refused an operation.
    Refused,
    /// Nothing was done, or it cannot be known.
    Failed,
}

impl From<Status> for ExitCode {
    /// Returns the exit status that the help text documents.
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Success => 0,
            Status::Refused => 1,
            Status::Failed => 2,
        })
    }
}
