//! Choices. A choice has no element of its own: its alternatives appear among the children of the
//! element around them.

use super::state::Reader;
use crate::xml::content::Choice;
use crate::xml::error::Result;

impl Reader<'_> {
    /// Reads a required choice.
    pub fn choice<T: Choice>(&mut self, slot: &mut T) -> Result<()> {
        if self.content.next_was_read() {
            return Ok(());
        }
        self.begin_choice(T::ALTERNATIVES, false);
        match T::read_alternative(self)? {
            Some(value) => {
                *slot = value;
                self.content.mark_read();
            }
            None => self.mark_missing(T::ALTERNATIVES),
        }
        Ok(())
    }

    /// Reads a choice that may be empty. `slot` keeps its value then.
    pub fn choice_or_nothing<T: Choice>(&mut self, slot: &mut T) -> Result<()> {
        if self.content.next_was_read() {
            return Ok(());
        }
        self.begin_choice(T::ALTERNATIVES, false);
        if let Some(value) = T::read_alternative(self)? {
            *slot = value;
            self.content.mark_read();
        }
        Ok(())
    }

    /// Reads an optional choice.
    pub fn opt_choice<T: Choice>(&mut self, slot: &mut Option<T>) -> Result<()> {
        if slot.is_none() {
            self.begin_choice(T::ALTERNATIVES, true);
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
            self.mark_missing(T::ALTERNATIVES);
        }
        Ok(())
    }
}
