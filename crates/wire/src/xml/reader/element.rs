//! Elements with content, from the root element down.

use std::mem::replace;

use super::content_state::ContentState;
use super::dyn_content::{DynContent, Traits};
use super::left_out::LeftOut;
use super::options::Strictness;
use super::state::Reader;
use crate::xml::content::{Content, ContentKind};
use crate::xml::error::{ReadErrorKind, Result};

/// The greatest number of names that are remembered because nothing reads them.
const MAX_REFUSED: usize = 32;

impl<'x> Reader<'x> {
    /// Reads a whole document whose root element is `name`.
    ///
    /// # Errors
    /// If the document is not well-formed or does not fit the type.
    pub fn document<T: Content>(&mut self, name: &'static str) -> Result<T> {
        let mut value = T::placeholder();
        self.root(name, &mut value)?;
        Ok(value)
    }

    /// Reads a whole document into `value`, which keeps what was read before an error.
    ///
    /// # Errors
    /// As [`document`](Self::document).
    pub fn root<T: Content>(&mut self, name: &'static str, value: &mut T) -> Result<()> {
        self.seek_root()?;
        if !self.at(name) {
            return if self.is_checking() { self.report_root(name) } else { Err(self.unexpected(Some(name))) };
        }
        self.read_element(name, 0, value)?;
        self.finish()
    }

    /// Reads a required element with content.
    pub fn element<T: Content>(&mut self, name: &'static str, slot: &mut T) -> Result<()> {
        self.dyn_element(name, slot, &const { Traits::of::<T>() })
    }

    fn dyn_element(&mut self, name: &'static str, slot: &mut dyn DynContent, traits: &Traits) -> Result<()> {
        if !self.at_required(name) {
            return Ok(());
        }
        self.read_dyn_element(name, 0, slot, traits)?;
        self.finish_required()
    }

    /// Reads an optional element with content.
    pub fn opt_element<T: Content>(&mut self, name: &'static str, slot: &mut Option<T>) -> Result<()> {
        if slot.is_none() && self.at(name) {
            let (start, depth) = (self.pos, self.path.len());
            if let Err(error) = self.read_element(name, 0, slot.insert(T::placeholder())) {
                *slot = None;
                self.leave_out(error, start, depth)?;
            }
            self.advance()?;
        }
        Ok(())
    }

