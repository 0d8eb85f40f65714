//! The changes that `diff` finds between two models.

mod agreement;
// Shared with other test programs, each of which uses a part of it.
#[allow(dead_code)]
#[path = "../common/mod.rs"]
mod common;
mod crates;
mod harbour;
mod kinds;
mod random;
