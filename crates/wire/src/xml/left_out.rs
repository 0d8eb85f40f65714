//! What a conversion between two types of the protocol left out.

use std::collections::HashMap;
use std::fmt;

use super::{Any, Content, Raw, Scalar, SimpleType, Visitor};
use crate::one_line::OneLine;

/// The values of an answer that a conversion to a request left out, such as the status of a customer.
///
/// The conversion borrows the answer, so a program can set what it needs by hand. `Display` lists all values on one line.
/// Secrets are shown as `***`.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::LeftOut;
///
/// let nothing = LeftOut::default();
/// assert!(nothing.is_empty());
/// assert_eq!(nothing.to_string(), "nothing");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "it says what was not converted"]
pub struct LeftOut(Vec<LeftOutValue>);

/// A value that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOutValue {
    /// The path of its element within the converted value, by XML names: `gen_info/status`.
    pub path: String,
    /// The text of the element, or `***` for a secret; empty if the element has no text.
    pub value: String,
}

impl LeftOut {
    /// Returns the values of `source` that are not in `target`: those that have no element of the same path and value
    /// there.
    pub fn between(source: &impl Content, target: &impl Content) -> Self {
        let mut arrived: HashMap<(String, String), usize> = HashMap::new();
        for leaf in Leaves::of(target) {
            *arrived.entry((leaf.path, leaf.text)).or_default() += 1;
        }
        let mut left_out = Vec::new();
        for leaf in Leaves::of(source) {
            let key = (leaf.path, leaf.text);
            match arrived.get_mut(&key) {
                Some(count) if *count > 0 => *count -= 1,
                _ => {
                    let (path, text) = key;
                    let value = if leaf.is_secret { "***".to_owned() } else { text };
                    left_out.push(LeftOutValue { path, value });
                }
            }
        }
        Self(left_out)
    }

    /// Returns `true` if nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the values, in the order of the answer.
    pub fn values(&self) -> &[LeftOutValue] {
        &self.0
    }

    /// Returns `true` if a value at `path`, or within the element at `path`, was left out.
    pub fn contains(&self, path: &str) -> bool {
        let within = |rest: &str| rest.is_empty() || rest.starts_with('/') || rest.starts_with('@');
        self.0.iter().any(|left_out| left_out.path.strip_prefix(path).is_some_and(within))
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        for (index, LeftOutValue { path, value }) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{path}")?;
            if !value.is_empty() {
                write!(f, " = {}", OneLine(value))?;
            }
        }
        Ok(())
    }
}

/// One text, or one element without content.
struct Leaf {
    path: String,
    text: String,
    is_secret: bool,
}

/// Collects the leaves of a value.
struct Leaves {
    path: String,
    leaves: Vec<Leaf>,
}

impl Leaves {
    fn of(value: &impl Content) -> Vec<Leaf> {
        let mut leaves = Self { path: String::new(), leaves: Vec::new() };
        value.visit_attributes(&mut leaves);
        value.visit(&mut leaves);
        leaves.leaves
    }

    /// Calls `visit` in the element `name`.
    fn within(&mut self, name: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('/');
        }
        self.path.push_str(name);
        visit(self);
        self.path.truncate(length);
    }

    fn push(&mut self, text: String, is_secret: bool) {
        self.leaves.push(Leaf { path: self.path.clone(), text, is_secret });
    }

    fn push_scalar<T: Scalar>(&mut self, value: &T) {
        self.push(value.with_text(str::to_owned), T::SECRET);
    }
}

impl Visitor for Leaves {
    fn scalar<T: Scalar>(&mut self, name: &'static str, _index: usize, value: &T, _type: &'static SimpleType) {
        self.within(name, |this| this.push_scalar(value));
    }

    fn visit_element<T: Content>(&mut self, name: &'static str, _index: usize, value: &T) {
        self.within(name, |this| {
            let before = this.leaves.len();
            value.visit_attributes(this);
            value.visit(this);
            if this.leaves.len() == before {
                this.push(String::new(), false);
            }
        });
    }

    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, _type: &'static SimpleType) {
        let length = self.path.len();
        self.path.push('@');
        self.path.push_str(name);
        self.push_scalar(value);
        self.path.truncate(length);
    }

    fn text_content<T: Scalar>(&mut self, value: &T, _type: &'static SimpleType) {
        self.push_scalar(value);
    }

    fn nil(&mut self, name: &'static str) {
        self.within(name, |this| this.push("nil".to_owned(), false));
    }

    fn any(&mut self, value: &Any) {
        self.push(value.as_xml().to_owned(), false);
    }

    fn raw(&mut self, value: &Raw) {
        self.push(value.as_xml().to_owned(), false);
    }
}
