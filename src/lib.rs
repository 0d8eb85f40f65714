//! An unofficial client for the Plesk XML API, with a Rust type for every request and every reply.
//!
//! This project is not affiliated with the vendor of Plesk.
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
//! // One operation with one result: the outer Result is the packet's, the inner one the operation's.
//! let added = client.send(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", password))).await??;
//!
//! // One operation with a result for each object that the filter matches.
//! for outcome in client.send(webspace::Del::new(webspace::Filter::names(["example.com", "sample.net"]))).await? {
//!     match outcome {
//!         Ok(done) => println!("deleted {:?}", done.id),
//!         Err(fault) => println!("{fault}"),
//!     }
//! }
//!
//! // Many operations in one packet, with typed handles.
//! let mut batch = Batch::new();
//! let del = batch.push(customer::Del::new(customer::Filter::id(added.id)));
//! let end = batch.push(session::Terminate::new("a66734b"));
//! let response = client.send_batch(batch).await?;
//! let deleted = response.take(del)?.all_ok()?;
//! response.take(end)??;
//! for id in deleted.into_iter().filter_map(|done| done.id) {
//!     println!("deleted customer {id}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - Build a [`Client`] once and clone it: clones share their connections. [`blocking::Client`] has the
//!   same methods and needs no async runtime. [`ClientBuilder`] has the settings of both.
//! - Each operator ([`customer`], [`session`], [`webspace`] …) is a module with a type for each of its
//!   operations. Create one with `new` and send it with [`Client::send`], or send many in a [`Batch`].
//!   [`chunks`] splits a list of thousands of IDs into several operations.
//! - Every request is validated before it is sent, and all [`Violations`] are reported at once.
//!   [`Client::dry_run`] shows what would be sent.
//! - An answer is one `Result`, or [`Outcomes`] where an operation acts on several objects. A failed
//!   operation is a [`Fault`], with questions such as [`is_not_found`](Fault::is_not_found).
//! - An [`Error`] reports what went wrong with the packet as a whole, and what to do about it.
//! - A [`RetryPolicy`] repeats only requests that are safe to repeat. [`ClientBuilder::forbid`] rejects
//!   destructive requests before they are sent.
//!
//! # Features
//! - `async` (default): [`Client`], on reqwest and tokio.
//! - `blocking`: [`blocking::Client`], on ureq.
//! - Without either, [`Packet`] writes and reads packets for programs that bring their own network.
//!   With either, [`transport`] explains how to plug your own network into a client.
//! - `serde`: requests and answers as JSON and the like; see the module `plesk::serde`.
//! - Each operator has a feature of the same name, with hyphens; `full` (default) enables them all.
//!
//! # Dangers of the protocol
//! In this protocol an empty filter means *all objects*, even for a deletion. In this crate, a filter is
//! a required argument and its lists are never empty. To select everything you write
//! `Filter::Everything`; the [`Effect`] of such an operation is [`Effect::DeleteEverything`] or
//! [`Effect::ChangeEverything`], and a client can [`forbid`](ClientBuilder::forbid) these.
//! There are no transactions: what a packet did before an error stays done.
//!
//! # Without a client
//! A [`Packet`] has the bytes to send, or says what is invalid:
//!
//! ```
//! use plesk::{Batch, Error, Packet, CodecOptions, customer};
//!
//! let mut batch = Batch::new();
//! let _ = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "pass\u{1}word")));
//! let Err(Error::Invalid(violations)) = Packet::new(&batch, &CodecOptions::new()) else { panic!() };
//! for violation in &violations {
//!     println!("{}: {} expects {}", violation.path, violation.rule, violation.expected);
//! }
//! assert_eq!(violations.first().path, "packet/customer[1]/add/gen_info/passwd");
//! ```
//!
//! [`check`] makes the same decision as a server about a packet from anywhere:
//!
//! ```
//! use plesk::{check, request};
//!
//! let packet = "<packet><customer><get><filter/></get></customer></packet>";
//! let violations = check::<request::Packet>(packet.as_bytes()).unwrap_err();
//! assert_eq!((violations.first().path.as_str(), violations.first().rule), ("packet/customer/get", "missing"));
//! ```
//!
//! The modules [`request`] and [`response`], and the types `Requests` and `Responses` of each operator,
//! represent whole packets and their parts. They are for servers and for programs that check packets;
//! clients do not need them.

// The docs link to both clients, but a build may have only one of them.
#![cfg_attr(not(all(feature = "async", feature = "blocking")), allow(rustdoc::broken_intra_doc_links))]

mod batch;
mod batch_response;
mod chunks;
mod classify;
#[cfg(feature = "_client")]
mod client;
mod codec;
mod error;
mod packet;
mod redactor;
#[cfg(feature = "serde")]
pub mod serde;
pub mod shortcuts;
#[cfg(feature = "_client")]
pub mod transport;
mod version;
pub mod wire;

pub use batch::{Batch, Handle};
pub use batch_response::BatchResponse;
pub use chunks::chunks;
#[cfg(feature = "blocking")]
pub use client::blocking;
#[cfg(feature = "_client")]
pub use client::{Build, BuildWith, ClientBuilder, Exchange, File, RawPacket, RawResponse, RetryPolicy, Uploaded};
#[cfg(feature = "async")]
pub use client::{Client, OutcomeStream};
pub use codec::{CodecOptions, Mismatch, OperationPath};
pub use error::{BoxError, Error, SystemError};
pub use packet::Packet;
pub use version::{NotAVersion, ProtocolVersion};

pub use plesk_protocol::*;
pub use plesk_wire::packet::{
    EachReply, Effect, ErrorCode, Fault, Id, Idempotency, NotSingle, Outcome, OutcomeBody, Outcomes, Secret,
    SingleReply, Status,
};
pub use plesk_wire::xml::{
    Any, Date, DateTime, EmptyList, IntoList, IntoNonEmpty, IntoOption, LeftOut, LeftOutValue, Nillable, NonEmpty,
    ParseError, Raw, ReadError, ReadErrorKind, ValueError, Violation,
};

#[doc(inline)]
pub use plesk_wire::packet::{Operation, check};
#[doc(inline)]
pub use plesk_wire::xml::Violations;

/// Compiles the examples of the README together with the doc tests.
#[cfg(all(doctest, feature = "full"))]
#[doc = include_str!("../README.md")]
struct Readme;
