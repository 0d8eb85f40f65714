//! The constraining facets (XML Schema Part 2, section 4.3), without `whiteSpace`.

use std::cmp::Ordering::{Equal, Greater, Less};
use std::sync::OnceLock;

use regex::Regex;

use super::decimal::Decimal;
use super::{SimpleType, ValueError};

/// A restriction on the values of a simple type. Bounds and listed values are literals of that
/// type.
#[derive(Clone, Copy, Debug)]
pub enum Facet {
    /// The only length (section 4.3.1): in characters, in octets for binary types, in items for
    /// lists.
    Length(usize),
    /// The least length (section 4.3.2).
    MinLength(usize),
    /// The greatest length (section 4.3.3).
    MaxLength(usize),
    /// The least value (section 4.3.10).
    MinInclusive(&'static str),
    /// The greatest value (section 4.3.7).
    MaxInclusive(&'static str),
    /// The value that all others are greater than (section 4.3.9).
    MinExclusive(&'static str),
    /// The value that all others are less than (section 4.3.8).
    MaxExclusive(&'static str),
    /// The greatest number of decimal digits (section 4.3.11).
    TotalDigits(usize),
    /// The greatest number of decimal places (section 4.3.12).
    FractionDigits(usize),
    /// One derivation step's patterns (section 4.3.4): any may match. Several `Pattern` facets must
    /// all match.
    Pattern(&'static [Pattern]),
    /// The only values (section 4.3.5).
    Enumeration(&'static [&'static str]),
}

impl Facet {
    /// Checks a normalised literal that the primitive of its type has accepted.
    pub(super) fn check(&self, of: &SimpleType, text: &str) -> Result<(), ValueError> {
        let holds = |condition: bool, broken: ValueError| if condition { Ok(()) } else { Err(broken) };
        match *self {
            Self::Length(expected) => {
                let (actual, unit) = of.length(text);
                holds(actual == expected, ValueError::WrongLength { expected, actual, unit })
            }
            Self::MinLength(min) => {
                let (actual, unit) = of.length(text);
                holds(actual >= min, ValueError::TooShort { min, actual, unit })
            }
            Self::MaxLength(max) => {
                let (actual, unit) = of.length(text);
                holds(actual <= max, ValueError::TooLong { max, actual, unit })
            }
            // A value that does not compare with a bound is excluded (sections 4.3.7 to 4.3.10).
            Self::MinInclusive(min) => {
                holds(matches!(of.order(text, min), Some(Greater | Equal)), ValueError::BelowMinimum(min))
            }
            Self::MaxInclusive(max) => {
                holds(matches!(of.order(text, max), Some(Less | Equal)), ValueError::AboveMaximum(max))
            }
            Self::MinExclusive(min) => holds(of.order(text, min) == Some(Greater), ValueError::NotGreaterThan(min)),
            Self::MaxExclusive(max) => holds(of.order(text, max) == Some(Less), ValueError::NotBelow(max)),
            Self::TotalDigits(max) => {
                let actual = Decimal::parse(text).map_or(0, |decimal| decimal.total_digits());
                holds(actual <= max, ValueError::TooManyDigits { max, actual })
            }
            Self::FractionDigits(max) => {
                let actual = Decimal::parse(text).map_or(0, |decimal| decimal.fraction_digits());
                holds(actual <= max, ValueError::TooManyFractionDigits { max, actual })
            }
            Self::Pattern(patterns) => {
                let first = patterns.first().map_or("", |pattern| pattern.xsd);
                holds(patterns.iter().any(|pattern| pattern.matches(text)), ValueError::PatternMismatch(first))
            }
            Self::Enumeration(values) => {
                holds(values.iter().any(|value| of.same(text, value)), ValueError::NotInEnumeration(values))
            }
        }
    }
}

/// A pattern: the XSD source and its translation for the `regex` crate, compiled on first use.
///
/// The compiled form makes it unfit for a `const`; keep it in a `static`.
#[derive(Debug)]
pub struct Pattern {
    xsd: &'static str,
    regex: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern from its XSD source (Part 2, appendix F) and a translation that matches whole
    /// texts.
    pub const fn new(xsd: &'static str, regex: &'static str) -> Self {
        Self { xsd, regex, compiled: OnceLock::new() }
    }

    /// The pattern as the schema writes it.
    pub fn xsd(&self) -> &'static str {
        self.xsd
    }

    /// Whether the text matches. A translation that does not compile matches nothing: see
    /// [`Pattern::compiles`].
    pub fn matches(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// Whether the translation compiles. It may not: `.{100000}` exceeds the size that `regex`
    /// allows a program. The crate that holds generated patterns tests all of them with this.
    pub fn compiles(&self) -> bool {
        self.regex().is_some()
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.regex).ok()).as_ref()
    }
}
