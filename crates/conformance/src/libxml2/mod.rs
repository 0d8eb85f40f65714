//! The verdicts of libxml2, the library with which servers validate, through its program `xmllint`.

mod schemas;
mod validate;
mod verdict;
mod xmllint;

pub use validate::{assert_verdict, compiles, verdicts, verdicts_with_schema};
pub use verdict::Verdict;
pub use xmllint::version;
