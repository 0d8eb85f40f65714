//! Which server an error is of: whoever drives two hundred must see it.

use super::Error;

/// The server as the subject of a message.
pub(super) fn server(host: &Option<String>) -> &str {
    host.as_deref().unwrap_or("the server")
}

/// Whose answer it is, for the middle of a message.
pub(super) fn of(host: &Option<String>) -> String {
    host.as_ref().map_or_else(String::new, |host| format!(" of {host}"))
}

impl Error {
    /// Host and port of the server, where the error is one of sending a packet to it and reading what
    /// came back. The [`Fault`](crate::Fault) of an operation does not know its server.
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
            | Self::NoAnswer { host, .. }
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

    /// The same as an error of the server `at`, unless it says whose it is.
    pub(crate) fn at(mut self, at: Option<&str>) -> Self {
        let place = match &mut self {
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
        if place.is_none() {
            *place = at.map(str::to_owned);
        }
        self
    }
}
