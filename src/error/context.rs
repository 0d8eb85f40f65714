//! Adds the server's name to errors and removes credentials from them.
//!
//! The host matters to a program that talks to two hundred servers. The codec and the transports leave
//! it empty; the client core adds it.

use super::Error;
use crate::codec::ResponseMask;

impl Error {
    /// Returns host and port of the server if the error is about sending a packet or reading the response.
    /// A [`Fault`](crate::Fault) has the host if a client received it.
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
            | Self::Unreadable { host, .. } => host.as_deref(),
            Self::Mismatch(mismatch) => mismatch.host.as_deref(),
            Self::System(error) => error.host(),
            Self::Setup { .. }
            | Self::EmptyBatch
            | Self::Invalid(_)
            | Self::Forbidden { .. }
            | Self::NotSingle { .. }
            | Self::ForeignHandle => None,
            Self::Fault(fault) => fault.host(),
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
            | Self::Unreadable { host, .. } => host,
            Self::Mismatch(mismatch) => &mut mismatch.host,
            Self::System(error) => error.host_mut(),
            _ => return self,
        };
        if host.is_none() {
            *host = server.map(str::to_owned);
        }
        self
    }

    /// Returns the error without the secrets of client and request, which a server may have repeated.
    pub(crate) fn redacted(self, mask: &ResponseMask) -> Self {
        match self {
            Self::Redirect { host, status, target } => Self::Redirect { host, status, target: mask.redact(&target) },
            Self::Encoding { host, encoding, source } => {
                Self::Encoding { host, encoding: mask.redact(&encoding), source }
            }
            Self::Malformed { host, source } => {
                Self::Malformed { host, source: source.map_texts(|text| mask.redact(text)) }
            }
            other => other,
        }
    }
}
