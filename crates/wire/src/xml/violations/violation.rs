//! Violations: the public result of a check.

use std::fmt;

/// A rule of the schema that a value or a packet breaks.
///
/// It never shows secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The line of the element or value, counted from 1, if it was read from a document.
    pub line: Option<u32>,
    /// The character in that line where the element begins, counted from 1.
    pub column: Option<u32>,
    /// The path: `packet/customer[1]/add/gen_info/login`. It includes an unexpected element, but not a
    /// missing one.
    pub path: String,
    /// The name of the rule:
    ///
    /// - of a value: a facet (`maxLength`, `pattern` …), `type`, `character` (one that XML does not
    ///   allow), `range` (the schema allows the number, but it is too large for this crate);
    /// - of an element: `unknown`, `order`, `choice` (it excludes an element that precedes it),
    ///   `occurrence`, `missing`, `content` (text or an element where none is allowed), `attribute`;
    /// - of the whole document: `xml` (not well-formed), `limit` (too large, too deep).
    pub rule: &'static str,
    /// What the rule requires: `an integer`, `at most 255 characters`, `<login>`.
    pub expected: String,
    /// The problem, as the end of a sentence that begins with the value, if there is one.
    pub problem: String,
    /// The value, or its first 80 characters. `None` if it is a secret or there is no value.
    pub value: Option<String>,
    /// What to do about the violation, if there is advice.
    pub advice: Option<String>,
    pub(in crate::xml) libxml2: Option<String>,
}

impl Violation {
    /// Returns the problem and the advice, without the place: `'' is not an integer; leave the element
    /// out if it has no value`.
    pub fn message(&self) -> String {
        let mut message = match &self.value {
            Some(value) => format!("'{}' {}", value.escape_debug(), self.problem),
            None => self.problem.clone(),
        };
        if let Some(advice) = &self.advice {
            message.push_str("; ");
            message.push_str(advice);
        }
        message
    }

    /// Returns the message of libxml2 for this violation, with which a server answers (error 1014):
    /// `Element 'foo': This element is not expected. Expected is one of ( a, b ).`
    ///
    /// `None` where libxml2 has no such message: for limits, for documents that are not well-formed,
    /// and for rules that are not from the schema.
    pub fn libxml2(&self) -> Option<&str> {
        self.libxml2.as_deref()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message())
    }
}

/// All violations of a value or a packet; at least one.
///
/// `Display` writes one per line, up to 20.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations {
    pub(in crate::xml) found: Vec<Violation>,
    /// The number of violations that were not kept.
    pub(in crate::xml) more: usize,
}

/// The greatest number of violations that `Display` writes.
const MAX_SHOWN: usize = 20;

impl Violations {
    /// Returns the violations, in the order of the packet. Only the first 1,000 of a raw packet are
    /// kept.
    pub fn as_slice(&self) -> &[Violation] {
        &self.found
    }

    /// Returns the number of violations, including those that were not kept.
    pub fn total(&self) -> usize {
        self.found.len() + self.more
    }

    /// Returns the first violation.
    pub fn first(&self) -> &Violation {
        &self.found[0]
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, violation) in self.found.iter().take(MAX_SHOWN).enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{violation}")?;
        }
        match self.total() - self.found.len().min(MAX_SHOWN) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Violations {}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.iter()
    }
}