    /// Reads a repeated element with content, `min` to `max` times.
    pub fn elements<T: Content>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        slot: &mut Vec<T>,
    ) -> Result<()> {
        while self.at(name) && self.has_room(slot.len(), max) {
            let at = slot.len();
            let (start, depth) = (self.pos, self.path.len());
            self.push_element(slot, T::placeholder())?;
            if let Err(error) = self.read_element(name, at + 1, &mut slot[at]) {
                slot.pop();
                self.leave_out(error, start, depth)?;
            }
            self.advance()?;
        }
        if self.at_end() {
            self.trim(slot);
        }
        if slot.len() < min {
            self.mark_missing(name);
        }
        Ok(())
    }

    /// Reads an optional empty element as a flag.
    pub fn flag(&mut self, name: &'static str, slot: &mut bool) -> Result<()> {
        if !*slot && self.at(name) {
            self.read_element(name, 0, &mut ())?;
            *slot = true;
            self.advance()?;
        }
        Ok(())
    }

    /// Reads the element `name`, whose start tag comes next.
    pub(super) fn read_element<T: Content>(&mut self, name: &'static str, index: usize, value: &mut T) -> Result<()> {
        self.read_dyn_element(name, index, value, &const { Traits::of::<T>() })
    }

    fn read_dyn_element(
        &mut self,
        name: &'static str,
        index: usize,
        value: &mut dyn DynContent,
        traits: &Traits,
    ) -> Result<()> {
        let (start, depth) = (self.pos, self.path.len());
        let outer = replace(&mut self.content, ContentState::new(traits.ask));
        let strictness = self.strictness;
        let deny_unknown = self.deny_unknown;
        if traits.deny_unknown || self.is_checking() {
            self.strictness = Strictness::Strict;
            self.deny_unknown |= traits.deny_unknown;
        }
        let outer_left_out =
            traits.keeps_errors.then(|| replace(&mut self.left_out, LeftOut { allowed: true, error: None }));
        let result = self.read_entered(name, index, value, traits.kind);
        (self.strictness, self.deny_unknown) = (strictness, deny_unknown);
        self.content = outer;
        let left_out = outer_left_out.and_then(|outer| replace(&mut self.left_out, outer).error);
        let error = match (result, left_out) {
            (Ok(()), None) => return Ok(()),
            (Ok(()), Some(error)) => return value.recover(*error, self),
            // The first error is the one to show.
            (Err(error), Some(first)) if !error.is_fatal() => *first,
            (Err(error), _) => error,
        };
        if error.is_fatal() || (self.is_strict() && !self.is_checking()) {
            return Err(error);
        }
        if self.is_checking() {
            self.report_error(&error);
        } else {
            self.charge_error(&error)?;
            value.recover(error, self)?;
        }
        self.rewind(start, depth);
        self.skip_element().map(drop)
    }

    fn read_entered(
        &mut self,
        name: &'static str,
        index: usize,
        value: &mut dyn DynContent,
        kind: ContentKind,
    ) -> Result<()> {
        self.enter(name, index)?;
        if kind == ContentKind::Raw {
            value.read_raw(self.any_content(name)?);
            return Ok(());
        }
        let empty = self.open(name)?;
        value.read_attributes(self)?;
        self.finish_attributes()?;
        if kind == ContentKind::Text {
            self.empty_tag = empty;
            value.read(self)?;
        } else if empty {
            // One pass at the end of the document, where nothing follows, finds what is missing.
            self.clear_expected();
            let after = replace(&mut self.pos, self.doc.len());
            let read = value.read(self);
            self.pos = after;
            read?;
            self.forget_declarations();
        } else if kind == ContentKind::Empty && self.is_strict() {
            self.read_empty(name)?;
        } else {
            self.read_members(name, value, kind)?;
        }
        if let Some(missing) = self.content.missing.filter(|_| !self.content.reported) {
            if !self.is_checking() {
                return Err(self.error(ReadErrorKind::Missing(missing)));
            }
            self.report_missing(missing);
        }
        self.path.pop();
        Ok(())
    }

    /// Reads the children of the element `name` and its end tag.
    fn read_members(&mut self, name: &'static str, value: &mut dyn DynContent, kind: ContentKind) -> Result<()> {
        self.next_child()?;
        let (first, any_order) = (self.pos, kind == ContentKind::All);
        self.content.any_order = any_order;
        let mut refused = Vec::new();
        loop {
            self.content.begin_pass();
            self.clear_expected();
            value.read(self)?;
            if self.is_checking() && self.content.any_order && self.at_end() && self.content.missing.is_some() {
                // One more pass collects all elements that are still expected.
                self.content.begin_pass();
                self.clear_expected();
                value.read(self)?;
            }
            if self.is_checking() {
                self.report_misplaced(first)?;
            }
            if self.at_end() {
                return self.close(name);
            }
            let again = self.content.progress && (any_order || !self.is_strict());
            if again {
                refused.clear();
                continue;
            }
            if self.is_strict() {
                if self.content.missing.is_some() {
                    // The unexpected element is where the required one is missing, not where the pass
                    // ended.
                    self.pos = self.content.missing_at;
                }
                return Err(self.unexpected(self.content.missing));
            }
            self.skip_refused(&mut refused)?;
        }
    }

    /// Skips the next child, which no pass reads, and those after it that need no pass to know that: they are no members,
    /// or have a name in `refused`, which are the first names that were skipped since a member was read.
    fn skip_refused(&mut self, refused: &mut Vec<&'x str>) -> Result<()> {
        loop {
            let name = self.tag_name();
            if refused.len() < MAX_REFUSED && !refused.contains(&name) {
                refused.push(name);
            }
            self.skip_element()?;
            self.count_skipped(1);
            self.next_child()?;
            match self.peek() {
                Some(next) if refused.contains(&next) || !self.is_member(next) => {}
                _ => return Ok(()),
            }
        }
    }
}
