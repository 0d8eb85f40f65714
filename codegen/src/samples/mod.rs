//! Generates valid packets from the model: examples for documentation, and samples for tests.
//!
//! Everything here is generic over the [`model`](crate::model). What is added to the schemas is covered without a change
//! here.

pub mod coverage;
mod direction;
mod element;
mod generator;
mod protocol;
mod strategy;
mod suite;
mod unreached;
pub mod value;

pub use direction::Direction;
pub use element::{Attribute, Element, Node};
pub use generator::Generator;
pub use protocol::{OutcomeMember, Protocol};
pub use strategy::Strategy;
pub use suite::{Sample, samples};
pub use unreached::types_within;
