//! The error type. Each message says what failed and what to do about it.

mod advice;
mod context;
mod questions;
mod system;
mod text;

use std::time::Duration;

use plesk_wire::OneLine;
use plesk_wire::packet::{Effect, ErrorCode, Fault, NotSingle};
use plesk_wire::xml::{ReadError, Violations};

use crate::codec::{Mismatch, OperationPath};

pub use system::SystemError;

/// An error of a lower layer: the network, TLS or the operating system.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a packet could not be sent or its response not be read; or why an operation failed, where `?`
/// converted its [`Fault`].
///
/// Everything that `?` meets on the way to a result becomes this type. An error type of your own therefore needs
/// one conversion, for example for a web framework:
///
/// ```
/// use plesk::{Error, customer};
///
/// struct AppError(Error);
///
/// impl<E: Into<Error>> From<E> for AppError {
///     fn from(error: E) -> Self {
///         Self(error.into())
///     }
/// }
///
/// async fn handler(client: plesk::Client) -> Result<(), AppError> {
///     client.send(customer::Del::new(customer::Filter::login("jo"))).await?.into_single()??;
///     Ok(())
/// }
/// # let _ = handler;
/// ```
///
/// The message says what is wrong and what to do next; [`source`](std::error::Error::source) returns
/// the causes in lower layers. Messages never contain credentials or secrets of a request. If the server
/// sends something other than a packet, the message quotes its start without the client's credentials.
///
/// ```no_run
/// # async fn example(client: plesk::Client) -> Result<(), plesk::Error> {
/// use plesk::{Error, ErrorCode, session};
///
/// match client.send(session::Terminate::new("a66734b")).await {
///     Ok(Ok(_)) => println!("closed"),
///     Ok(Err(fault)) if fault.code == Some(ErrorCode::NOT_FOUND) => println!("no such session"),
///     Ok(Err(fault)) => println!("refused: {fault}"),
///     Err(Error::Connect { host, .. }) => println!("{host} is down?"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    // --- before anything is sent ---
    /// The client cannot be built with these settings.
    #[error("cannot build the client: {problem}")]
    Setup {
        /// The problem, and what to do about it.
        problem: String,
        /// The cause, if it is in a lower layer.
        source: Option<BoxError>,
    },

    /// The batch has no operation, or the upload no file.
    #[error("nothing to send: push an operation into the batch, or give a file to upload")]
    EmptyBatch,

    /// The packet violates the schema, so it was not sent. The violations of all operations are included.
    /// A raw packet can be sent [`unchecked`](crate::RawPacket::unchecked).
    ///
    /// The path `packet/customer[2]/del[3]/filter/login` leads to the third `del` in the second
    /// `customer` element of the packet. Consecutive operations of one operator share its element.
    /// Operators always have an index, operations from the second one on.
    #[error("the packet is invalid and was not sent; correct this (or send a raw packet unchecked):\n{0}")]
    Invalid(Violations),

    /// The client forbids the effect of the packet, so it was not sent.
    #[error("{subject} was not sent: {effect}",
        subject = operation.map_or("the raw packet".to_owned(), |operation| operation.to_string()),
        effect = effect.map_or(
            "its effect is unknown; set it with RawPacket::effect".to_owned(),
            |effect| format!("its effect is {effect:?}, which this client forbids"),
        ))]
    Forbidden {
        /// The first forbidden operation; `None` for a raw packet.
        operation: Option<OperationPath>,
        /// The forbidden effect; `None` for a raw packet whose effect is unknown.
        effect: Option<Effect>,
    },

    /// The [deadline](crate::RetryPolicy::deadline) passed while the packet waited for a free slot, because
    /// [`max_in_flight`](crate::ClientBuilder::max_in_flight) requests were in flight. Nothing was sent.
    #[error(
        "nothing was sent to {host}: no slot was free within {after:?}; send fewer requests at once, raise max_in_flight, or set a later deadline"
    )]
    QueueTimeout {
        /// Host and port.
        host: String,
        /// The deadline, counted from the call.
        after: Duration,
    },

    // --- network errors ---
    /// No connection could be made. Nothing was sent.
    #[error("cannot connect to {host}: {problem}; {}", advice::CONNECT)]
    Connect {
        /// Host and port.
        host: String,
        /// A short description of the problem.
        problem: String,
        /// The cause.
        source: BoxError,
    },

    /// A connection was made, but the server could not prove its identity or does not use TLS.
    /// Nothing was sent.
    #[error("no trusted TLS connection to {host}: {problem}")]
    Tls {
        /// Host and port.
        host: String,
        /// The problem, and what to do about it.
        problem: String,
        /// The SHA-256 fingerprint of the certificate that the server presented, if it was not trusted.
        /// [`pinned_certificate`](crate::ClientBuilder::pinned_certificate) accepts it. Compare it with
        /// the certificate on the server before you pin it.
        certificate_sha256: Option<String>,
        /// The cause.
        source: BoxError,
    },

    /// The complete response did not arrive in time.
    #[error(
        "no complete response from {host} within {after:?}; {}; for slow operations set a longer timeout, or a later deadline for retries",
        advice::MAYBE_EXECUTED
    )]
    Timeout {
        /// Host and port.
        host: String,
        /// The timeout that was exceeded: a configured one, or the time that remained until the deadline.
        after: Duration,
        /// The cause.
        source: BoxError,
    },

    /// The connection broke before the response began.
    #[error("the connection to {host} ended without a response: {problem}; {}", advice::MAYBE_EXECUTED)]
    NoResponse {
        /// Host and port.
        host: String,
        /// A short description of the problem.
        problem: String,
        /// The cause.
        source: BoxError,
    },

    /// The connection broke in the middle of the response.
    #[error("the response from {host} broke off after {received} bytes; {}", advice::MAYBE_EXECUTED)]
    Truncated {
        /// Host and port.
        host: String,
        /// The number of bytes of the body that had arrived.
        received: usize,
        /// The cause.
        source: BoxError,
    },

    /// The response is not HTTP, or violates its rules.
    #[error("invalid HTTP from {host}: {problem}; {}; {}", advice::WRONG_SERVER, advice::MAYBE_EXECUTED)]
    BadHttp {
        /// Host and port.
        host: String,
        /// A short description of the problem.
        problem: String,
        /// The cause.
        source: BoxError,
    },

    // --- responses that are not readable packets ---
    /// The server redirected the client. Redirects are never followed, because that would reveal the
    /// credentials to another server.
    #[error(
        "{} redirects to {} (HTTP status {status}), which is not followed; if that is the panel, build the client with its URL",
        text::server(.host),
        OneLine(.target)
    )]
    Redirect {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The HTTP status.
        status: u16,
        /// The target of the redirect.
        target: String,
    },

    /// The server responded with an HTTP error and without a packet.
    #[error(
        "{} responded with HTTP status {status} and without a packet; {}; the body starts with: {body_start}",
        text::server(.host),
        advice::http_status(*.status)
    )]
    Status {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The HTTP status.
        status: u16,
        /// The start of the body, on one line.
        body_start: String,
    },

    /// The body of the response is empty.
    #[error(
        "the response{} is empty{}; {}, or check the server's log; {}",
        text::from_host(.host),
        text::with_status(.status),
        advice::WRONG_SERVER,
        advice::MAYBE_EXECUTED
    )]
    Empty {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The HTTP status, unless a [`Packet`](crate::Packet) read the response.
        status: Option<u16>,
    },

    /// The body of the response is not XML; an HTML page, for example.
    #[error(
        "the response{} is not a packet; {}; {}; the body starts with: {body_start}",
        text::from_host(.host),
        advice::WRONG_SERVER,
        advice::MAYBE_EXECUTED
    )]
    NotXml {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The start of the body, on one line.
        body_start: String,
    },

    /// The response is larger than the client allows.
    #[error(
        "the response{} is larger than {limit} bytes; request fewer objects at once, or raise max_response_size; {}",
        text::from_host(.host),
        advice::MAYBE_EXECUTED
    )]
    TooLarge {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The limit, in bytes.
        limit: usize,
    },

    /// The decoded response takes more memory than the client allows.
    #[error(
        "the response{} takes more than {limit} bytes of memory; request fewer objects at once, or raise max_response_memory; {}",
        text::from_host(.host),
        advice::MAYBE_EXECUTED
    )]
    TooMuchMemory {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The limit, in bytes.
        limit: usize,
    },

    /// The response has a compression that the client does not accept, or cannot be decompressed.
    #[error(
        "the response{} is compressed ({}) and cannot be decompressed; {}; {}",
        text::from_host(.host),
        OneLine(.encoding),
        advice::ENCODING,
        advice::MAYBE_EXECUTED
    )]
    Encoding {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The header `Content-Encoding` of the response.
        encoding: String,
        /// The cause, if decompressing was tried.
        source: Option<BoxError>,
    },

    /// The response is not well-formed XML or not a packet; or, for a strict client, the schema does not
    /// allow it.
    #[error("cannot read the response{}: {source}; {}", text::from_host(.host), advice::MAYBE_EXECUTED)]
    Malformed {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The problem and its location.
        source: ReadError,
    },

    // --- responses that do not match the request ---
    /// The reply to one operation does not match its type; others of the same packet may.
    #[error(
        "cannot read the reply{} to the operation: {source}; it was executed or refused, so check the server's state before sending it again",
        text::from_host(.host)
    )]
    Unreadable {
        /// Host and port, if a client read the response.
        host: Option<String>,
        /// The problem and its location.
        source: ReadError,
    },

    /// The response does not answer the requested operations.
    #[error(
        "the response{from} does not match the packet ({0}); check the server's state before sending the packet again",
        from = text::from_host(&.0.host)
    )]
    Mismatch(Mismatch),

    /// [`Outcomes::into_single`](crate::Outcomes::into_single) expected one result, and there was none or
    /// more than one.
    #[error("{}", text::not_single(*.found))]
    NotSingle {
        /// The number of results.
        found: usize,
    },

    /// A handle was used on the response to a different batch.
    #[error(
        "the handle belongs to a different batch: take each answer from the response to the batch that returned the handle"
    )]
    ForeignHandle,

    // --- errors that the server reports ---
    /// The server refused the packet as a whole.
    #[error(transparent)]
    System(#[from] SystemError),

    /// An operation failed on the server.
    #[error(transparent)]
    Fault(Fault),
}

impl Error {
    #[cfg(feature = "_client")]
    pub(crate) fn setup(problem: impl Into<String>) -> Self {
        Self::Setup { problem: problem.into(), source: None }
    }

    /// Returns the server's error code, if the server sent one: for the packet or for an operation.
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

    /// Returns `true` if it is certain that nothing of the packet reached the server, so that any packet
    /// may safely be sent again. If a [`RetryPolicy`](crate::RetryPolicy) made several attempts, this
    /// covers all of them.
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
}

/// Drops the outcomes; [`into_single`](crate::Outcomes::into_single) itself returns them.
impl<B> From<NotSingle<B>> for Error {
    fn from(NotSingle(outcomes): NotSingle<B>) -> Self {
        Self::NotSingle { found: outcomes.len() }
    }
}

/// Drops the body of the fault, so that `?` works on the faults of all operations.
impl<B> From<Fault<B>> for Error {
    fn from(fault: Fault<B>) -> Self {
        Self::Fault(fault.erase())
    }
}
