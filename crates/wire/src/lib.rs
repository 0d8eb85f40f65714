//! The runtime of the generated crate `plesk-protocol`.
//!
//! - [`xml`]: a reader, writer and validator of XML that know nothing of Plesk;
//! - [`packet`]: the vocabulary of Plesk's packets, such as operations, outcomes, faults, effects and
//!   secrets;
//! - `serde`, with the feature of that name: requests and answers as JSON and the like.
//!
//! Programs use the crate `plesk`, which re-exports what they need.

mod one_line;
pub mod packet;
#[cfg(feature = "serde")]
pub mod serde;
pub mod xml;

pub use one_line::OneLine;
