//! What an answer costs in memory, which its size does not tell: a few bytes of markup may become a
//! large struct.
//!
//! Counted is what grows with the text: the items of lists, and texts. A struct without lists is of a
//! fixed size, and is part of an item, or of what the caller asked for.

use super::error::{ReadErrorKind, Result};
use super::{NonEmpty, ReadError, Reader};

/// What an allocation costs beside the bytes that were asked for, and the least of it.
const ALLOCATION: usize = 32;

impl Reader<'_> {
    /// Adds an item to a list.
    pub(super) fn push<T>(&mut self, list: &mut Vec<T>, item: T) -> Result<()> {
        if list.len() == list.capacity() {
            list.reserve(1);
            // Not only the item: a list grows by more than it needs.
            self.spend((list.capacity() - list.len()).saturating_mul(size_of::<T>()))?;
        }
        list.push(item);
        Ok(())
    }

    /// Begins a list.
    pub(super) fn one<T>(&mut self, item: T) -> Result<NonEmpty<T>> {
        self.spend(size_of::<T>() + ALLOCATION)?;
        Ok(NonEmpty::one(item))
    }

    /// Counts a text that is kept.
    #[inline]
    pub(super) fn spend_text(&mut self, length: usize) -> Result<()> {
        if length == 0 { Ok(()) } else { self.spend(length + ALLOCATION) }
    }

    /// Counts an error that is kept.
    #[cold]
    pub(super) fn spend_error(&mut self, error: &ReadError) -> Result<()> {
        /// What it holds beside its path: a text is told in part.
        const ERROR: usize = 512;
        self.spend(ERROR + error.path().len())
    }

    /// Counts so many bytes.
    #[inline]
    fn spend(&mut self, bytes: usize) -> Result<()> {
        match self.memory_left.checked_sub(bytes) {
            Some(left) => {
                self.memory_left = left;
                Ok(())
            }
            None => Err(self.error(ReadErrorKind::Memory(self.limits.memory))),
        }
    }
}
