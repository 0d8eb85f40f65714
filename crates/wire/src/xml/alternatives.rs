//! Reading the alternatives of a choice: the methods that emitted branches call, once they have
//! asked [`Reader::name`].

use super::error::{ReadErrorKind, Result};
use super::{Choice, Content, NonEmpty, Raw, Reader, Scalar, SimpleType};

impl Reader<'_> {
    /// An alternative that is an element with content.
    pub fn take_element<T: Content>(&mut self, name: &'static str) -> Result<T> {
        let mut value = T::placeholder();
        self.read_element(name, 0, &mut value)?;
        self.advance()?;
        Ok(value)
    }

    /// An alternative that is an element with text.
    pub fn take_text<T: Scalar>(&mut self, name: &'static str, simple: &'static SimpleType) -> Result<T> {
        let value = self.scalar(name, 0, simple)?;
        self.advance()?;
        Ok(value)
    }

    /// An alternative that is an empty element, and stands for `value`.
    pub fn take_flag<T>(&mut self, name: &'static str, value: T) -> Result<T> {
        self.read_element(name, 0, &mut ())?;
        self.advance()?;
        Ok(value)
    }

    /// An alternative that is a repeated element with content.
    pub fn take_elements<T: Content>(&mut self, name: &'static str, min: usize, max: usize) -> Result<NonEmpty<T>> {
        let first = self.take_element(name)?;
        let mut items = self.one(first)?;
        while self.at(name) && self.has_room(items.len(), max) {
            let mut value = T::placeholder();
            self.read_element(name, items.len() + 1, &mut value)?;
            self.push(items.as_vec_mut(), value)?;
            self.advance()?;
        }
        self.enough(name, items, min)
    }

    /// An alternative that is a repeated element with text.
    pub fn take_texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        simple: &'static SimpleType,
    ) -> Result<NonEmpty<T>> {
        let first = self.take_text(name, simple)?;
        let mut items = self.one(first)?;
        while self.at(name) && self.has_room(items.len(), max) {
            self.note_optional(items.len() >= min);
            let value = self.scalar(name, items.len() + 1, simple)?;
            self.push(items.as_vec_mut(), value)?;
            self.advance()?;
        }
        self.enough(name, items, min)
    }

    /// An alternative that is a group of members.
    pub fn take_group<T: Content>(&mut self) -> Result<Option<T>> {
        self.group(!self.is_strict())
    }

    /// An alternative that is a repeated group of members.
    pub fn take_groups<T: Content>(&mut self, min: usize, max: usize) -> Result<Option<NonEmpty<T>>> {
        let mut items = Vec::new();
        self.groups("", 0, max, &mut items)?;
        self.several(items, min)
    }

    /// An alternative that is a repeated choice.
    pub fn take_choices<T: Choice>(&mut self, min: usize, max: usize) -> Result<Option<NonEmpty<T>>> {
        let mut items = Vec::new();
        self.choices(0, max, &mut items)?;
        self.several(items, min)
    }

    /// An alternative that is any elements.
    pub fn take_wildcard(&mut self, min: usize, max: usize) -> Result<Option<NonEmpty<Raw>>> {
        let mut items = Vec::new();
        self.wildcard(0, max, &mut items)?;
        self.several(items, min)
    }

    /// The items of an alternative, if there are any; then there must be enough.
    fn several<T>(&mut self, items: Vec<T>, min: usize) -> Result<Option<NonEmpty<T>>> {
        match NonEmpty::try_from(items) {
            Ok(items) => self.enough("a further element", items, min).map(Some),
            Err(_) => Ok(None),
        }
    }

    fn enough<T>(&mut self, name: &'static str, items: NonEmpty<T>, min: usize) -> Result<NonEmpty<T>> {
        if items.len() < min {
            if !self.is_checking() {
                return Err(self.error(ReadErrorKind::Missing(name)));
            }
            self.miss(name);
        }
        Ok(items)
    }
}
