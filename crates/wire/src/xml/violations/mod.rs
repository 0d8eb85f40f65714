//! Violations of the schema: how they are described, collected and rendered.
//!
//! The checking reader and the validator find an `Issue`. `render` turns it into a public
//! [`Violation`] with its message, its advice and the words of libxml2.

pub(super) mod collector;
pub(super) mod issue;
pub(super) mod render;
pub(super) mod violation;

pub use violation::{Violation, Violations};
