//! What is said of a rule that a packet breaks.

use std::fmt;

/// A rule of the schema that a value or a packet breaks.
///
/// Secrets are shown nowhere in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The line of the element or value, counted from 1, if it stands in a text.
    pub line: Option<u32>,
    /// The character of the line at which it begins, counted from 1.
    pub column: Option<u32>,
    /// Where it stands: `packet/customer[1]/add/gen_info/login`. An element that should not stand
    /// there is part of the path; one that is missing is not.
    pub path: String,
    /// The rule:
    ///
    /// - of a value: a facet (`maxLength`, `pattern` …), `type`, `character` (one that XML does not
    ///   allow), `range` (the schema takes the number, but it is too large for this crate);
    /// - of an element: `unknown`, `order`, `choice` (it excludes another that stands there),
    ///   `occurrence`, `missing`, `content` (there is text or an element where none may stand),
    ///   `attribute`;
    /// - of the whole: `xml` (not well-formed), `limit` (too large, too deep).
    pub rule: &'static str,
    /// What the rule asks for: `an integer`, `at most 255 characters`, `<login>`.
    pub expected: String,
    /// What is wrong, as the end of a sentence that begins with the value, if there is one.
    pub problem: String,
    /// The value, at most 80 characters of it, unless it is a secret or there is none.
    pub value: Option<String>,
    /// What to do about it, if anything can be said.
    pub advice: Option<String>,
    pub(super) libxml2: Option<String>,
}

impl Violation {
    /// What is wrong and what to do about it, without the place: `'' is not an integer; leave the
    /// element out if it has no value`.
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

    /// The words in which libxml2 says the same, and with it the server (error 1014): `Element
    /// 'foo': This element is not expected. Expected is one of ( a, b ).`
    ///
    /// `None` where libxml2 has no such words: for limits, text that is not well-formed, and rules
    /// that are not the schema's.
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

/// All rules that a value or a packet breaks; at least one.
///
/// `Display` writes one a line, the first 20.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations {
    pub(super) found: Vec<Violation>,
    /// How many more there are than were kept.
    pub(super) more: usize,
}

/// `Display` shows so many violations.
const SHOWN: usize = 20;

impl Violations {
    /// The violations, in the order of the packet. Of a raw packet the first 1,000 are kept.
    pub fn as_slice(&self) -> &[Violation] {
        &self.found
    }

    /// How many there are, those that were not kept included.
    pub fn total(&self) -> usize {
        self.found.len() + self.more
    }

    /// The first one.
    pub fn first(&self) -> &Violation {
        &self.found[0]
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, violation) in self.found.iter().take(SHOWN).enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{violation}")?;
        }
        match self.total() - self.found.len().min(SHOWN) {
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
