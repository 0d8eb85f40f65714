//! Random changes to packets, most of which make them invalid.

mod kind;
mod markup;
mod mutator;
mod structure;
mod value;

pub use kind::Mutation;
pub use mutator::Mutator;
