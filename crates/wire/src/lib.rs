//! What the generated crate `plesk-protocol` is written in: an XML reader, writer and validator
//! ([`xml`]) that know nothing of Plesk, and the vocabulary of its packets ([`packet`]):
//! operations, outcomes, faults, effects, secrets.
//!
//! Programs use the crate `plesk`, which re-exports what they need.

pub mod packet;
pub mod xml;
