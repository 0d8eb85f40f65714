//! Passes over the model, between lowering the schemas and emitting Rust.

pub(crate) mod check;
pub(crate) mod conversions;
pub(crate) mod dedup;
pub(crate) mod features;
pub(crate) mod fixups;
pub(crate) mod gaps;
pub(crate) mod merge;
pub(crate) mod names;
pub(crate) mod results;
