//! Valid packets, made from the model.

mod generator;
mod style;
mod suite;
mod wanted;

pub use generator::Generator;
pub use style::Style;
pub use suite::{Specimen, suite};
pub use wanted::scope as types_within;
