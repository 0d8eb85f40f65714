//! Clients: packets over HTTP to one server.
//!
//! What is the same for both stands in `core` (the settings) and `delivery` (what is sent next, and
//! what an answer means), without any I/O. A client adds the transport, the waiting and the limit of
//! requests in flight.

#[cfg(feature = "async")]
mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod core;
mod delivery;
mod forbidden;
mod inspect;
mod message;
mod raw;
mod ready;
mod retry;
mod trace;
mod unpack;
mod upload;

#[cfg(feature = "async")]
pub use asynchronous::Client;
pub use builder::{Build, BuildWith, ClientBuilder};
pub use inspect::Exchange;
pub use raw::{RawPacket, RawResponse};
pub use retry::RetryPolicy;
pub use upload::{File, Uploaded};
