//! Attributes.

use std::borrow::Cow;

use super::errors::MAX_NAME;
use super::redaction::REDACTED;
use super::report::TextSource;
use super::state::{PathStep, Reader};
use crate::xml::datatypes::scalar::Scalar;
use crate::xml::datatypes::simple_type::SimpleType;
use crate::xml::error::{ReadErrorKind, Result};
use crate::xml::violations::issue::Issue;

impl<'x> Reader<'x> {
    /// Reads a required attribute.
    pub fn attribute<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut T,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.set_optional(false);
        match self.read_attribute(name, simple_type)? {
            Some(value) => *slot = value,
            None if self.is_checking() => self.report(&Issue::MissingAttribute(name)),
            None => return Err(self.error(ReadErrorKind::MissingAttribute(name))),
        }
        Ok(())
    }

    /// Reads an optional attribute.
    pub fn opt_attribute<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        simple_type: &'static SimpleType,
    ) -> Result<()> {
        self.set_optional(true);
        *slot = self.read_attribute(name, simple_type)?;
        Ok(())
    }

    fn read_attribute<T: Scalar>(&mut self, name: &'static str, simple_type: &'static SimpleType) -> Result<Option<T>> {
        let Some(text) = self.take_attribute(|_, found| found == name) else { return Ok(None) };
        let position = self.path.last().map_or(0, |step| step.position);
        self.path.push(PathStep { name, index: 0, position });
        let value = self.parse(&text, simple_type, TextSource::Attribute)?;
        self.path.pop();
        Ok(Some(value))
    }

    /// Removes the first attribute whose name matches and returns its value.
    pub(super) fn take_attribute(&mut self, is_match: impl Fn(&Self, &str) -> bool) -> Option<Cow<'x, str>> {
        let at = self.attributes.iter().position(|attribute| is_match(self, attribute.name))?;
        Some(self.attributes.remove(at).value)
    }

    /// Refuses the attributes that were not read, and a namespace of the element: the elements of the
    /// schema have none. A lenient reader skips both.
    pub(super) fn finish_attributes(&mut self) -> Result<()> {
        if self.attributes.is_empty() && self.namespaces.is_empty() {
            return Ok(());
        }
        if self.is_strict() {
            let mut own = self.namespaces.iter().rev().take_while(|declaration| declaration.depth == self.path.len());
            if let Some(found) = own.find(|found| found.name == "xmlns" && !found.value.is_empty()) {
                let found = format!("xmlns=\"{}\"", found.value.chars().take(MAX_NAME).collect::<String>());
                self.refuse_attribute(&found)?;
            }
        }
        let mut unknown = std::mem::take(&mut self.attributes);
        unknown.retain(|attribute| !self.is_schema_location(attribute.name));
        match unknown.first() {
            Some(_) if self.is_strict() => unknown.iter().try_for_each(|found| self.refuse_attribute(found.name)),
            _ => {
                self.count_skipped(unknown.len());
                Ok(())
            }
        }
    }

    /// Refuses or reports an attribute of the innermost element.
    pub(super) fn refuse_attribute(&mut self, name: &str) -> Result<()> {
        // `xsi:nil` without its declaration is a mistake, and never part of a secret.
        let redacted = self.visible_depth.is_some() && name != "xsi:nil";
        let shown: String = if redacted { REDACTED.to_owned() } else { name.chars().take(MAX_NAME).collect() };
        if !self.is_checking() {
            return Err(self.error(ReadErrorKind::UnexpectedAttribute(shown)));
        }
        let element = self.path.last().map_or("", |step| step.name);
        let issue = if name.starts_with("xmlns") {
            let qualified = if redacted { format!("{{{REDACTED}}}{element}") } else { self.qualified(element, true) };
            Issue::Namespace { qualified, is_root: self.path.len() == 1 }
        } else if self.is_nil(name) {
            Issue::NotNillable
        } else {
            let qualified = if redacted { REDACTED.to_owned() } else { self.qualified(name, false) };
            Issue::UnexpectedAttribute { name: shown, qualified }
        };
        self.report(&issue);
        Ok(())
    }

    /// Returns `true` if an attribute names the location of a schema, which every element may.
    fn is_schema_location(&self, attribute: &str) -> bool {
        attribute.split_once(':').is_some_and(|(prefix, local)| {
            matches!(local, "schemaLocation" | "noNamespaceSchemaLocation") && self.is_instance_prefix(prefix)
        })
    }
}
