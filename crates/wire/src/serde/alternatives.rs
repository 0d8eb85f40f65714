//! The functions that derived code calls to read alternatives of a choice, with the names and arguments of those of
//! [`Reader`](crate::xml::Reader).

use super::reader::{Read, TreeReader};
use super::{ITEMS, XML};
use crate::xml::{Choice, Content, Nillable, NonEmpty, Raw, Scalar, SimpleType};

impl TreeReader {
    /// Reads an alternative that is an element with content.
    pub fn take_element<T: Content>(&mut self, name: &'static str) -> Read<T> {
        let Some((tree, index)) = self.take(name) else { return Err(self.empty_list(name)) };
        let mut value = T::placeholder();
        self.read_element(name, index, tree, &mut value)?;
        Ok(value)
    }

    /// Reads an alternative that is an element with text.
    pub fn take_text<T: Scalar>(&mut self, name: &'static str, _simple_type: &'static SimpleType) -> Read<T> {
        self.opt_scalar(name)?.ok_or_else(|| self.empty_list(name))
    }

    /// Reads an alternative that is an element with text; an empty one has the value `default`.
    pub fn take_text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        _simple_type: &'static SimpleType,
    ) -> Read<T> {
        self.opt_scalar_or(name, default)?.ok_or_else(|| self.empty_list(name))
    }

    /// Reads an alternative that is a nillable element.
    pub fn take_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        simple_type: &'static SimpleType,
    ) -> Read<Nillable<T>> {
        let mut found = None;
        self.opt_nillable(name, &mut found, simple_type)?;
        found.ok_or_else(|| self.empty_list(name))
    }

    /// Reads an alternative that is an empty element, or none at all, and returns `value` for it.
    pub fn take_flag<T>(&mut self, name: &'static str, value: T) -> Read<T> {
        self.take_element::<()>(name)?;
        Ok(value)
    }

    /// Reads an alternative that is a repeated element with content.
    pub fn take_elements<T: Content>(&mut self, name: &'static str, min: usize, max: usize) -> Read<NonEmpty<T>> {
        let mut items = Vec::new();
        self.elements(name, min, max, &mut items)?;
        NonEmpty::try_from(items).map_err(|_| self.empty_list(name))
    }

    /// Reads an alternative that is a repeated element with text.
    pub fn take_texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        simple_type: &'static SimpleType,
    ) -> Read<NonEmpty<T>> {
        let mut items = Vec::new();
        self.texts(name, min, max, &mut items, simple_type)?;
        NonEmpty::try_from(items).map_err(|_| self.empty_list(name))
    }

    /// Reads an alternative that is a group of members, if all that it requires are there.
    pub fn take_group<T: Content>(&mut self) -> Read<Option<T>> {
        if !self.map.is_first || !self.has_group::<T>()? {
            return Ok(None);
        }
        self.group()
    }

    /// Reads an alternative that is a repeated group.
    pub fn take_groups<T: Content>(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<T>>> {
        if self.name() != ITEMS {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.groups(min, max, &mut items)?;
        Ok(NonEmpty::try_from(items).ok())
    }

    /// Reads an alternative that is a repeated choice.
    pub fn take_choices<T: Choice>(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<T>>> {
        if !self.map.is_first {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.choices(0, max, &mut items)?;
        if !items.is_empty() {
            self.require(T::alternatives(), items.len(), min);
        }
        Ok(NonEmpty::try_from(items).ok())
    }

    /// Reads an alternative that is a repeated choice, the order of whose items matters.
    pub fn take_ordered_choices<T: Choice>(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<T>>> {
        if self.name() != ITEMS {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.ordered_choices(min, max, &mut items)?;
        Ok(NonEmpty::try_from(items).ok())
    }

    /// Reads an alternative that is a wildcard.
    pub fn take_wildcard(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<Raw>>> {
        if self.name() != XML {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.wildcard(min, max, &mut items)?;
        Ok(NonEmpty::try_from(items).ok())
    }
}
