//! Reading members: the methods that emitted code calls, one a member.
//!
//! [`Content::read`] makes a pass over the members, in schema order; each call reads its member if
//! that is what stands next. When a pass ends before the element does, a lenient reader makes
//! another, and a pass that reads nothing has met an element it does not know. A strict reader
//! allows one pass, so that the order of the schema binds.

use super::erased::Erased;
use super::error::{ReadErrorKind, Result};
use super::scope::Scope;
use super::{Content, ContentKind, Raw, Reader, Strictness};

impl<'x> Reader<'x> {
    /// Reads a whole document whose root element is `name`.
    ///
    /// # Errors
    /// If the text is not well-formed or does not fit the type.
    pub fn document<T: Content>(&mut self, name: &'static str) -> Result<T> {
        let mut value = T::placeholder();
        self.root(name, &mut value)?;
        Ok(value)
    }

    /// Reads a whole document into `value`, which keeps what was read before an error.
    pub fn root<T: Content>(&mut self, name: &'static str, value: &mut T) -> Result<()> {
        self.seek_root()?;
        if !self.at(name) {
            return if self.is_checking() { self.note_root(name) } else { Err(self.unexpected(Some(name))) };
        }
        self.read_element(name, 0, value)?;
        self.finish()
    }

    // --- elements ---

    /// Reads the element `name`, which stands here.
    pub(super) fn read_element<T: Content>(&mut self, name: &'static str, index: usize, value: &mut T) -> Result<()> {
        self.erased(name, index, value)
    }

    fn erased(&mut self, name: &'static str, index: usize, value: &mut dyn Erased) -> Result<()> {
        let (start, depth) = (self.pos, self.path.len());
        let outer = std::mem::replace(&mut self.scope, Scope::of(value.known()));
        let strictness = self.strictness;
        let exact = self.exact;
        if value.exact() || self.is_checking() {
            self.strictness = Strictness::Strict;
            self.exact |= value.exact();
        }
        let done = self.inside(name, index, value);
        (self.strictness, self.exact) = (strictness, exact);
        self.scope = outer;
        let Err(error) = done else { return Ok(()) };
        if error.is_fatal() || (self.is_strict() && !self.is_checking()) {
            return Err(error);
        }
        if self.is_checking() {
            self.note_error(&error);
        } else {
            self.spend_error(&error)?;
            value.recover(error)?;
        }
        self.rewind(start, depth);
        self.skip_element().map(drop)
    }

    fn inside(&mut self, name: &'static str, index: usize, value: &mut dyn Erased) -> Result<()> {
        self.step(name, index)?;
        let form = value.form();
        if form == ContentKind::Raw {
            value.read_raw(self.any_content(name)?);
            return Ok(());
        }
        let empty = self.open(name)?;
        value.read_attributes(self)?;
        self.no_attributes()?;
        if form == ContentKind::Text {
            self.empty = empty;
            value.read(self)?;
        } else if empty {
            // One pass at a place where nothing stands, to see what is missing.
            self.forget_asked();
            let after = std::mem::replace(&mut self.pos, self.doc.len());
            let read = value.read(self);
            self.pos = after;
            read?;
            self.forget_declarations();
        } else if form == ContentKind::Empty && self.is_strict() {
            self.nothing_to(name)?;
        } else {
            self.children(name, value)?;
        }
        if let Some(missing) = self.scope.missing.filter(|_| !self.scope.faulty) {
            if !self.is_checking() {
                return Err(self.error(ReadErrorKind::Missing(missing)));
            }
            self.note_missing(missing);
        }
        self.path.pop();
        Ok(())
    }

    fn children(&mut self, name: &'static str, value: &mut dyn Erased) -> Result<()> {
        self.next_child()?;
        let (first, any_order) = (self.pos, value.form() == ContentKind::All);
        self.scope.any_order = any_order;
        loop {
            self.scope.begin_pass();
            self.forget_asked();
            value.read(self)?;
            if self.is_checking() && self.scope.any_order && self.at_end() && self.scope.missing.is_some() {
                // Once more, for all that may still come.
                self.scope.begin_pass();
                self.forget_asked();
                value.read(self)?;
            }
            if self.is_checking() {
                self.note_misplaced(value, first)?;
            }
            if self.at_end() {
                return self.close(name);
            }
            let again = self.scope.progress && (any_order || !self.is_strict());
            if again {
                continue;
            }
            if self.is_strict() {
                if self.scope.missing.is_some() {
                    // What is wrong stands where a required member should, not where the pass ended.
                    self.pos = self.scope.missed_at;
                }
                return Err(self.unexpected(self.scope.missing));
            }
            self.skip_element()?;
            self.count_skipped(1);
            self.next_child()?;
        }
    }

