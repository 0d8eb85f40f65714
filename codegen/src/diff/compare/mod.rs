//! Walks two models side by side, from the operations and the documents inward, and collects the changes.

mod attributes;
mod comparison;
mod contents;
mod operations;
mod texts;
mod types;

pub(super) use comparison::Comparison;
pub(super) use operations::compare;
