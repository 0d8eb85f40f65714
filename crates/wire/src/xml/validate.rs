//! The validator of values, which reports all violations at once.

use super::content::{Content, Visitor};
use super::datatypes::scalar::Scalar;
use super::datatypes::simple_type::SimpleType;
use super::datatypes::value_error::ValueError;
use super::nillable::Nillable;
use super::raw::{Any, Raw};
use super::scan::{find_forbidden_char, is_ordinary};
use super::text::is_white_space;
use super::violations::issue::{Issue, Subject};
use super::violations::render::render;
use super::violations::violation::{Violation, Violations};

/// A visitor that collects the violations of the values it visits.
#[derive(Debug, Default)]
pub struct Validator {
    path: Vec<(&'static str, usize)>,
    found: Vec<Violation>,
    allow_unlisted: bool,
    /// `true` if the value being checked may be omitted.
    optional: bool,
    /// `true` within a filter, where less means more objects.
    deny_unknown: bool,
    /// The selectors that must not be blank, if any.
    selecting: Option<Selecting>,
}

/// The selectors of the value that is validated: the filters in it, and certain elements.
#[derive(Clone, Copy, Debug)]
struct Selecting {
    /// The number of path steps down to the value.
    depth: usize,
    /// The paths of the elements, below the value.
    elements: &'static [&'static str],
}

/// What a text must satisfy.
struct Rule {
    simple_type: &'static SimpleType,
    /// The name of the attribute, if the text is the value of one.
    attribute: Option<&'static str>,
}

impl Validator {
    /// Creates a validator that accepts only the values that the schema lists.
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts values that an enumeration does not list, for servers newer than the schema.
    #[must_use]
    pub fn allow_unlisted(mut self, allow: bool) -> Self {
        self.allow_unlisted = allow;
        self
    }

    /// Refuses blank values in the selectors of the next element: in its filters, and in the elements at the paths
    /// `elements`, below it. The schema allows them, but an empty value may select other objects than intended.
    pub fn deny_blank_selectors(&mut self, elements: &'static [&'static str]) {
        self.selecting = Some(Selecting { depth: self.path.len() + 1, elements });
    }

    /// Accepts blank values in selectors again.
    pub fn allow_blank_selectors(&mut self) {
        self.selecting = None;
    }

    /// Returns `true` if the current element selects objects, and must not be blank.
    fn is_selector(&self) -> bool {
        let Some(Selecting { depth, elements }) = self.selecting else { return false };
        let steps = || self.path.iter().skip(depth).map(|(name, _)| *name);
        self.deny_unknown || elements.iter().any(|element| element.split('/').eq(steps()))
    }

    /// Enters the element `name`. `index` is its number in its list, or 0 outside a list.
    pub fn enter(&mut self, name: &'static str, index: usize) {
        self.path.push((name, index));
    }

    /// Leaves the element that was entered last.
    pub fn leave(&mut self) {
        self.path.pop();
    }

    /// Ends the validation.
    ///
    /// # Errors
    /// The violations, if there are any.
    pub fn finish(self) -> Result<(), Violations> {
        if self.found.is_empty() { Ok(()) } else { Err(Violations { found: self.found, more: 0 }) }
    }

    /// Checks the document `value` with the root element `name`.
    ///
    /// # Errors
    /// All violations.
    pub fn check<T: Content>(name: &'static str, value: &T) -> Result<(), Violations> {
        let mut validator = Self::new();
        validator.visit_element(name, 0, value);
        validator.finish()
    }

    #[cold]
    fn report(&mut self, issue: &Issue, value: Option<&str>, secret: bool, attribute: Option<&str>) {
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
        self.found.push(render(issue, Subject { path, element, attribute, value, secret }));
    }

    /// Checks the text of the element or attribute `name`, or of the innermost element if there is no name.
    fn check_value<T: Scalar>(&mut self, name: Option<&'static str>, index: usize, value: &T, rule: &Rule) {
        let optional = std::mem::take(&mut self.optional);
        value.with_text(|text| {
            let may_be_refused = self.selecting.is_some() && text.chars().all(is_white_space);
            if !may_be_refused && has_only_chars(text) && rule.simple_type.check(text).is_ok() {
                return;
            }
            // Only a violation needs the path, and a selector that is blank.
            self.path.extend(name.map(|name| (name, index)));
            self.report_text(text, T::SECRET, optional, rule);
            self.path.truncate(self.path.len() - usize::from(name.is_some()));
        });
    }

    /// Reports the rules that `text` breaks, if it breaks any.
    #[cold]
    fn report_text(&mut self, text: &str, secret: bool, optional: bool, rule: &Rule) {
        let Rule { simple_type, attribute } = *rule;
        if attribute.is_none() && text.chars().all(is_white_space) && self.is_selector() {
            return self.report(&Issue::Blank, Some(text), secret, attribute);
        }
        if !has_only_chars(text) {
            self.report(&Issue::Character, Some(text), secret, attribute);
        }
        match simple_type.check(text) {
            Ok(()) => {}
            Err(ValueError::NotInEnumeration(_)) if self.allow_unlisted => {}
            Err(error) => {
                self.report(&Issue::Value { error, simple_type, optional }, Some(text), secret, attribute);
            }
        }
    }
}

