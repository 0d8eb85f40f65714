//! Reading choices and groups, which have no element of their own: their members stand among
//! those of the element around them.

use super::error::{ReadErrorKind, Result};
use super::scope::Scope;
use super::{Choice, Content, Reader};

impl Reader<'_> {
    /// A required choice. One that may be empty keeps what `slot` says until an alternative is found.
    pub fn choice<T: Choice>(&mut self, slot: &mut T) -> Result<()> {
        if self.scope.next_is_read() {
            return Ok(());
        }
        self.note_choice(T::ALTERNATIVES, false);
        match T::read_alternative(self)? {
            Some(value) => {
                *slot = value;
                self.scope.read();
            }
            None if T::MAY_BE_EMPTY => {}
            None => self.miss(T::ALTERNATIVES),
        }
        Ok(())
    }

    /// An optional choice.
    pub fn opt_choice<T: Choice>(&mut self, slot: &mut Option<T>) -> Result<()> {
        if slot.is_none() {
            self.note_choice(T::ALTERNATIVES, true);
            *slot = T::read_alternative(self)?;
        }
        Ok(())
    }

    /// A repeated choice, `min` to `max` times, order kept.
    pub fn choices<T: Choice>(&mut self, min: usize, max: usize, slot: &mut Vec<T>) -> Result<()> {
        while self.has_room(slot.len(), max) {
            self.note_optional(slot.len() >= min);
            let Some(value) = T::read_alternative(self)? else { break };
            self.push(slot, value)?;
        }
        if slot.len() < min {
            self.miss(T::ALTERNATIVES);
        }
        Ok(())
    }

    /// An optional group of members. A lenient reader finds them between other members too.
    pub fn opt_group<T: Content>(&mut self, slot: &mut Option<T>) -> Result<()> {
        let place = self.scope.next_group;
        self.scope.next_group += 1;
        if place == self.scope.groups.len() {
            let known = self.scope.known;
            self.scope.groups.push(Scope::of(known));
        }
        let inner = std::mem::take(&mut self.scope.groups[place]);
        let mut outer = std::mem::replace(&mut self.scope, inner);
        self.scope.begin_pass();
        let before = slot.take();
        let found_before = before.is_some();
        let mut value = before.unwrap_or_else(T::placeholder);
        let read = value.read(self);
        let found = self.scope.progress;
        if found || found_before {
            *slot = Some(value);
            outer.progress |= found;
            outer.miss_as(&self.scope);
        }
        let inner = std::mem::replace(&mut self.scope, outer);
        self.scope.groups[place] = inner;
        read
    }

    /// A repeated group of members, `min` to `max` times; `first` names it in messages.
    pub fn groups<T: Content>(&mut self, first: &'static str, min: usize, max: usize, slot: &mut Vec<T>) -> Result<()> {
        while self.has_room(slot.len(), max)
            && let Some(value) = self.group(false)?
        {
            self.push(slot, value)?;
        }
        if slot.len() < min {
            self.miss(first);
        }
        Ok(())
    }

    /// Reads the members of a group, if one of them stands here: in any order, or in order and,
    /// when a lenient reader misses one, what follows.
    pub(super) fn group<T: Content>(&mut self, any_order: bool) -> Result<Option<T>> {
        let known = self.scope.known;
        let outer = std::mem::replace(&mut self.scope, Scope::of(known));
        let mut value = T::placeholder();
        let mut found = false;
        let read = loop {
            self.scope.begin_pass();
            if let Err(error) = value.read(self) {
                break Err(error);
            }
            found |= self.scope.progress;
            let again = any_order || (self.scope.missing.is_some() && !self.is_strict());
            if !again || !self.scope.progress || self.at_end() {
                break Ok(());
            }
        };
        let inner = std::mem::replace(&mut self.scope, outer);
        read?;
        if !found {
            return Ok(None);
        }
        self.scope.progress = true;
        match inner.missing {
            Some(name) if !self.is_checking() => return Err(self.error(ReadErrorKind::Missing(name))),
            _ => self.scope.miss_as(&inner),
        }
        Ok(Some(value))
    }
}
