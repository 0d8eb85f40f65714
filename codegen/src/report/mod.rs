//! Texts for people and data for programs: the structure of schemas, problems in them, and what the emitted crate covers.

pub(crate) mod coverage;
pub(crate) mod description;
pub mod diagnostics;
pub mod outline;
