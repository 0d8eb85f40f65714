//! Clients: send packets to one server over HTTP.
//!
//! Both clients share `core` (the settings) and `delivery` (what to send next, and what a response means).
//! Neither does I/O. A client adds the transport, the waiting, and the limit of requests in flight.

#[cfg(feature = "async")]
mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod core;
mod delivery;
mod each;
mod forbidden;
mod inspect;
mod message;
#[cfg(feature = "blocking")]
mod permits;
mod raw;
mod reading;
mod retry;
mod trace;
mod unpack;
mod upload;

#[cfg(feature = "async")]
pub use asynchronous::Client;
pub use builder::{Build, BuildWith, ClientBuilder};
#[cfg(feature = "async")]
pub use each::stream::OutcomeStream;
pub use inspect::Exchange;
pub use raw::{RawPacket, RawResponse};
pub use retry::RetryPolicy;
pub use upload::{File, Uploaded};

/// The client that `ClientBuilder` builds unless its type names another.
#[cfg(feature = "async")]
type DefaultClient = Client;
#[cfg(not(feature = "async"))]
type DefaultClient = blocking::Client;
