//! The memory that the parsed data takes. A few bytes of markup may become a large struct, so the
//! size of a document does not bound it.
//!
//! Only what grows with the document is counted: the items of lists, and texts. A struct without
//! lists has a fixed size; it is part of an item, or of the value that the caller asked for.

use super::state::Reader;
use crate::xml::error::{ReadError, ReadErrorKind, Result};
use crate::xml::non_empty::NonEmpty;

/// The overhead of an allocation, and its minimum.
const ALLOCATION: usize = 32;

/// The size of an error without its path. It contains at most a part of a text.
const ERROR: usize = 512;

impl Reader<'_> {
    /// Adds an item to a list.
    pub(super) fn push_item<T>(&mut self, list: &mut Vec<T>, item: T) -> Result<()> {
        if list.len() == list.capacity() {
            list.reserve(1);
            // A list grows by more than one item.
            self.charge((list.capacity() - list.len()).saturating_mul(size_of::<T>()))?;
        }
        list.push(item);
        Ok(())
    }

    /// Creates a list with its first item.
    pub(super) fn start_list<T>(&mut self, item: T) -> Result<NonEmpty<T>> {
        self.charge(size_of::<T>() + ALLOCATION)?;
        Ok(NonEmpty::one(item))
    }

    /// Counts a text that is kept.
    #[inline]
    pub(super) fn charge_text(&mut self, length: usize) -> Result<()> {
        if length == 0 { Ok(()) } else { self.charge(length + ALLOCATION) }
    }

    /// Counts an error that is kept.
    #[cold]
    pub(super) fn charge_error(&mut self, error: &ReadError) -> Result<()> {
        self.charge(ERROR + error.path().len())
    }

    #[inline]
    fn charge(&mut self, bytes: usize) -> Result<()> {
        match self.memory_left.checked_sub(bytes) {
            Some(left) => {
                self.memory_left = left;
                Ok(())
            }
            None => Err(self.error(ReadErrorKind::Memory(self.limits.memory))),
        }
    }
}
