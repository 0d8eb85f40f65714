//! Texts for people: the structure of schemas, problems in them, and what the emitted crate covers.

pub(crate) mod coverage;
pub mod diagnostics;
pub mod outline;
