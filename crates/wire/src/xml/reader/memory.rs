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

/// The number of items from which on the length of a list is estimated.
const LONG_LIST: usize = 256;

/// The greatest factor by which the estimate lets a list grow at once.
const MAX_GROWTH: usize = 8;

/// The size of an error without its path. It contains at most a part of a text.
const ERROR: usize = 512;

/// Returns the memory of a list that has no items yet.
fn unused<T>(list: &Vec<T>) -> usize {
    (list.capacity() - list.len()).saturating_mul(size_of::<T>())
}

impl Reader<'_> {
    /// Adds an item to a list.
    pub(super) fn push_item<T>(&mut self, list: &mut Vec<T>, item: T) -> Result<()> {
        if list.len() == list.capacity() {
            // Most lists have one or two items. `reserve` would make room for four.
            list.reserve_exact(list.len().max(2));
            self.charge(unused(list))?;
        }
        list.push(item);
        Ok(())
    }

    /// Adds an item to a list of elements, which may become long.
    #[inline]
    pub(super) fn push_element<T>(&mut self, list: &mut Vec<T>, item: T) -> Result<()> {
        if list.len() == list.capacity() && list.len() >= LONG_LIST {
            self.grow(list)?;
        }
        self.push_item(list, item)
    }

    /// Makes room for further items of a long list.
    ///
    /// While a list is copied to a greater one, both take memory. A long list therefore does not double until it is long
    /// enough: it grows to the length that it will have if the rest of the document is like the part that was read.
    #[cold]
    fn grow<T>(&mut self, list: &mut Vec<T>) -> Result<()> {
        let length = list.len();
        let start = self.path.last().map_or(0, |step| step.position);
        let (read, rest) = (self.pos.saturating_sub(start).max(1), self.doc.len() - self.pos);
        let more = usize::try_from(length as u128 * rest as u128 / read as u128).unwrap_or(usize::MAX);
        // Before a long last step, little is copied; before a short one, nearly all.
        let more = if more > MAX_GROWTH * length { more / MAX_GROWTH } else { more };
        let affordable = self.memory_left / size_of::<T>().max(1);
        list.reserve_exact(more.clamp(length / 8, MAX_GROWTH * length).min(affordable));
        self.charge(unused(list))
    }

    /// Gives back the memory of a long list that was estimated too long.
    #[inline]
    pub(super) fn trim<T>(&mut self, list: &mut Vec<T>) {
        if list.len() >= LONG_LIST && list.capacity() > list.len() + list.len() / 8 {
            let before = unused(list);
            list.shrink_to_fit();
            self.memory_left += before - unused(list);
        }
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
