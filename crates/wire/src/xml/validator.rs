//! Holding a value against the rules of its schema, all of them at once.

use std::fmt;

use super::{Any, Broken, Content, Raw, Scalar, Simple, Visitor, text};

/// A rule of the schema that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where the value stands: `packet/customer[1]/add/gen_info/login`.
    pub path: String,
    /// The rule: a facet (`maxLength`, `pattern` …), `type`, `occurrence` or `character`.
    pub rule: &'static str,
    /// What is wrong, as the end of a sentence that begins with the value.
    pub problem: String,
    /// The value, unless it is a secret or there is none.
    pub value: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        match &self.value {
            Some(value) => write!(f, "'{}' {}", value.escape_debug(), self.problem),
            None => write!(f, "{}", self.problem),
        }
    }
}

/// All rules that a value breaks; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// The violations, in the order of the packet.
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, violation) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Collects the violations of the values it visits.
#[derive(Debug, Default)]
pub struct Validator {
    path: Vec<(&'static str, usize)>,
    found: Vec<Violation>,
    unlisted: bool,
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
        if self.found.is_empty() { Ok(()) } else { Err(Violations(self.found)) }
    }

    /// Checks the document `value` with the root element `name`.
    ///
    /// # Errors
    /// All rules that it breaks.
    pub fn check<T: Content>(name: &'static str, value: &T) -> Result<(), Violations> {
        let mut validator = Self::new();
        validator.element(name, 0, value);
        validator.finish()
    }

    #[cold]
    fn report(&mut self, rule: &'static str, problem: String, value: Option<&str>) {
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
        let value = value.map(|text| text.chars().take(80).collect());
        self.found.push(Violation { path, rule, problem, value });
    }

    fn value<T: Scalar>(&mut self, value: &T, simple: &'static Simple) {
        value.with_text(|text| {
            let shown = (!T::SECRET).then_some(text);
            if text::first_forbidden(text).is_some() {
                self.report("character", "has a character that XML does not allow".to_owned(), shown);
            }
            match simple.check(text) {
                Ok(()) => {}
                Err(Broken::Unlisted(_)) if self.unlisted => {}
                Err(broken) => self.report(broken.rule(), broken.to_string(), shown),
            }
        });
    }
}

impl Visitor for Validator {
    fn scalar<T: Scalar>(&mut self, name: &'static str, index: usize, value: &T, simple: &'static Simple) {
        self.enter(name, index);
        self.value(value, simple);
        self.leave();
    }

    fn element<T: Content>(&mut self, name: &'static str, index: usize, value: &T) {
        self.enter(name, index);
        value.visit_attributes(self);
        value.visit(self);
        self.leave();
    }

    fn attr<T: Scalar>(&mut self, name: &'static str, value: &T, simple: &'static Simple) {
        self.scalar(name, 0, value, simple);
    }

    fn text<T: Scalar>(&mut self, value: &T, simple: &'static Simple) {
        self.value(value, simple);
    }

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, value: &Any) {
        if text::first_forbidden(value.as_xml()).is_some() {
            self.report("character", "has a character that XML does not allow".to_owned(), Some(value.as_xml()));
        }
    }

    fn raw(&mut self, _value: &Raw) {}

    fn count(&mut self, name: &'static str, length: usize, min: usize, max: usize) {
        if length < min || length > max {
            self.enter(name, 0);
            let allowed = match max {
                usize::MAX => format!("at least {min}"),
                _ if min == max => format!("{min}"),
                _ => format!("{min} to {max}"),
            };
            self.report("occurrence", format!("stands {length} times; {allowed} are needed"), None);
            self.leave();
        }
    }
}
