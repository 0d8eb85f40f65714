//! Assigns the differences between two emitted crates to the changes of the schemas that explain them.

mod affected_items;
mod attribute;

pub(super) use attribute::attribute;
