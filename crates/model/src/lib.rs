#![doc = include_str!("../README.md")]

#[cfg(feature = "data")]
mod data;
#[cfg(feature = "data")]
mod embedded;
mod index;
mod operation;
mod simple_type;
mod structure;

#[cfg(feature = "data")]
pub use embedded::{index, operator};
pub use index::{Index, OperationSummary, OperatorSummary};
pub use operation::{Answer, Class, ErrorCode, Examples, Operation, Operator, Packets, Target};
pub use simple_type::{Base, SimpleType, WhiteSpace};
pub use structure::{Attribute, Content, Particle, ParticleKind, Selector, Shown, Type, Untyped};

/// An index into [`Operator::types`].
pub type TypeId = usize;

/// An index into [`Operator::simple_types`].
pub type SimpleTypeId = usize;
