//! What the comparison of two models finds.

mod agreement;
// Each of the tests uses something else of it.
#[allow(dead_code)]
#[path = "../common/mod.rs"]
mod common;
mod crates;
mod harbour;
mod kinds;
mod random;
