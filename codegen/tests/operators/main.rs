//! Tests of the output for operators in addition to their types: Cargo features, and the document on coverage.

#[path = "../common/mod.rs"]
mod common;
mod coverage;
mod features;
