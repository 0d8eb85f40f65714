//! Adds the server's name to errors and removes credentials from them.
//!
//! The host matters to a program that talks to two hundred servers. The codec and the transports leave
//! it empty; the client core adds it.

use super::Error;
#[cfg(feature = "_client")]
use crate::redactor::Redactor;

impl Error {
    /// Returns host and port of the server if the error is about sending a packet or reading the response.
    /// The [`Fault`](crate::Fault) of an operation does not have a host.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), plesk::Error> {
    /// use plesk::{Client, session};
    ///
    /// let client = Client::builder("https://127.0.0.1:1").secret_key("no-such-key").build()?;
    /// let error = client.send(session::Get::new()).await.unwrap_err();
    /// assert_eq!(error.host(), Some("127.0.0.1:1"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::QueueTimeout { host, .. }
            | Self::Connect { host, .. }
            | Self::Tls { host, .. }
            | Self::Timeout { host, .. }
            | Self::NoResponse { host, .. }
            | Self::Truncated { host, .. }
            | Self::BadHttp { host, .. } => Some(host),
            Self::Redirect { host, .. }
            | Self::Status { host, .. }
            | Self::Empty { host, .. }
            | Self::NotXml { host, .. }
            | Self::TooLarge { host, .. }
            | Self::TooMuchMemory { host, .. }
            | Self::Encoding { host, .. }
            | Self::Malformed { host, .. }
            | Self::Unreadable { host, .. }
            | Self::Incomplete { host, .. } => host.as_deref(),
            Self::Mismatch(mismatch) => mismatch.host.as_deref(),
            Self::System(error) => error.host(),
            Self::Setup { .. }
            | Self::EmptyBatch
            | Self::Invalid(_)
            | Self::Forbidden { .. }
            | Self::NotSingle { .. }
            | Self::ForeignHandle
            | Self::Fault(_) => None,
        }
    }

    /// Returns the error with its host set to `server`, unless it already has one.
    pub(crate) fn with_host(mut self, server: Option<&str>) -> Self {
        let host = match &mut self {
            Self::Redirect { host, .. }
            | Self::Status { host, .. }
            | Self::Empty { host, .. }
            | Self::NotXml { host, .. }
            | Self::TooLarge { host, .. }
            | Self::TooMuchMemory { host, .. }
            | Self::Encoding { host, .. }
            | Self::Malformed { host, .. }
            | Self::Unreadable { host, .. }
            | Self::Incomplete { host, .. } => host,
            Self::Mismatch(mismatch) => &mut mismatch.host,
            Self::System(error) => error.host_mut(),
            _ => return self,
        };
        if host.is_none() {
            *host = server.map(str::to_owned);
        }
        self
    }

    /// Returns the error without the client's credentials, which a server may have repeated.
    #[cfg(feature = "_client")]
    pub(crate) fn redacted(self, redactor: &Redactor) -> Self {
        match self {
            Self::Redirect { host, status, target } => {
                Self::Redirect { host, status, target: redactor.redact(&target) }
            }
            Self::Encoding { host, encoding, source } => {
                Self::Encoding { host, encoding: redactor.redact(&encoding), source }
            }
            Self::System(error) => Self::System(error.redacted(redactor)),
            other => other,
        }
    }
}
