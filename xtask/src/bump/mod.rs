//! `cargo xtask bump`: replaces the schema files that the crates are generated from.
//!
//! Everything is done in a copy of the files that change. Then the copy replaces the originals, all or none of them.

mod changelog;
mod command;
mod interrupt;
mod schema_files;
mod staging;
mod transaction;

pub(crate) use command::{Arguments, bump};
pub(crate) use transaction::recover;
