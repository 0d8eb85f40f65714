//! The public API of an emitted crate, and the differences between two of them.
//!
//! It is read from the emitted tokens, so nothing here assumes what the generator makes of a schema.

mod differences;
mod public_api;
mod tokens;

pub(super) use differences::{ApiDifference, RenamedType, differences};
pub(super) use public_api::{ApiItem, PublicApi};
