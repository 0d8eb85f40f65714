//! Generates valid packets from the model.

mod generator;
mod strategy;
mod suite;
mod unreached;

pub use generator::Generator;
pub use strategy::Strategy;
pub use suite::{Sample, samples};
pub use unreached::types_within;