    /// Notes that a member was read and moves to what stands next.
    #[inline]
    pub(super) fn advance(&mut self) -> Result<()> {
        self.scope.progress = true;
        self.forget_asked();
        match self.rest() {
            // Nothing to pass.
            [b'<', next, ..] if !matches!(next, b'!' | b'?') && self.scope.known.is_empty() => Ok(()),
            _ => self.next_child(),
        }
    }

    /// Moves to the next child; where unknown ones must not be met later, passes them.
    fn next_child(&mut self) -> Result<()> {
        self.seek_child()?;
        if self.scope.known.is_empty() || self.is_strict() {
            return Ok(());
        }
        while !self.at_end() && !self.scope.known.contains(&self.name_here()) {
            self.skip_element()?;
            self.count_skipped(1);
            self.seek_child()?;
        }
        Ok(())
    }

    /// Whether the required member `name` stands next and was not read before.
    #[inline]
    pub(super) fn is_due(&mut self, name: &'static str) -> bool {
        if self.scope.next_is_read() {
            return false;
        }
        if !self.at(name) {
            self.miss(name);
            return false;
        }
        true
    }

    /// Notes that the member that was due is read.
    #[inline]
    pub(super) fn read_due(&mut self) -> Result<()> {
        self.scope.read();
        self.advance()
    }

    // --- required, optional and repeated elements ---

    /// A required element with content.
    pub fn element<T: Content>(&mut self, name: &'static str, slot: &mut T) -> Result<()> {
        if self.is_due(name) {
            self.read_element(name, 0, slot)?;
            self.read_due()?;
        }
        Ok(())
    }

    /// An optional element with content.
    pub fn opt_element<T: Content>(&mut self, name: &'static str, slot: &mut Option<T>) -> Result<()> {
        if slot.is_none() && self.at(name) {
            if let Err(error) = self.read_element(name, 0, slot.insert(T::placeholder())) {
                *slot = None;
                return Err(error);
            }
            self.advance()?;
        }
        Ok(())
    }

    /// A repeated element with content, `min` to `max` times.
    pub fn elements<T: Content>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        slot: &mut Vec<T>,
    ) -> Result<()> {
        while self.at(name) && self.has_room(slot.len(), max) {
            let at = slot.len();
            self.push(slot, T::placeholder())?;
            if let Err(error) = self.read_element(name, at + 1, &mut slot[at]) {
                slot.pop();
                return Err(error);
            }
            self.advance()?;
        }
        if slot.len() < min {
            self.miss(name);
        }
        Ok(())
    }

    /// An optional element that is empty: present or not.
    pub fn flag(&mut self, name: &'static str, slot: &mut bool) -> Result<()> {
        if !*slot && self.at(name) {
            self.read_element(name, 0, &mut ())?;
            *slot = true;
            self.advance()?;
        }
        Ok(())
    }

    /// A lenient reader keeps more than `max`; a strict one leaves it, to be refused.
    pub(super) fn has_room(&self, length: usize, max: usize) -> bool {
        length < max || !self.is_strict()
    }

    /// Any elements, kept as they are. A lenient reader takes none before a required member that
    /// is still to come.
    pub fn wildcard(&mut self, min: usize, max: usize, slot: &mut Vec<Raw>) -> Result<()> {
        let due = self.is_strict() || self.scope.missing.is_none();
        while due && !self.at_end() && self.rest().first() == Some(&b'<') && self.has_room(slot.len(), max) {
            let raw = self.raw_element()?;
            self.push(slot, raw)?;
            self.advance()?;
        }
        if slot.len() < min {
            self.miss("any element");
        }
        Ok(())
    }
}
