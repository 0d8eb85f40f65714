//! Holding a value against the rules of its schema, all of them at once.

use super::issue::{Issue, Subject};
use super::violation::{Violation, Violations};
use super::{Any, Content, Nillable, Raw, Scalar, SimpleType, ValueError, Visitor, text};

/// Collects the violations of the values it visits.
#[derive(Debug, Default)]
pub struct Validator {
    path: Vec<(&'static str, usize)>,
    found: Vec<Violation>,
    unlisted: bool,
    /// Whether the value being looked at may be left out.
    optional: bool,
    /// Whether it stands in a filter, where less means more objects.
    exact: bool,
}

impl Validator {
    /// A validator that knows only the values that the schema lists.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets values pass that an enumeration does not list, for servers newer than the schema.
    #[must_use]
    pub fn allow_unlisted(mut self, allow: bool) -> Self {
        self.unlisted = allow;
        self
    }

    /// Goes into the element `name`, the `index`-th of its name, or 0.
    pub fn enter(&mut self, name: &'static str, index: usize) {
        self.path.push((name, index));
    }

    /// Leaves the element that was entered last.
    pub fn leave(&mut self) {
        self.path.pop();
    }

    /// The violations, if any.
    ///
    /// # Errors
    /// If there is one.
    pub fn finish(self) -> Result<(), Violations> {
        if self.found.is_empty() { Ok(()) } else { Err(Violations { found: self.found, more: 0 }) }
    }

    /// Checks the document `value` with the root element `name`.
    ///
    /// # Errors
    /// All rules that it breaks.
    pub fn check<T: Content>(name: &'static str, value: &T) -> Result<(), Violations> {
        let mut validator = Self::new();
        validator.visit_element(name, 0, value);
        validator.finish()
    }

    #[cold]
    fn report(&mut self, fault: &Issue, value: Option<&str>, secret: bool, attribute: Option<&str>) {
        let mut path = String::new();
        for (name, index) in &self.path {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
            if *index > 0 {
                path.push_str(&format!("[{index}]"));
            }
        }
        let element = self.path.iter().rev().nth(usize::from(attribute.is_some())).map_or("", |(name, _)| name);
        self.found.push(fault.violation(Subject { path, element, attribute, value, secret }));
    }

    fn value<T: Scalar>(&mut self, value: &T, simple: &'static SimpleType, attribute: Option<&str>) {
        let optional = std::mem::take(&mut self.optional);
        value.with_text(|text| {
            if text::first_forbidden(text).is_some() {
                self.report(&Issue::Character, Some(text), T::SECRET, attribute);
            }
            match simple.check(text) {
                Ok(()) => {}
                Err(ValueError::NotInEnumeration(_)) if self.unlisted => {}
                Err(broken) => {
                    self.report(&Issue::Value { broken, of: simple, optional }, Some(text), T::SECRET, attribute);
                }
            }
        });
    }
}

impl Visitor for Validator {
    fn scalar<T: Scalar>(&mut self, name: &'static str, index: usize, value: &T, simple: &'static SimpleType) {
        self.enter(name, index);
        self.value(value, simple, None);
        self.leave();
    }

    fn opt_text<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple: &'static SimpleType) {
        if let Some(value) = value {
            self.optional = !self.exact;
            self.scalar(name, 0, value, simple);
        }
    }

    fn texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        values: &[T],
        simple: &'static SimpleType,
    ) {
        self.count(name, values.len(), min, max);
        for (at, value) in values.iter().enumerate() {
            self.optional = at >= min && !self.exact;
            self.scalar(name, at + 1, value, simple);
        }
    }

    fn opt_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        value: &Option<Nillable<T>>,
        simple: &'static SimpleType,
    ) {
        if let Some(Nillable::Value(value)) = value {
            self.optional = !self.exact;
            self.scalar(name, 0, value, simple);
        }
    }

    fn opt_attribute<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple: &'static SimpleType) {
        if let Some(value) = value {
            self.optional = !self.exact;
            self.attribute(name, value, simple);
        }
    }

    fn visit_element<T: Content>(&mut self, name: &'static str, index: usize, value: &T) {
        let exact = self.exact;
        self.exact |= T::DENY_UNKNOWN;
        self.enter(name, index);
        value.visit_attributes(self);
        value.visit(self);
        self.leave();
        self.exact = exact;
    }

    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, simple: &'static SimpleType) {
        self.enter(name, 0);
        self.value(value, simple, Some(name));
        self.leave();
    }

    fn text_content<T: Scalar>(&mut self, value: &T, simple: &'static SimpleType) {
        self.value(value, simple, None);
    }

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, value: &Any) {
        if text::first_forbidden(value.as_xml()).is_some() {
            // What it holds may be a secret.
            self.report(&Issue::Character, None, true, None);
        }
    }

    fn raw(&mut self, _value: &Raw) {}

    fn count(&mut self, name: &'static str, length: usize, min: usize, max: usize) {
        if length < min || length > max {
            self.enter(name, 0);
            self.report(&Issue::Occurrence { length, min, max }, None, false, None);
            self.leave();
        }
    }
}
