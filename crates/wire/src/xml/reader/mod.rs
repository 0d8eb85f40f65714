//! The reader: parses a document element by element, in schema order, without a tree.
//!
//! `state` has the [`Reader`] itself; every other file adds the methods for one construct. Files
//! of the markup layer (`prolog`, `markup`, `attributes`, `namespaces`, `character_data`) read XML.
//! Files of the member layer (`element`, `scalar`, `nillable`, `choice`, `alternative`, `group`,
//! `wildcard`) read the members that generated code asks for. `expected` and `report` only matter when the
//! reader checks a document and collects violations.

mod alternative;
mod attributes;
mod character_data;
mod children;
mod choice;
mod content_state;
mod dyn_content;
mod element;
mod errors;
pub(super) mod expected;
mod group;
mod left_out;
mod markup;
mod member;
mod memory;
mod namespaces;
mod nillable;
pub(super) mod options;
mod plain;
mod prolog;
mod redaction;
mod report;
mod scalar;
pub(super) mod state;
mod wildcard;

pub use options::{Limits, Strictness};
pub use state::Reader;
#[cfg(feature = "serde")]
pub(crate) use wildcard::any_attributes;
