//! The alternatives of a choice. Generated code looks at [`Reader::name`] and calls the method for the
//! alternative of that name.

use super::state::Reader;
use crate::xml::content::{Choice, Content};
use crate::xml::datatypes::scalar::Scalar;
use crate::xml::datatypes::simple_type::SimpleType;
use crate::xml::error::{ReadErrorKind, Result};
use crate::xml::non_empty::NonEmpty;
use crate::xml::raw::Raw;

impl Reader<'_> {
    /// Reads an alternative that is an element with content.
    pub fn take_element<T: Content>(&mut self, name: &'static str) -> Result<T> {
        let mut value = T::placeholder();
        self.read_element(name, 0, &mut value)?;
        self.advance()?;
        Ok(value)
    }

    /// Reads an alternative that is an element with text.
    pub fn take_text<T: Scalar>(&mut self, name: &'static str, simple_type: &'static SimpleType) -> Result<T> {
        let value = self.read_scalar(name, 0, simple_type)?;
        self.advance()?;
        Ok(value)
    }

    /// Reads an alternative that is an element with text; an empty one has the value `default`.
    pub fn take_text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        simple_type: &'static SimpleType,
    ) -> Result<T> {
        let value = self.read_scalar_or(name, default, simple_type)?;
        self.advance()?;
        Ok(value)
    }

    /// Reads an alternative that is an empty element and returns `value` for it.
    pub fn take_flag<T>(&mut self, name: &'static str, value: T) -> Result<T> {
        self.read_element(name, 0, &mut ())?;
        self.advance()?;
        Ok(value)
    }

    /// Reads an alternative that is a repeated element with content.
    pub fn take_elements<T: Content>(&mut self, name: &'static str, min: usize, max: usize) -> Result<NonEmpty<T>> {
        let first = self.take_element(name)?;
        let mut items = self.start_list(first)?;
        while self.at_item(name)? && self.has_room(items.len(), max) {
            let mut value = T::placeholder();
            self.read_element(name, items.len() + 1, &mut value)?;
            self.push_item(items.as_vec_mut(), value)?;
            self.advance()?;
        }
        self.require(name, items, min)
    }

    /// Reads an alternative that is a repeated element with text.
    pub fn take_texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        simple_type: &'static SimpleType,
    ) -> Result<NonEmpty<T>> {
        let first = self.take_text(name, simple_type)?;
        let mut items = self.start_list(first)?;
        while self.at_item(name)? && self.has_room(items.len(), max) {
            self.set_optional(items.len() >= min);
            let value = self.read_scalar(name, items.len() + 1, simple_type)?;
            self.push_item(items.as_vec_mut(), value)?;
            self.advance()?;
        }
        self.require(name, items, min)
    }

    /// Reads an alternative that is a group of members.
    pub fn take_group<T: Content>(&mut self) -> Result<Option<T>> {
        self.read_group(!self.is_strict())
    }

    /// Reads an alternative that is a repeated group of members.
    pub fn take_groups<T: Content>(&mut self, min: usize, max: usize) -> Result<Option<NonEmpty<T>>> {
        let mut items = Vec::new();
        self.groups(0, max, &mut items)?;
        self.require_if_any(items, min)
    }

    /// Reads an alternative that is a repeated choice.
    pub fn take_choices<T: Choice>(&mut self, min: usize, max: usize) -> Result<Option<NonEmpty<T>>> {
        let mut items = Vec::new();
        self.choices(0, max, &mut items)?;
        // A list that has begun does not end at an unknown element.
        while !items.is_empty() && self.skip_unknown_children()? {
            self.choices(0, max, &mut items)?;
        }
        self.require_if_any(items, min)
    }

    /// Reads an alternative that is a wildcard.
    pub fn take_wildcard(&mut self, min: usize, max: usize) -> Result<Option<NonEmpty<Raw>>> {
        let mut items = Vec::new();
        self.wildcard(0, max, &mut items)?;
        self.require_if_any(items, min)
    }

    /// Returns the items, if there are any. Then there must be at least `min`.
    fn require_if_any<T>(&mut self, items: Vec<T>, min: usize) -> Result<Option<NonEmpty<T>>> {
        match NonEmpty::try_from(items) {
            Ok(items) => self.require("a further element", items, min).map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Returns the items, of which there must be at least `min`.
    fn require<T>(&mut self, name: &'static str, items: NonEmpty<T>, min: usize) -> Result<NonEmpty<T>> {
        if items.len() < min {
            if !self.is_checking() {
                return Err(self.error(ReadErrorKind::Missing(name)));
            }
            self.mark_missing(name);
        }
        Ok(items)
    }
}
