//! The rules of a simple type that a text can break.

use std::fmt;

/// A rule of a simple type that a text breaks. It never contains the text, which may be a secret.
///
/// `Display` continues a sentence that begins with the value: "is not an integer".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueError {
    /// Not a literal of the built-in type, which is given in words ("integer", "dateTime").
    InvalidLexical(&'static str),
    /// No member of a union accepts the text.
    NoMember,
    /// Shorter than `minLength` (Part 2, section 4.3.2).
    TooShort {
        /// The least length.
        min: usize,
        /// The length of the text.
        actual: usize,
        /// The unit: "character", "octet" (of binary types) or "item" (of lists).
        unit: &'static str,
    },
    /// Longer than `maxLength` (section 4.3.3).
    TooLong {
        /// The greatest length.
        max: usize,
        /// The length of the text.
        actual: usize,
        /// The unit: "character", "octet" (of binary types) or "item" (of lists).
        unit: &'static str,
    },
    /// Not of the length that `length` requires (section 4.3.1).
    WrongLength {
        /// The required length.
        expected: usize,
        /// The length of the text.
        actual: usize,
        /// The unit: "character", "octet" (of binary types) or "item" (of lists).
        unit: &'static str,
    },
    /// Not at least `minInclusive` (section 4.3.10).
    BelowMinimum(&'static str),
    /// Not at most `maxInclusive` (section 4.3.7).
    AboveMaximum(&'static str),
    /// Not greater than `minExclusive` (section 4.3.9).
    NotGreaterThan(&'static str),
    /// Not less than `maxExclusive` (section 4.3.8).
    NotBelow(&'static str),
    /// More digits than `totalDigits` (section 4.3.11).
    TooManyDigits {
        /// The greatest number of digits.
        max: usize,
        /// The number of digits of the value, without leading zeros and trailing zeros of the fraction.
        actual: usize,
    },
    /// More decimal places than `fractionDigits` (section 4.3.12).
    TooManyFractionDigits {
        /// The greatest number of decimal places.
        max: usize,
        /// The number of decimal places of the value, without trailing zeros.
        actual: usize,
    },
    /// No pattern of a derivation step matches (section 4.3.4). Contains the first pattern of the
    /// step, as the schema writes it.
    PatternMismatch(&'static str),
    /// Not one of the values of `enumeration` (section 4.3.5), which are given.
    NotInEnumeration(&'static [&'static str]),
}

/// The greatest number of enumeration values in a message.
const MAX_LISTED: usize = 16;

impl ValueError {
    /// Returns the name of the facet in XML Schema, such as `minLength`, or "type" for the rules of the
    /// type itself.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::InvalidLexical(_) | Self::NoMember => "type",
            Self::TooShort { .. } => "minLength",
            Self::TooLong { .. } => "maxLength",
            Self::WrongLength { .. } => "length",
            Self::BelowMinimum(_) => "minInclusive",
            Self::AboveMaximum(_) => "maxInclusive",
            Self::NotGreaterThan(_) => "minExclusive",
            Self::NotBelow(_) => "maxExclusive",
            Self::TooManyDigits { .. } => "totalDigits",
            Self::TooManyFractionDigits { .. } => "fractionDigits",
            Self::PatternMismatch(_) => "pattern",
            Self::NotInEnumeration(_) => "enumeration",
        }
    }

    /// Returns what the rule requires: `an integer`, `at most 255 characters`.
    pub(crate) fn expected(&self) -> String {
        match *self {
            Self::InvalidLexical(kind) => with_article(kind),
            Self::NoMember => "a value of one of the types allowed here".to_owned(),
            Self::TooShort { min, unit, .. } => format!("at least {}", counted(min, unit)),
            Self::TooLong { max, unit, .. } => format!("at most {}", counted(max, unit)),
            Self::WrongLength { expected, unit, .. } => format!("exactly {}", counted(expected, unit)),
            Self::BelowMinimum(min) => format!("at least {min}"),
            Self::AboveMaximum(max) => format!("at most {max}"),
            Self::NotGreaterThan(min) => format!("more than {min}"),
            Self::NotBelow(max) => format!("less than {max}"),
            Self::TooManyDigits { max, .. } => format!("at most {}", counted(max, "digit")),
            Self::TooManyFractionDigits { max, .. } => format!("at most {}", counted(max, "decimal place")),
            Self::PatternMismatch(xsd) => format!("the pattern {xsd}"),
            Self::NotInEnumeration(values) => format!("one of: {}", list(values)),
        }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::InvalidLexical(kind) => write!(f, "is not {}", with_article(kind)),
            Self::NoMember => f.write_str("does not match any of the types allowed here"),
            Self::TooShort { min, actual, unit } => {
                write!(f, "has {}, at least {min} {} required", counted(actual, unit), are(min))
            }
            Self::TooLong { max, actual, unit } => {
                write!(f, "has {}, at most {max} {} allowed", counted(actual, unit), are(max))
            }
            Self::WrongLength { expected, actual, unit } => {
                write!(f, "has {}, exactly {expected} {} required", counted(actual, unit), are(expected))
            }
            Self::BelowMinimum(min) => write!(f, "must be at least {min}"),
            Self::AboveMaximum(max) => write!(f, "must be at most {max}"),
            Self::NotGreaterThan(min) => write!(f, "must be greater than {min}"),
            Self::NotBelow(max) => write!(f, "must be less than {max}"),
            Self::TooManyDigits { max, actual } => {
                write!(f, "has {}, at most {max} {} allowed", counted(actual, "digit"), are(max))
            }
            Self::TooManyFractionDigits { max, actual } => {
                write!(f, "has {}, at most {max} {} allowed", counted(actual, "decimal place"), are(max))
            }
            Self::PatternMismatch(xsd) => write!(f, "does not match the pattern {xsd}"),
            Self::NotInEnumeration(values) => write!(f, "is not one of: {}", list(values)),
        }
    }
}

impl std::error::Error for ValueError {}

/// Adds the indefinite article: "an integer", "a boolean".
fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Lists the values of an enumeration, or the first of them.
fn list(values: &[&str]) -> String {
    let listed = values.get(..MAX_LISTED).unwrap_or(values).join(", ");
    match values.len().saturating_sub(MAX_LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// Formats a number with its noun: "1 digit", "2 digits".
fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Returns the verb form for a number.
fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_continues_a_sentence() {
        let unit = "character";
        for (error, rule, message) in [
            (ValueError::InvalidLexical("integer"), "type", "is not an integer"),
            (ValueError::InvalidLexical("boolean"), "type", "is not a boolean"),
            (
                ValueError::TooLong { max: 255, actual: 300, unit },
                "maxLength",
                "has 300 characters, at most 255 are allowed",
            ),
            (ValueError::TooShort { min: 1, actual: 0, unit }, "minLength", "has 0 characters, at least 1 is required"),
            (
                ValueError::WrongLength { expected: 2, actual: 1, unit: "octet" },
                "length",
                "has 1 octet, exactly 2 are required",
            ),
            (ValueError::BelowMinimum("1"), "minInclusive", "must be at least 1"),
            (ValueError::NotBelow("9"), "maxExclusive", "must be less than 9"),
            (ValueError::TooManyDigits { max: 1, actual: 2 }, "totalDigits", "has 2 digits, at most 1 is allowed"),
            (ValueError::PatternMismatch("[0-9]+"), "pattern", "does not match the pattern [0-9]+"),
            (ValueError::NotInEnumeration(&["ok", "error"]), "enumeration", "is not one of: ok, error"),
        ] {
            assert_eq!((error.rule(), error.to_string().as_str()), (rule, message));
        }
    }

    #[test]
    fn display_shortens_long_enumerations() {
        let message = ValueError::NotInEnumeration(&["x"; 18]).to_string();
        assert!(message.ends_with("x, x and 2 more"), "{message}");
    }
}
