//! The facet `pattern` (XML Schema Part 2, section 4.3.4).

use std::sync::OnceLock;

use regex::Regex;

/// A pattern: the XSD source and its translation for the `regex` crate, compiled on first use.
///
/// Keep it in a `static`: a `const` would compile again at each use.
#[derive(Debug)]
pub struct Pattern {
    xsd: &'static str,
    regex: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Creates a pattern from its XSD source (Part 2, appendix F) and a translation that matches
    /// whole texts.
    pub const fn new(xsd: &'static str, regex: &'static str) -> Self {
        Self { xsd, regex, compiled: OnceLock::new() }
    }

    /// Returns the pattern as the schema writes it.
    pub fn xsd(&self) -> &'static str {
        self.xsd
    }

    /// Returns `true` if the text matches. A translation that does not compile matches nothing; see
    /// [`Pattern::compiles`].
    pub fn matches(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// Returns `true` if the translation compiles.
    ///
    /// Some do not: `.{100000}` exceeds the size limit of `regex`. The crate that contains the
    /// generated patterns tests all of them with this.
    pub fn compiles(&self) -> bool {
        self.regex().is_some()
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.regex).ok()).as_ref()
    }
}
