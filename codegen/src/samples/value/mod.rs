//! Values of simple types that are valid by construction.

mod bounds;
mod example;
mod facets;
mod family;
mod pattern;

pub use bounds::{boundary_values, rule_names};
pub(crate) use example::telling_example;
pub use example::{Example, examples, random};
pub use facets::is_valid;
pub use family::Family;
