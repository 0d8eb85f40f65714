//! What can go wrong, and what to do about it.

mod advice;
mod host;
mod questions;
mod system;

use std::time::Duration;

use plesk_wire::packet::{Effect, Fault, NotSingle};
use plesk_wire::xml::{ReadError, Violations};

use crate::codec::{Mismatch, OperationPath};

pub use system::SystemError;

/// An error of a lower layer: of the network, of TLS, of the system.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a packet could not be sent, or its answer not be read; or why an operation failed, where `?`
/// has turned its [`Fault`] into an `Error`.
///
/// A message says what is wrong and what to do next; [`source`](std::error::Error::source) leads to
/// the causes in lower layers. No message shows a credential or a secret of a request by itself; what a
/// server sends in place of a packet is shown as it begins, without the client's own credentials.
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
    /// The client cannot be built as asked.
    #[error("the client cannot be built: {problem}")]
    Setup {
        /// What is wrong, and what to do instead.
        problem: String,
        /// The cause, if it lies in a lower layer.
        source: Option<BoxError>,
    },

    /// The batch holds no operation, or an upload no file.
    #[error("the batch is empty: push an operation (or give a file to upload) before sending it")]
    EmptyBatch,

    /// The packet breaks rules of the schema, so it was not sent. The violations are those of all its
    /// operations. A raw packet that the schema does not have may be sent
    /// [`unchecked`](crate::RawPacket::unchecked).
    ///
    /// The path `packet/customer[2]/del[3]/filter/login` leads to the third `del` in the second
    /// `customer` element of the packet. Neighbours of one operator share its element; operators
    /// always bear a number, operations from their second on.
    #[error("the packet is not valid and was not sent; correct this (or send a raw packet unchecked):\n{0}")]
    Invalid(Violations),

    /// The client forbids what the packet does, so it was not sent.
    #[error("{what} was not sent: its effect is {effect}, which this client forbids",
        what = operation.map_or("the raw packet".to_owned(), |operation| operation.to_string()),
        effect = effect.map_or("not known (say it)".to_owned(), |effect| format!("{effect:?}")))]
    Forbidden {
        /// The first operation that is forbidden; `None` for a raw packet.
        operation: Option<OperationPath>,
        /// What it does; `None` for a raw packet that does not say.
        effect: Option<Effect>,
    },

    /// The [deadline](crate::RetryPolicy::deadline) passed while as many requests as may be
    /// ([`max_in_flight`](crate::ClientBuilder::max_in_flight)) were in flight. Nothing was sent.
    #[error(
        "nothing was sent to {host}: within {after:?} no other request ended; send fewer at once, raise max_in_flight, or set a later deadline"
    )]
    QueueTimeout {
        /// Host and port.
        host: String,
        /// The deadline that was set.
        after: Duration,
    },

    // --- on the way ---
    /// No connection could be made. Nothing was sent.
    #[error("cannot connect to {host}: {problem}; {}", advice::CONNECT)]
    Connect {
        /// Host and port.
        host: String,
        /// What went wrong, in short.
        problem: String,
        /// The cause.
        source: BoxError,
    },

    /// A connection was made, but the server could not prove who it is, or does not speak TLS.
    /// Nothing was sent.
    #[error("no trusted TLS connection to {host}: {problem}")]
    Tls {
        /// Host and port.
        host: String,
        /// What went wrong, and what to do about it.
        problem: String,
        /// The SHA-256 fingerprint of the certificate that the server presented, if it was not
        /// trusted: what [`pinned_certificate`](crate::ClientBuilder::pinned_certificate) takes. Compare
        /// it with the one on the server before you pin it.
        certificate_sha256: Option<String>,
        /// The cause.
        source: BoxError,
    },

    /// The complete answer did not come in time.
    #[error(
        "no complete answer from {host} within {after:?}; {}; for slow operations set a longer timeout, or a later deadline of retries",
        advice::SENT
    )]
    Timeout {
        /// Host and port.
        host: String,
        /// The timeout that was set, or what was left of the deadline.
        after: Duration,
        /// The cause.
        source: BoxError,
    },

    /// The connection broke before the answer began.
    #[error("the connection to {host} ended without an answer: {problem}; {}", advice::SENT)]
    NoAnswer {
        /// Host and port.
        host: String,
        /// What went wrong, in short.
        problem: String,
        /// The cause.
        source: BoxError,
    },

    /// The connection broke in the middle of the answer.
    #[error("the answer of {host} broke off after {received} bytes; {}", advice::SENT)]
    Truncated {
        /// Host and port.
        host: String,
        /// How many bytes of the answer had come.
        received: usize,
        /// The cause.
        source: BoxError,
    },

    /// What came back is not HTTP, or breaks its rules.
    #[error("{host} does not answer in proper HTTP: {problem}; {}; {}", advice::WRONG_PLACE, advice::SENT)]
    BadHttp {
        /// Host and port.
        host: String,
        /// What is wrong, in short.
        problem: String,
        /// The cause.
        source: BoxError,
    },

    // --- an answer that is none ---
    /// The server sent the client elsewhere. Redirects are never followed, as that would hand the
    /// credentials on.
    #[error(
        "{} redirects to {target} (HTTP status {status}), which is not followed; if that is the panel, build the client with its URL",
        host::server(.host)
    )]
    Redirect {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// The HTTP status.
        status: u16,
        /// Where the server pointed to.
        target: String,
    },

    /// The server answered with an HTTP error and without a packet.
    #[error(
        "{} answered with HTTP status {status} and without a packet; {}; the body begins: {beginning}",
        host::server(.host),
        advice::http_status(*.status)
    )]
    Status {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// The HTTP status.
        status: u16,
        /// The beginning of the body, on one line.
        beginning: String,
    },

    /// The body of the answer is empty.
    #[error(
        "the answer{} is empty (HTTP status {status}); {}, or look at the server's log",
        host::of(.host),
        advice::WRONG_PLACE
    )]
    Empty {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// The HTTP status.
        status: u16,
    },

    /// The body of the answer is not XML; a HTML page, for example.
    #[error("the answer{} is not a packet but begins: {beginning}; {}", host::of(.host), advice::WRONG_PLACE)]
    NotXml {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// The beginning of the body, on one line.
        beginning: String,
    },

    /// The answer is larger than the client allows.
    #[error(
        "the answer{} is larger than {limit} bytes; ask for fewer objects at once, or raise max_response_size; {}",
        host::of(.host),
        advice::SENT
    )]
    TooLarge {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// The limit, in bytes.
        limit: usize,
    },

    /// What the answer says takes more memory than the client allows.
    #[error(
        "the answer{} takes more than {limit} bytes of memory; ask for fewer objects at once, or raise max_response_memory; {}",
        host::of(.host),
        advice::SENT
    )]
    TooMuchMemory {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// The limit, in bytes.
        limit: usize,
    },

    /// The answer is compressed in a way that was not asked for, or cannot be unpacked.
    #[error(
        "the answer{} is compressed ({encoding}) and cannot be unpacked; {}; {}",
        host::of(.host),
        advice::ENCODING,
        advice::SENT
    )]
    Encoding {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// What the server says of it (`Content-Encoding`).
        encoding: String,
        /// The cause, if it was tried.
        source: Option<BoxError>,
    },

    /// The answer is not well-formed XML, or is not a packet; or, for a strict client, holds what the
    /// schema does not allow.
    #[error("the answer{} cannot be read: {source}; {}", host::of(.host), advice::SENT)]
    Malformed {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// What is wrong with it, and where.
        source: ReadError,
    },

    // --- an answer that does not fit ---
    /// The answer to one operation does not fit its type; others of the same packet may.
    #[error(
        "the answer{} to the operation cannot be read: {source}; it was carried out or refused, so look before sending it again",
        host::of(.host)
    )]
    Unreadable {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// What is wrong with it, and where.
        source: ReadError,
    },

    /// The answer does not go with what was asked.
    #[error(
        "the answer{of} does not fit the packet ({0}); look at the server before sending the packet again",
        of = host::of(&.0.host)
    )]
    Mismatch(Mismatch),

    /// An answer says "ok", but lacks the data that a success carries.
    #[error(
        "{} answered {operation} with ok but without data; it is probably done, so look before sending it again",
        host::server(.host)
    )]
    Incomplete {
        /// Host and port, if a client read it.
        host: Option<String>,
        /// The operation.
        operation: OperationPath,
    },

    /// One outcome was asked for by [`Outcomes::into_single`](crate::Outcomes::into_single), and there was
    /// none, or more than one.
    #[error("{}", single(*.found))]
    NotSingle {
        /// How many there were.
        found: usize,
    },

    /// A handle was used on the reply to another batch.
    #[error("the handle belongs to another batch: take each answer from the reply to the batch that gave the handle")]
    ForeignHandle,

    // --- the server's verdict ---
    /// The server refused the packet as a whole.
    #[error(transparent)]
    System(#[from] SystemError),

    /// An operation failed on the server.
    #[error(transparent)]
    Fault(Fault),
}

/// Drops the outcomes; `into_single` itself gives them back.
impl<B> From<NotSingle<B>> for Error {
    fn from(NotSingle(outcomes): NotSingle<B>) -> Self {
        Self::NotSingle { found: outcomes.len() }
    }
}

fn single(found: usize) -> String {
    match found {
        0 => "no object was met where one was expected: look whether it exists".to_owned(),
        many => format!("{many} objects were met where one was expected: narrow the filter, or read all outcomes"),
    }
}

/// Drops the fault's body, so that `?` works on the faults of all operations.
impl<B> From<Fault<B>> for Error {
    fn from(fault: Fault<B>) -> Self {
        Self::Fault(fault.erase())
    }
}
