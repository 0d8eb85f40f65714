//! Content behind a pointer: what reads an element is compiled once, and not once for each type.

use super::error::{ReadError, Result};
use super::{Any, Content, ContentKind, Reader};

/// [`Content`] as the reader sees it.
pub(super) trait Erased {
    fn form(&self) -> ContentKind;
    fn known(&self) -> &'static [&'static str];
    fn exact(&self) -> bool;
    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()>;
    fn read(&mut self, r: &mut Reader<'_>) -> Result<()>;
    /// Reads into another, blank value.
    fn read_blank(&self, r: &mut Reader<'_>) -> Result<()>;
    fn read_raw(&mut self, element: Any);
    fn recover(&mut self, error: ReadError) -> Result<()>;
}

impl<T: Content> Erased for T {
    fn form(&self) -> ContentKind {
        T::KIND
    }

    fn known(&self) -> &'static [&'static str] {
        if T::SKIP_UNKNOWN_FIRST { T::ELEMENTS } else { &[] }
    }

    fn exact(&self) -> bool {
        T::DENY_UNKNOWN
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()> {
        Content::read_attributes(self, r)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<()> {
        Content::read(self, r)
    }

    fn read_blank(&self, r: &mut Reader<'_>) -> Result<()> {
        T::placeholder().read(r)
    }

    fn read_raw(&mut self, element: Any) {
        Content::read_raw(self, element);
    }

    fn recover(&mut self, error: ReadError) -> Result<()> {
        Content::recover(self, error)
    }
}
