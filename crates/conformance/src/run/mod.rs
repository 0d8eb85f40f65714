//! Generates random packets, and compares our verdicts on them with those of libxml2.

mod batch;
mod case;
mod generate;
mod report;
mod shrink;

pub use batch::run;
pub use case::{Case, Failure};
pub use generate::Options;
pub use report::Report;
