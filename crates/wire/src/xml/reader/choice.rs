//! Choices. A choice has no element of its own: its alternatives appear among the children of the
//! element around them.

use super::state::Reader;
use crate::xml::content::Choice;
use crate::xml::error::Result;

impl Reader<'_> {
    /// Reads a required choice. If it may be empty and no alternative appears, `slot` keeps its value.
    pub fn choice<T: Choice>(&mut self, slot: &mut T) -> Result<()> {
        if self.content.next_was_read() {
            return Ok(());
        }
        self.begin_choice::<T>(false);
        match T::read_alternative(self)? {
            Some(value) => {
                *slot = value;
                self.content.mark_read();
            }
            None if T::MAY_BE_EMPTY => {}
            None => self.mark_missing(T::alternatives()),
        }
        Ok(())
    }

    /// Reads an optional choice.
    pub fn opt_choice<T: Choice>(&mut self, slot: &mut Option<T>) -> Result<()> {
        if slot.is_none() {
            self.begin_choice::<T>(true);
            *slot = T::read_alternative(self)?;
        }
        Ok(())
    }

    /// Reads a repeated choice, `min` to `max` times, and keeps the order.
    pub fn choices<T: Choice>(&mut self, min: usize, max: usize, slot: &mut Vec<T>) -> Result<()> {
        while self.has_room(slot.len(), max) {
            self.set_optional(slot.len() >= min);
            let Some(value) = T::read_alternative(self)? else { break };
            self.push_item(slot, value)?;
        }
        if slot.len() < min {
            self.mark_missing(T::alternatives());
        }
        Ok(())
    }
}
