//! The steps that reading any member has in common.
//!
//! [`Content::read`](crate::xml::Content::read) makes a pass over the members, in schema order. Each
//! call reads its member if that comes next. If a pass ends before the content does, a lenient reader
//! makes another one; a pass that reads nothing has reached an unknown element. A strict reader makes one
//! pass only, which enforces the order of the schema.

use super::state::Reader;
use crate::xml::error::Result;

impl Reader<'_> {
    /// Reads a required element with `read` if it comes next and was not read before.
    #[inline(always)]
    pub(super) fn read_required<T>(
        &mut self,
        name: &'static str,
        slot: &mut T,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<()> {
        if self.content.next_was_read() {
            return Ok(());
        }
        if !self.at_next(name) {
            self.mark_missing(name);
            return Ok(());
        }
        self.set_optional(false);
        *slot = read(self)?;
        self.content.mark_read();
        self.advance()
    }

    /// Reads an optional element with `read` if it comes next and was not read before.
    #[inline(always)]
    pub(super) fn read_optional<T>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<()> {
        if slot.is_none() && self.at_next(name) {
            self.set_optional(true);
            let (start, depth) = (self.pos, self.path.len());
            match read(self) {
                Ok(value) => *slot = Some(value),
                Err(error) => self.leave_out(error, start, depth)?,
            }
            self.advance()?;
        }
        Ok(())
    }

    /// Returns `true` if the required element `name` comes next and was not read before. Marks it as
    /// missing if it does not come next.
    pub(super) fn at_required(&mut self, name: &'static str) -> bool {
        if self.content.next_was_read() {
            return false;
        }
        if !self.at(name) {
            self.mark_missing(name);
            return false;
        }
        true
    }

    /// Marks the required member as read and moves to the next one.
    pub(super) fn finish_required(&mut self) -> Result<()> {
        self.content.mark_read();
        self.advance()
    }

    /// Records that a member was read and moves to the next child.
    #[inline]
    pub(super) fn advance(&mut self) -> Result<()> {
        self.content.progress = true;
        self.clear_expected();
        match self.rest() {
            // A tag comes next already, and its name does not matter.
            [b'<', next, ..] if !matches!(next, b'!' | b'?') && !self.content.skip_unknown => Ok(()),
            _ => self.next_child(),
        }
    }

    /// Moves to the next child. Skips unknown ones within a group, which they would end.
    pub(super) fn next_child(&mut self) -> Result<()> {
        self.seek_tag()?;
        if self.content.skip_unknown { self.skip_unknown_children().map(drop) } else { Ok(()) }
    }

    /// Returns `true` if another item `name` of a list comes next that cannot be continued later.
    #[inline]
    pub(super) fn at_item(&mut self, name: &'static str) -> Result<bool> {
        Ok(self.at(name) || (self.skip_unknown_children()? && self.at(name)))
    }

    /// Skips the next children that are not members of the innermost element, if the reader is lenient. Returns
    /// `true` if there were any.
    ///
    /// This is for groups, and for lists inside a choice: an unknown element would look like their end.
    #[cold]
    pub(super) fn skip_unknown_children(&mut self) -> Result<bool> {
        let mut skipped = false;
        while !self.is_strict()
            && let Some(name) = self.peek()
            && !self.is_member(name)
        {
            self.skip_element()?;
            self.count_skipped(1);
            self.seek_tag()?;
            skipped = true;
        }
        Ok(skipped)
    }

    /// Returns `true` if a list may take another item. A lenient reader accepts more than `max`; a
    /// strict one leaves the item, so that it is refused.
    pub(super) fn has_room(&self, length: usize, max: usize) -> bool {
        length < max || !self.is_strict()
    }
}
