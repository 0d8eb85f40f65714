//! Packets as trees of elements, independent of the codec that is under test.

mod canonical;
mod document;
mod element;

pub use canonical::canonicalize;
pub use document::{Document, NodePath};
pub use element::{Attribute, Element, Node};
