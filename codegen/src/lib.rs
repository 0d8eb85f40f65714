//! Generates Rust from XML schemas.
//!
//! [`generate`] reads schema files and writes the source of a crate. It runs these stages in order; each relies on what
//! the stages before it have checked:
//!
//! 1. `load`: parses the files into xsd-parser's syntax tree.
//! 2. `lower`: turns the syntax tree into a [`model`], one for each direction.
//! 3. `merge`: joins the models of both directions.
//! 4. `fixups`: applies the corrections that the [`config`] lists for single types and members. `results` is a part of
//!    it: which results need their data.
//! 5. `dedup`: replaces equal types of one module by one type.
//! 6. `names`: assigns Rust names.
//! 7. `check`: checks what the emitted code relies on.
//! 8. `conversions`, `features`: prepares what the emitted crate offers in addition to the types.
//! 9. `emit`: emits Rust tokens.
//! 10. `coverage`, `description`: describe in Markdown how the emitted crate covers the protocol, and the operations as
//!     data, with examples from [`samples`].
//! 11. `write`: formats the files and writes those that differ.
//!
#![doc = include_str!("../XSD.md")]

pub mod config;
pub mod diff;
pub mod error;
pub mod model;
pub mod plesk;
pub mod samples;

mod emit;
mod interface;
mod load;
mod lower;
mod passes;
mod pipeline;
mod regex;
mod report;
mod runtime;
mod write;

pub use interface::{Output, Reading, Schemas, Summary};
pub use passes::features::{ANY as ANY_FEATURE, Feature};
pub use pipeline::{generate, read};
pub use report::{diagnostics, outline};
pub use write::Changes;
