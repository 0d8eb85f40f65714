//! What the code that the derives generate needs, besides the traits.

use std::sync::OnceLock;

use super::content::Content;
use super::error::ReadError;
use super::reader::expected::first_element;

/// The result of reading.
pub type Read<T = ()> = Result<T, ReadError>;

/// The names of the alternatives of a choice that has groups or choices as alternatives, once they were needed.
#[derive(Debug)]
pub struct Alternatives(OnceLock<String>);

impl Alternatives {
    /// Creates a cell for the names.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Joins the names as `id | login`.
    pub fn join(&self, names: &[fn() -> &'static str]) -> &str {
        self.0.get_or_init(|| names.iter().map(|name| name()).collect::<Vec<_>>().join(" | "))
    }
}

impl Default for Alternatives {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns the name of the first element of a group, which represents the group in messages.
pub fn first<T: Content>() -> &'static str {
    first_element::<T>()
}
