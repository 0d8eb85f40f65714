//! A client of the XML API of Plesk servers, with a type for every request and every answer.
//!
//! This project is unofficial and not affiliated with the vendor of Plesk.
//!
//! ```no_run
//! # async fn example(pem: &[u8], password: &str) -> Result<(), Box<dyn std::error::Error>> {
//! use plesk::{Batch, Client, customer, session, webspace};
//!
//! let client = Client::builder("https://panel.example:8443")
//!     .secret_key(std::env::var("PLESK_KEY")?)
//!     .root_certificate(pem)
//!     .build()?;
//!
//! // One operation with one answer: the outer Result is the packet, the inner one is the operation.
//! let added = client.send(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", password))).await??;
//!
//! // One operation, an answer for each object that the filter met.
//! for outcome in client.send(webspace::Del::new(webspace::Filter::names(["example.com", "sample.net"]))).await? {
//!     match outcome {
//!         Ok(done) => println!("deleted {:?}", done.id),
//!         Err(fault) => println!("{fault} (filter-id {:?})", fault.body.filter_id),
//!     }
//! }
//!
//! // Many operations, one packet, typed handles.
//! let mut batch = Batch::new();
//! let del = batch.push(customer::Del::new(customer::Filter::id(added.id)));
//! let end = batch.push(session::Terminate::new("a66734b"));
//! let reply = client.send_batch(batch).await?;
//! let gone = reply.take(del)?.all_ok()?;
//! reply.take(end)??;
//! for id in gone.into_iter().filter_map(|done| done.id) {
//!     println!("customer {id} is gone");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - Build a [`Client`] once and clone it: clones share their connections. [`blocking::Client`] is the
//!   same without a runtime, and [`ClientBuilder`] has the settings of both.
//! - A module for each operator ([`customer`], [`session`], [`webspace`] …) holds its operations, to
//!   be made with `new` and sent with [`Client::send`] or, many at once, in a [`Batch`];
//!   [`chunks`] splits a list of thousands of ids over several.
//! - Everything is validated before it is sent, and all [`Violations`] are reported at once.
//!   [`Client::dry_run`] shows what would be sent.
//! - Answers are [`Outcomes`] outcomes or one `Result`; what the server refuses is a [`Fault`], and its
//!   [`ErrorCode`] answers questions.
//! - An [`Error`] says what went wrong with the packet as a whole, and what to do about it.
//! - A [`RetryPolicy`] sends again what does no harm; [`ClientBuilder::forbid`] keeps what does from
//!   being sent at all.
//!
//! # Features
//! - `async` (the default): [`Client`], on reqwest and tokio.
//! - `blocking`: [`blocking::Client`], on ureq.
//! - With neither, [`Packet`] writes and reads packets, for programs that bring their own network.
//!   With one of them, [`transport`] says how to plug a network into a client.
//!
//! # What is dangerous
//! In this protocol an empty filter means *all objects*, for deletion too. Here a filter is a required
//! argument, its lists are not empty, and everything is meant only by writing so
//! (`Filter::Everything`); the [`Effect`] of such an operation is [`Effect::DeleteEverything`] or
//! [`Effect::ChangeEverything`], which a client can be told to [`forbid`](ClientBuilder::forbid).
//! There are no transactions: what a packet did before an error stays done.
//!
//! The modules [`request`] and [`response`], and `Requests` and `Responses` of each operator, are
//! whole packets and their parts, for servers and for programs that check packets. Clients need
//! none of them.

// Both clients are linked to, of which a build may have only one.
#![cfg_attr(not(all(feature = "async", feature = "blocking")), allow(rustdoc::broken_intra_doc_links))]

mod batch;
mod batch_response;
mod chunks;
#[cfg(feature = "_client")]
mod client;
mod codec;
mod error;
mod mask;
mod packet;
#[cfg(feature = "_client")]
pub mod transport;
mod verdict;
mod version;

pub use batch::{Batch, Handle};
pub use batch_response::BatchResponse;
pub use chunks::chunks;
#[cfg(feature = "async")]
pub use client::Client;
#[cfg(feature = "blocking")]
pub use client::blocking;
#[cfg(feature = "_client")]
pub use client::{Build, BuildWith, ClientBuilder, Exchange, File, RawPacket, RawResponse, RetryPolicy, Uploaded};
pub use codec::{CodecOptions, Mismatch, OperationPath};
pub use error::{BoxError, Error, SystemError};
pub use packet::Packet;
pub use version::{NotAVersion, ProtocolVersion};

pub use plesk_protocol::*;
pub use plesk_wire::packet::{
    EachReply, Effect, ErrorCode, Fault, Idempotency, Incomplete, NotSingle, Outcome, Outcomes, Secret, SingleReply,
    Status,
};
pub use plesk_wire::xml::{
    Any, Date, DateTime, EmptyList, IntoNonEmpty, Nillable, NonEmpty, ParseError, Raw, ReadError, ReadErrorKind,
    ValueError, Violation,
};

/// ```
/// use plesk::{Effect, Operation, Idempotency, customer};
///
/// let by_id = customer::Del::new(customer::Filter::id(7));
/// assert_eq!((by_id.effect(), by_id.idempotency()), (Effect::Delete, Idempotency::IdempotentDelete));
/// let all = customer::Del::new(customer::Filter::Everything);
/// assert_eq!((all.effect(), all.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
/// ```
#[doc(inline)]
pub use plesk_wire::packet::Operation;

/// ```
/// use plesk::{check, request};
///
/// let packet = "<packet><customer><get><filter/></get></customer></packet>";
/// let violations = check::<request::Packet>(packet.as_bytes()).unwrap_err();
/// assert_eq!((violations.first().path.as_str(), violations.first().rule), ("packet/customer/get", "missing"));
/// ```
#[doc(inline)]
pub use plesk_wire::packet::check;

/// ```
/// use plesk::{Batch, Error, Packet, CodecOptions, customer};
///
/// let mut batch = Batch::new();
/// let _ = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "pass\u{1}word")));
/// let Err(Error::Invalid(violations)) = Packet::new(&batch, &CodecOptions::new()) else { panic!() };
/// for violation in &violations {
///     println!("{}: {} asks for {}", violation.path, violation.rule, violation.expected);
/// }
/// assert_eq!(violations.first().path, "packet/customer[1]/add/gen_info/passwd");
/// ```
#[doc(inline)]
pub use plesk_wire::xml::Violations;

/// The README's snippet, compiled with the tests.
#[cfg(all(doctest, feature = "full"))]
#[doc = include_str!("../README.md")]
struct Readme;
