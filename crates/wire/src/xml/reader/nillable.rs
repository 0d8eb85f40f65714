//! Elements that may be nil.

use super::report::TextSource;
use super::state::Reader;
use crate::xml::datatypes::scalar::Scalar;
use crate::xml::datatypes::simple_type::{Primitive, SimpleType};
use crate::xml::datatypes::white_space::WhiteSpace;
use crate::xml::error::{ReadErrorKind, Result};
use crate::xml::nillable::Nillable;
use crate::xml::violations::issue::{AllowedContent, Issue};

/// The type of `xsi:nil`.
static NIL: SimpleType = SimpleType::new("xs:boolean", Primitive::Boolean, WhiteSpace::Collapse, &[]);

impl Reader<'_> {
    /// Reads a required nillable element.
    pub fn nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Nillable<T>,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.read_required(name, slot, |r| r.read_nillable(name, simple_type))
    }

    /// Reads an optional nillable element.
    pub fn opt_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<Nillable<T>>,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.read_optional(name, slot, |r| r.read_nillable(name, simple_type))
    }

    /// Reads an alternative that is a nillable element.
    pub fn take_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        simple_type: &'static SimpleType,
    ) -> Result<Nillable<T>> {
        let value = self.read_nillable(name, simple_type)?;
        self.advance()?;
        Ok(value)
    }

    fn read_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        simple_type: &'static SimpleType,
    ) -> Result<Nillable<T>> {
        self.enter(name, 0)?;
        self.redact_below(T::SECRET);
        self.empty_tag = self.open(name)?;
        let nil = self.take_attribute(|r, found| {
            found.split_once(':').is_some_and(|(prefix, local)| local == "nil" && r.is_instance_prefix(prefix))
        });
        self.finish_attributes()?;
        let nil = match nil {
            Some(text) => self.parse(&text, &NIL, TextSource::Element)?,
            None => false,
        };
        let text = self.inner_text(if nil { AllowedContent::Nil } else { AllowedContent::Text })?;
        if nil && !text.is_empty() {
            if !self.is_checking() {
                return Err(self.error(ReadErrorKind::UnexpectedText));
            }
            self.report(&Issue::Text(AllowedContent::Nil));
        }
        let value =
            if nil { Nillable::Nil } else { Nillable::Value(self.parse(&text, simple_type, TextSource::Element)?) };
        self.visible_depth = None;
        self.path.pop();
        Ok(value)
    }
}
