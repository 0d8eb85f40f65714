//! Elements with text, and the text of elements with attributes.

use super::report::TextSource;
use super::state::{PathStep, Reader};
use crate::xml::datatypes::scalar::Scalar;
use crate::xml::datatypes::simple_type::SimpleType;
use crate::xml::error::{ReadErrorKind, Result};
use crate::xml::violations::issue::AllowedContent;

/// The greatest number of characters of a value in an error.
const MAX_VALUE: usize = 80;

impl<'x> Reader<'x> {
    /// Reads a required element with text.
    #[inline(never)]
    pub fn text<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut T,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.read_required(name, slot, |r| r.read_scalar(name, 0, simple_type))
    }

    /// Reads an optional element with text.
    #[inline(never)]
    pub fn opt_text<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.read_optional(name, slot, |r| r.read_scalar(name, 0, simple_type))
    }

    /// Reads a required element with text; an empty one has the value `default` (Part 1, section 3.3.4).
    #[inline(never)]
    pub fn text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        slot: &mut T,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.read_required(name, slot, |r| r.read_scalar_or(name, default, simple_type))
    }

    /// Reads an optional element with text; an empty one has the value `default`.
    #[inline(never)]
    pub fn opt_text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        slot: &mut Option<T>,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.read_optional(name, slot, |r| r.read_scalar_or(name, default, simple_type))
    }

    /// Reads a repeated element with text, `min` to `max` times.
    pub fn texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        slot: &mut Vec<T>,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        while self.at(name) && self.has_room(slot.len(), max) {
            self.set_optional(slot.len() >= min);
            let value = self.read_scalar(name, slot.len() + 1, simple_type)?;
            self.push_item(slot, value)?;
            self.advance()?;
        }
        if slot.len() < min {
            self.mark_missing(name);
        }
        Ok(())
    }

    /// Reads the text of an element that may have attributes.
    pub fn text_content<T: Scalar>(&mut self, slot: &mut T, simple_type: &'static SimpleType) -> Result<()> {
        self.redact_below(T::SECRET);
        let text = self.inner_text(AllowedContent::TextWithAttributes)?;
        self.visible_depth = None;
        self.set_optional(false);
        *slot = self.parse(&text, simple_type, TextSource::Element)?;
        Ok(())
    }

    /// Reads the element `name` with text, whose start tag comes next.
    #[inline(always)]
    pub(super) fn read_scalar<T: Scalar>(
        &mut self,
        name: &'static str,
        index: usize,
        simple_type: &'static SimpleType,
    ) -> Result<T> {
        self.read_text(name, index, None, simple_type)
    }

    /// Does the same; an empty element has the value `default`.
    #[inline(always)]
    pub(super) fn read_scalar_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        simple_type: &'static SimpleType,
    ) -> Result<T> {
        self.read_text(name, 0, Some(default), simple_type)
    }

    #[inline(always)]
    fn read_text<T: Scalar>(
        &mut self,
        name: &'static str,
        index: usize,
        default: Option<&'static str>,
        simple_type: &'static SimpleType,
    ) -> Result<T> {
        let step = PathStep { name, index, position: self.pos };
        let Some(text) = self.plain_element_text(name) else {
            return self.read_any_text(step, default, simple_type);
        };
        let text = default.filter(|_| text.is_empty()).unwrap_or(text);
        self.parse_fast(text, step, simple_type)
    }

    /// Does the same for a text that needs decoding.
    #[inline(never)]
    fn read_any_text<T: Scalar>(
        &mut self,
        step: PathStep<'x>,
        default: Option<&'static str>,
        simple_type: &'static SimpleType,
    ) -> Result<T> {
        let text = self.element_text(step, T::SECRET)?;
        let text = default.filter(|_| text.is_empty()).unwrap_or(&text);
        self.parse_fast(text, step, simple_type)
    }

    /// Parses the text of the element at `step`, which is no longer on the path.
    #[inline(always)]
    fn parse_fast<T: Scalar>(&mut self, text: &str, step: PathStep<'x>, simple_type: &'static SimpleType) -> Result<T> {
        self.charge_text(text.len())?;
        if !self.is_checking() || simple_type.check(text).is_ok() {
            if !self.keep_texts && T::accepts(text) {
                return Ok(T::placeholder());
            }
            if let Ok(value) = T::parse(text) {
                return Ok(value);
            }
        }
        self.parse_with_path(text, step, simple_type)
    }

    /// Does the same for a text that is not valid, with `step` on the path, for errors and violations.
    #[cold]
    fn parse_with_path<T: Scalar>(
        &mut self,
        text: &str,
        step: PathStep<'x>,
        simple_type: &'static SimpleType,
    ) -> Result<T> {
        self.path.push(step);
        let value = self.parse(text, simple_type, TextSource::Element)?;
        self.path.pop();
        Ok(value)
    }

    /// Parses the text of the innermost element or attribute. A checking reader reports an invalid text
    /// and returns any value.
    pub(super) fn parse<T: Scalar>(
        &mut self,
        text: &str,
        simple_type: &'static SimpleType,
        source: TextSource,
    ) -> Result<T> {
        self.charge_text(text.len())?;
        if self.is_checking() {
            return Ok(self.parse_checked(text, simple_type, source));
        }
        T::parse(text).map_err(|error| {
            let visible = !T::SECRET && self.visible_depth.is_none();
            let value = visible.then(|| text.chars().take(MAX_VALUE).collect());
            self.error(ReadErrorKind::Value { problem: error.problem.to_owned(), value })
        })
    }
}
