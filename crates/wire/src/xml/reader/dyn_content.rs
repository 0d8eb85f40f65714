//! Content behind a pointer, so that the code that reads an element is compiled once and not once for
//! each type.

use super::state::Reader;
use crate::xml::content::{Content, ContentKind};
use crate::xml::error::{ReadError, Result};
use crate::xml::raw::Any;

/// A function that asks for every member of one type of content.
pub(super) type Ask = fn(&mut Reader<'_>) -> Result<()>;

/// Asks for every member of `T`.
pub(super) fn ask<T: Content>(r: &mut Reader<'_>) -> Result<()> {
    T::placeholder().read(r)
}

/// What is known of a type of content without a value.
pub(super) struct Traits {
    pub(super) kind: ContentKind,
    pub(super) deny_unknown: bool,
    pub(super) keeps_errors: bool,
    pub(super) ask: Ask,
}

impl Traits {
    pub(super) const fn of<T: Content>() -> Self {
        Self { kind: T::KIND, deny_unknown: T::DENY_UNKNOWN, keeps_errors: T::KEEPS_ERRORS, ask: ask::<T> }
    }
}

/// [`Content`] as a trait object.
pub(super) trait DynContent {
    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()>;
    fn read(&mut self, r: &mut Reader<'_>) -> Result<()>;
    fn read_raw(&mut self, element: Any);
    fn recover(&mut self, error: ReadError, r: &Reader<'_>) -> Result<()>;
}

impl<T: Content> DynContent for T {
    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()> {
        Content::read_attributes(self, r)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<()> {
        Content::read(self, r)
    }

    fn read_raw(&mut self, element: Any) {
        Content::read_raw(self, element);
    }

    fn recover(&mut self, error: ReadError, r: &Reader<'_>) -> Result<()> {
        Content::recover(self, error, r)
    }
}
