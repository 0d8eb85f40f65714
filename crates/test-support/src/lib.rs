//! Helpers for the tests of several crates.
//!
//! [`Tool`] is a program that some tests compare with; they are skipped if it is missing, unless it is required.
//! [`Library`] is a crate of the workspace that test programs are compiled against.

mod library;
mod tool;

pub use library::Library;
pub use tool::Tool;
