//! Why something was not done.

use plesk_wire::packet::{ErrorCode, Outcome};

/// Why a packet or an operation was refused: the error that its answer carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) text: String,
}

impl Refusal {
    pub(crate) fn new(code: ErrorCode, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }

    /// An object of the kind `what` that is not there.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NOT_FOUND, format!("{what} does not exist"))
    }

    /// An owner that is not there.
    pub(crate) fn no_owner() -> Self {
        Self::new(ErrorCode::OWNER_NOT_FOUND, "Owner does not exist")
    }

    /// A value that is taken already.
    pub(crate) fn taken(what: &str) -> Self {
        Self::new(ErrorCode::ALREADY_EXISTS, format!("{what} exists already"))
    }

    /// A value that the schema allows and the server does not.
    pub(crate) fn invalid(problem: &str) -> Self {
        Self::new(ErrorCode::INVALID_VALUE, problem)
    }

    /// The `result` that says so.
    pub(crate) fn into_outcome<B>(self, body: B) -> Outcome<B> {
        Outcome::error(self.code, self.text, body)
    }
}
