//! Checks schemas that are not part of this project.
//!
//! Samples of every operation are generated from them. libxml2 must accept each sample, and the crate that is generated
//! from the same schemas must read it, accept it and write it back.

mod build;
mod compare;
mod report;

pub use compare::run;
pub use report::Report;
