//! Reading members that hold a text: elements and attributes, each with the rule of its type.

use std::borrow::Cow;

use super::error::{ReadErrorKind, Result};
use super::issue::{Holds, Issue};
use super::noting::Place;
use super::reader::Step;
use super::{Reader, Scalar, SimpleType};

impl<'x> Reader<'x> {
    /// A required element that holds text.
    pub fn text<T: Scalar>(&mut self, name: &'static str, slot: &mut T, simple: &'static SimpleType) -> Result<()> {
        if self.is_due(name) {
            self.note_optional(false);
            *slot = self.scalar(name, 0, simple)?;
            self.read_due()?;
        }
        Ok(())
    }

    /// An optional element that holds text.
    pub fn opt_text<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        simple: &'static SimpleType,
    ) -> Result<()> {
        if slot.is_none() && self.at(name) {
            self.note_optional(true);
            *slot = Some(self.scalar(name, 0, simple)?);
            self.advance()?;
        }
        Ok(())
    }

    /// A required element that holds text; empty, it means `default` (Part 1, section 3.3.4).
    pub fn text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        slot: &mut T,
        simple: &'static SimpleType,
    ) -> Result<()> {
        if self.is_due(name) {
            self.note_optional(false);
            *slot = self.scalar_or(name, default, simple)?;
            self.read_due()?;
        }
        Ok(())
    }

    /// An optional element that holds text; empty, it means `default`.
    pub fn opt_text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        slot: &mut Option<T>,
        simple: &'static SimpleType,
    ) -> Result<()> {
        if slot.is_none() && self.at(name) {
            self.note_optional(true);
            *slot = Some(self.scalar_or(name, default, simple)?);
            self.advance()?;
        }
        Ok(())
    }

    /// A repeated element that holds text, `min` to `max` times.
    pub fn texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        slot: &mut Vec<T>,
        simple: &'static SimpleType,
    ) -> Result<()> {
        while self.at(name) && self.has_room(slot.len(), max) {
            self.note_optional(slot.len() >= min);
            let value = self.scalar(name, slot.len() + 1, simple)?;
            self.push(slot, value)?;
            self.advance()?;
        }
        if slot.len() < min {
            self.miss(name);
        }
        Ok(())
    }

    /// Reads the element `name`, which stands here and holds text.
    #[inline]
    pub(super) fn scalar<T: Scalar>(
        &mut self,
        name: &'static str,
        index: usize,
        simple: &'static SimpleType,
    ) -> Result<T> {
        let at = self.pos;
        if let Some(text) = self.plain_leaf(name) {
            self.spend_text(text.len())?;
            return match T::parse(text) {
                Ok(value) if !self.is_checking() => Ok(value),
                _ => self.weighed(text, Step { name, index, at }, simple),
            };
        }
        let text = self.leaf_text(name, index, T::SECRET)?;
        self.spend_text(text.len())?;
        match T::parse(&text) {
            Ok(value) if !self.is_checking() => Ok(value),
            _ => self.weighed(&text, Step { name, index, at }, simple),
        }
    }

    fn scalar_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        simple: &'static SimpleType,
    ) -> Result<T> {
        let at = self.pos;
        let text = self.leaf_text(name, 0, T::SECRET)?;
        let text = if text.is_empty() { default } else { &text };
        self.spend_text(text.len())?;
        match T::parse(text) {
            Ok(value) if !self.is_checking() => Ok(value),
            _ => self.weighed(text, Step { name, index: 0, at }, simple),
        }
    }

    /// The value of the text of the element at `step`, which was just read, if it is one.
    #[cold]
    fn weighed<T: Scalar>(&mut self, text: &str, step: Step<'x>, simple: &'static SimpleType) -> Result<T> {
        self.path.push(step);
        let value = self.parse(text, simple, Place::Element)?;
        self.path.pop();
        Ok(value)
    }

    /// The value of the text of the innermost element or attribute. A reader that checks takes note
    /// of what is wrong with it, and gives any value.
    pub(super) fn parse<T: Scalar>(&mut self, text: &str, simple: &'static SimpleType, place: Place) -> Result<T> {
        self.spend_text(text.len())?;
        if self.is_checking() {
            return Ok(self.judged(text, simple, place));
        }
        T::parse(text).map_err(|unreadable| {
            let value = (!T::SECRET && self.told.is_none()).then(|| text.chars().take(80).collect());
            self.error(ReadErrorKind::Value { problem: unreadable.problem.to_owned(), value })
        })
    }

    // --- attributes, text content ---

    /// An optional attribute.
    pub fn opt_attribute<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        simple: &'static SimpleType,
    ) -> Result<()> {
        self.note_optional(true);
        *slot = self.read_attribute(name, simple)?;
        Ok(())
    }

    /// A required attribute.
    pub fn attribute<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut T,
        simple: &'static SimpleType,
    ) -> Result<()> {
        self.note_optional(false);
        match self.read_attribute(name, simple)? {
            Some(value) => *slot = value,
            None if self.is_checking() => self.note(&Issue::MissingAttribute(name)),
            None => return Err(self.error(ReadErrorKind::MissingAttribute(name))),
        }
        Ok(())
    }

    fn read_attribute<T: Scalar>(&mut self, name: &'static str, simple: &'static SimpleType) -> Result<Option<T>> {
        let Some(text) = self.take_attribute(|_, found| found == name) else { return Ok(None) };
        let at = self.path.last().map_or(0, |step| step.at);
        self.path.push(Step { name, index: 0, at });
        let value = self.parse(&text, simple, Place::Attribute)?;
        self.path.pop();
        Ok(Some(value))
    }

    pub(super) fn take_attribute(&mut self, is: impl Fn(&Self, &str) -> bool) -> Option<Cow<'x, str>> {
        let at = self.attributes.iter().position(|a| is(self, a.name))?;
        Some(self.attributes.remove(at).value)
    }

    /// The text of an element that has attributes beside it.
    pub fn text_content<T: Scalar>(&mut self, slot: &mut T, simple: &'static SimpleType) -> Result<()> {
        self.hide(T::SECRET);
        let text = self.own_text(Holds::TextBesideAttributes)?;
        self.told = None;
        self.note_optional(false);
        *slot = self.parse(&text, simple, Place::Element)?;
        Ok(())
    }
}
