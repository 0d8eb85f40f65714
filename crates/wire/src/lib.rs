//! The runtime of the generated crate `plesk-protocol`.
//!
//! - [`xml`]: a reader, writer and validator of XML that know nothing of Plesk;
//! - [`packet`]: the vocabulary of Plesk's packets, such as operations, outcomes, faults, effects and
//!   secrets.
//!
//! Programs use the crate `plesk`, which re-exports what they need.

mod one_line;
pub mod packet;
pub mod xml;

pub use one_line::OneLine;
