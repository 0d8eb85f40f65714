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

/// [`Content`] as a trait object.
pub(super) trait DynContent {
    fn kind(&self) -> ContentKind;
    /// Returns the function that asks for every member.
    fn ask(&self) -> Ask;
    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()>;
    fn read(&mut self, r: &mut Reader<'_>) -> Result<()>;
    fn read_raw(&mut self, element: Any);
    fn recover(&mut self, error: ReadError, r: &Reader<'_>) -> Result<()>;
}

impl<T: Content> DynContent for T {
    fn kind(&self) -> ContentKind {
        T::KIND
    }

    fn ask(&self) -> Ask {
        ask::<T>
    }

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
