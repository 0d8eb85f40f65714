//! Packets as trees of elements, independent of the codec that is under test.

mod canonical;
mod document;

pub use canonical::canonicalize;
pub use document::{Document, NodePath};
pub use plesk_codegen::samples::{Attribute, Element, Node};
