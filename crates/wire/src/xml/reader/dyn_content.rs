//! Content behind a pointer, so that the code that reads an element is compiled once and not once for
//! each type.

use super::state::Reader;
use crate::xml::content::{Content, ContentKind};
use crate::xml::error::{ReadError, Result};
use crate::xml::raw::Any;

/// [`Content`] as a trait object.
pub(super) trait DynContent {
    fn kind(&self) -> ContentKind;
    /// Returns the known elements, if the reader must skip unknown ones first.
    fn elements(&self) -> &'static [&'static str];
    fn deny_unknown(&self) -> bool;
    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()>;
    fn read(&mut self, r: &mut Reader<'_>) -> Result<()>;
    /// Reads into a placeholder of the same type.
    fn read_placeholder(&self, r: &mut Reader<'_>) -> Result<()>;
    fn read_raw(&mut self, element: Any);
    fn recover(&mut self, error: ReadError) -> Result<()>;
}

impl<T: Content> DynContent for T {
    fn kind(&self) -> ContentKind {
        T::KIND
    }

    fn elements(&self) -> &'static [&'static str] {
        if T::SKIP_UNKNOWN_FIRST { T::ELEMENTS } else { &[] }
    }

    fn deny_unknown(&self) -> bool {
        T::DENY_UNKNOWN
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()> {
        Content::read_attributes(self, r)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<()> {
        Content::read(self, r)
    }

    fn read_placeholder(&self, r: &mut Reader<'_>) -> Result<()> {
        T::placeholder().read(r)
    }

    fn read_raw(&mut self, element: Any) {
        Content::read_raw(self, element);
    }

    fn recover(&mut self, error: ReadError) -> Result<()> {
        Content::recover(self, error)
    }
}
