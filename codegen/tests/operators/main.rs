//! What a generation makes of operators beside their types: Cargo features, and words on what is covered.

#[path = "../common/mod.rs"]
mod common;
mod coverage;
mod features;
