//! From XML schemas to Rust.
//!
//! [`generate`] reads schema files and makes a crate's source of them, one stage after the other,
//! each trusting the one before:
//!
//! 1. `load`: files to xsd-parser's syntax tree
//! 2. `lower`: syntax tree to [`model`], one model a direction
//! 3. `merge`: both directions to one model
//! 4. `fixups`: what the [`config`] says of single places
//! 5. `share`: parts that are alike become one type
//! 6. `names`: Rust names
//! 7. `check`: what must hold before anything is emitted
//! 8. `conversions`, `features`: what the emitted crate offers beyond the types
//! 9. `emit`: Rust tokens
//! 10. `coverage`: what the emitted crate has of the protocol, and how, in words
//! 11. `write`: formatted files, only where they differ
//!
#![doc = include_str!("../XSD.md")]

pub mod config;
pub mod diff;
pub mod error;
pub mod model;
pub mod plesk;
pub mod report;

mod emit;
mod load;
mod lower;
mod passes;
mod pipeline;
mod regex;
mod runtime;
mod write;

pub use passes::features::Feature;
pub use pipeline::{Output, Reading, Schemas, Summary, generate, read};
pub use report::{diagnostics, outline};
pub use write::Changes;