/// Returns `true` if XML allows every character of the text.
#[inline]
fn has_only_chars(text: &str) -> bool {
    is_ordinary(text) || find_forbidden_char(text).is_none()
}

impl Visitor for Validator {
    fn scalar<T: Scalar>(&mut self, name: &'static str, index: usize, value: &T, simple_type: &'static SimpleType) {
        self.check_value(Some(name), index, value, &Rule { simple_type, attribute: None });
    }

    fn opt_text<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple_type: &'static SimpleType) {
        if let Some(value) = value {
            self.optional = !self.deny_unknown;
            self.scalar(name, 0, value, simple_type);
        }
    }

    fn texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        values: &[T],
        simple_type: &'static SimpleType,
    ) {
        self.count(|| name, values.len(), min, max);
        for (at, value) in values.iter().enumerate() {
            self.optional = at >= min && !self.deny_unknown;
            self.scalar(name, at + 1, value, simple_type);
        }
    }

    fn opt_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        value: &Option<Nillable<T>>,
        simple_type: &'static SimpleType,
    ) {
        if let Some(Nillable::Value(value)) = value {
            self.optional = !self.deny_unknown;
            self.scalar(name, 0, value, simple_type);
        }
    }

    fn opt_attribute<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple_type: &'static SimpleType) {
        if let Some(value) = value {
            self.optional = !self.deny_unknown;
            self.attribute(name, value, simple_type);
        }
    }

    fn visit_element<T: Content>(&mut self, name: &'static str, index: usize, value: &T) {
        let deny_unknown = self.deny_unknown;
        self.deny_unknown |= T::DENY_UNKNOWN;
        self.enter(name, index);
        value.visit_attributes(self);
        value.visit(self);
        self.leave();
        self.deny_unknown = deny_unknown;
    }

    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, simple_type: &'static SimpleType) {
        self.check_value(Some(name), 0, value, &Rule { simple_type, attribute: Some(name) });
    }

    fn text_content<T: Scalar>(&mut self, value: &T, simple_type: &'static SimpleType) {
        self.check_value(None, 0, value, &Rule { simple_type, attribute: None });
    }

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, value: &Any) {
        if !has_only_chars(value.as_xml()) {
            // It may contain a secret.
            self.report(&Issue::Character, None, true, None);
        }
    }

    fn raw(&mut self, _value: &Raw) {}

    fn count(&mut self, name: impl FnOnce() -> &'static str, length: usize, min: usize, max: usize) {
        if length < min || length > max {
            self.enter(name(), 0);
            self.report(&Issue::Occurrence { length, min, max }, None, false, None);
            self.leave();
        }
    }
}
