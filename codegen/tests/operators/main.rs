//! What a generation makes of operators beside their types: Cargo features.

#[path = "../common/mod.rs"]
mod common;
mod features;
