//! What can be asked of an error.

use plesk_wire::packet::ErrorCode;

use super::Error;
#[cfg(feature = "_client")]
use crate::mask::Redactor;

impl Error {
    /// The server's error code, if the server sent one: for the packet or for an operation.
    ///
    /// ```
    /// use plesk::{Error, ErrorCode, Outcome};
    ///
    /// let fault = Outcome::error(ErrorCode::NOT_FOUND, "no such customer", ()).into_result().unwrap_err();
    /// assert_eq!(Error::from(fault).code(), Some(ErrorCode::NOT_FOUND));
    /// assert_eq!(Error::EmptyBatch.code(), None);
    /// ```
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::System(error) => error.fault().code,
            Self::Fault(fault) => fault.code,
            _ => None,
        }
    }

    /// Whether it is certain that nothing of the packet reached the server, so that any packet may be
    /// sent again without harm. Where a [`RetryPolicy`](crate::RetryPolicy) made several attempts, that goes for all of
    /// them.
    ///
    /// ```
    /// assert!(plesk::Error::EmptyBatch.is_unsent());
    /// ```
    pub fn is_unsent(&self) -> bool {
        matches!(
            self,
            Self::Setup { .. }
                | Self::EmptyBatch
                | Self::Invalid(_)
                | Self::Forbidden { .. }
                | Self::QueueTimeout { .. }
                | Self::Connect { .. }
                | Self::Tls { .. }
        )
    }

    #[cfg(feature = "_client")]
    pub(crate) fn setup(problem: impl Into<String>) -> Self {
        Self::Setup { problem: problem.into(), source: None }
    }

    /// The same without our secrets, should a server repeat one.
    #[cfg(feature = "_client")]
    pub(crate) fn redacted(self, mask: &Redactor) -> Self {
        match self {
            Self::Redirect { host, status, target } => Self::Redirect { host, status, target: mask.apply(&target) },
            Self::Encoding { host, encoding, source } => {
                Self::Encoding { host, encoding: mask.apply(&encoding), source }
            }
            Self::System(error) => Self::System(error.redacted(mask)),
            other => other,
        }
    }

    /// The kind of error in a word, for traces, which must not show what the server sent.
    #[cfg(feature = "_client")]
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Setup { .. } => "setup",
            Self::EmptyBatch => "empty batch",
            Self::Invalid(_) => "invalid",
            Self::Forbidden { .. } => "forbidden",
            Self::QueueTimeout { .. } => "no turn",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::Timeout { .. } => "timeout",
            Self::NoAnswer { .. } => "no answer",
            Self::Truncated { .. } => "truncated",
            Self::BadHttp { .. } => "bad http",
            Self::Redirect { .. } => "redirect",
            Self::Status { .. } => "http status",
            Self::Empty { .. } => "empty",
            Self::NotXml { .. } => "not xml",
            Self::TooLarge { .. } => "too large",
            Self::TooMuchMemory { .. } => "too much memory",
            Self::Encoding { .. } => "encoding",
            Self::Malformed { .. } => "malformed",
            Self::Unreadable { .. } => "unreadable",
            Self::Mismatch(_) => "mismatch",
            Self::Incomplete { .. } => "incomplete",
            Self::NotSingle { .. } => "not single",
            Self::ForeignHandle => "foreign handle",
            Self::System(_) => "system",
            Self::Fault(_) => "fault",
        }
    }
}
