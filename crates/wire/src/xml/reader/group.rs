//! Groups of members. A group has no element of its own: its members appear among the children of the
//! element around them.

use super::state::Reader;
use crate::xml::content::Content;
use crate::xml::error::{ReadErrorKind, Result};

impl Reader<'_> {
    /// Reads an optional group. A lenient reader also finds its members between other members.
    pub fn opt_group<T: Content>(&mut self, slot: &mut Option<T>) -> Result<()> {
        let (place, inner) = self.content.take_next_group();
        let mut outer = std::mem::replace(&mut self.content, inner);
        self.content.begin_pass();
        let before = slot.take();
        let found_before = before.is_some();
        let mut value = before.unwrap_or_else(T::placeholder);
        let read = value.read(self);
        let found = self.content.progress;
        if found || found_before {
            *slot = Some(value);
            outer.progress |= found;
            outer.inherit_missing(&self.content);
        }
        let inner = std::mem::replace(&mut self.content, outer);
        self.content.keep_group(place, inner);
        read
    }

    /// Reads a repeated group, `min` to `max` times.
    pub fn groups<T: Content>(&mut self, min: usize, max: usize, slot: &mut Vec<T>) -> Result<()> {
        while self.has_room(slot.len(), max)
            && let Some(value) = self.read_group(false)?
        {
            self.push_item(slot, value)?;
        }
        if slot.len() < min {
            let first = self.first_member::<T>();
            self.mark_missing(first);
        }
        Ok(())
    }

    /// Reads the members of a group, if one of them comes next.
    ///
    /// Without `any_order` they must be in order, but a lenient reader that misses one continues with
    /// those that follow.
    pub(super) fn read_group<T: Content>(&mut self, any_order: bool) -> Result<Option<T>> {
        let group = self.content.group();
        let outer = std::mem::replace(&mut self.content, group);
        let mut value = T::placeholder();
        let mut found = false;
        let read = loop {
            self.content.begin_pass();
            if let Err(error) = value.read(self) {
                break Err(error);
            }
            found |= self.content.progress;
            let again = any_order || (self.content.missing.is_some() && !self.is_strict());
            if !again || !self.content.progress || self.at_end() {
                break Ok(());
            }
        };
        let inner = std::mem::replace(&mut self.content, outer);
        read?;
        if !found {
            return Ok(None);
        }
        self.content.progress = true;
        match inner.missing {
            Some(name) if !self.is_checking() => return Err(self.error(ReadErrorKind::Missing(name))),
            _ => self.content.inherit_missing(&inner),
        }
        Ok(Some(value))
    }
}
