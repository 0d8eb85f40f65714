//! The check of a text against a simple type (XML Schema Part 2, section 4.3).

use std::borrow::Cow;
use std::cmp::Ordering::{self, Equal, Greater, Less};

use super::decimal::Decimal;
use super::lexical;
use super::simple_type::{Facet, Primitive, SimpleType};
use super::value::Value;
use super::value_error::ValueError;
use crate::xml::text::is_white_space;

impl SimpleType {
    /// Checks that `text` is a valid literal, after the white space normalization of the type.
    ///
    /// # Errors
    /// The first rule that the text breaks. The lexical rule of the built-in type comes first, then
    /// the facets in their order. For a list it is the rule that an item breaks, for a union without
    /// a matching member it is [`ValueError::NoMember`].
    #[inline]
    pub fn check(&self, text: &str) -> Result<(), ValueError> {
        if self.accepts_all() { Ok(()) } else { self.check_rules(text) }
    }

    fn check_rules(&self, text: &str) -> Result<(), ValueError> {
        if self.facets.is_empty() && self.primitive.accepts(text) {
            return Ok(());
        }
        let text = match self.primitive {
            Primitive::Union(members) => matching_member(members, text).ok_or(ValueError::NoMember)?.normalize(text),
            _ => self.normalize(text),
        };
        match self.primitive {
            Primitive::Union(_) => {}
            Primitive::List(item) => items(&text).try_for_each(|part| item.check(part))?,
            atomic => {
                Value::parse(atomic, &text)?;
            }
        }
        self.facets.iter().try_for_each(|facet| facet.check(self, &text))
    }

    /// Returns the text after white space normalization (section 4.3.6); borrowed if nothing changes
    /// inside it.
    ///
    /// A union normalizes as the first member that accepts the text.
    pub fn normalize<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.primitive {
            Primitive::Union(members) => match matching_member(members, text) {
                Some(member) => member.normalize(text),
                None => Cow::Borrowed(text),
            },
            _ => self.white_space.apply(text),
        }
    }

    /// Returns `true` if two literals have the same value. Both must be valid: equal texts are not
    /// checked.
    fn is_same_value(&self, a: &str, b: &str) -> bool {
        if a == b {
            return true;
        }
        let (a, b) = (self.normalize(a), self.normalize(b));
        match self.primitive {
            Primitive::Union(members) => match (matching_member(members, &a), matching_member(members, &b)) {
                // Values of different members are different, however they are written: `1` as a
                // string is no integer.
                (Some(one), Some(other)) => std::ptr::eq(one, other) && one.is_same_value(&a, &b),
                _ => false,
            },
            Primitive::List(item) => {
                items(&a).count() == items(&b).count()
                    && items(&a).zip(items(&b)).all(|(a, b)| item.is_same_value(a, b))
            }
            atomic => match (Value::parse(atomic, &a), Value::parse(atomic, &b)) {
                (Ok(a), Ok(b)) => a.equals(&b),
                _ => false,
            },
        }
    }

    /// Compares two literals. Returns `None` for an invalid one, and where the type defines no order
    /// (NaN, a date with and one without a time zone).
    pub fn compare(&self, a: &str, b: &str) -> Option<Ordering> {
        let (a, b) = (self.normalize(a), self.normalize(b));
        Value::parse(self.primitive, &a).ok()?.compare(&Value::parse(self.primitive, &b).ok()?)
    }

    /// Returns the length of a normalized valid literal and the name of its unit (section 4.3.1).
    fn length(&self, text: &str) -> (usize, &'static str) {
        match self.primitive {
            Primitive::List(_) => (items(text).count(), "item"),
            Primitive::HexBinary => (text.len() / 2, "octet"),
            Primitive::Base64Binary => (lexical::base64_octets(text).unwrap_or(0), "octet"),
            _ => (text.chars().count(), "character"),
        }
    }
}

/// Returns the first member of a union that accepts the text (section 2.5.1.3).
fn matching_member(members: &[&'static SimpleType], text: &str) -> Option<&'static SimpleType> {
    members.iter().find(|member| member.check(text).is_ok()).copied()
}

/// Splits a list into its items (section 2.5.1.2).
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_white_space).filter(|item| !item.is_empty())
}

impl Facet {
    /// Checks a normalized literal that the primitive of its type has accepted.
    fn check(&self, simple_type: &SimpleType, text: &str) -> Result<(), ValueError> {
        let ensure = |condition: bool, error: ValueError| if condition { Ok(()) } else { Err(error) };
        match *self {
            Self::Length(expected) => {
                let (actual, unit) = simple_type.length(text);
                ensure(actual == expected, ValueError::WrongLength { expected, actual, unit })
            }
            Self::MinLength(min) => {
                let (actual, unit) = simple_type.length(text);
                ensure(actual >= min, ValueError::TooShort { min, actual, unit })
            }
            Self::MaxLength(max) => {
                let (actual, unit) = simple_type.length(text);
                ensure(actual <= max, ValueError::TooLong { max, actual, unit })
            }
            // A value that does not compare with a bound is excluded (sections 4.3.7 to 4.3.10).
            Self::MinInclusive(min) => {
                ensure(matches!(simple_type.compare(text, min), Some(Greater | Equal)), ValueError::BelowMinimum(min))
            }
            Self::MaxInclusive(max) => {
                ensure(matches!(simple_type.compare(text, max), Some(Less | Equal)), ValueError::AboveMaximum(max))
            }
            Self::MinExclusive(min) => {
                ensure(simple_type.compare(text, min) == Some(Greater), ValueError::NotGreaterThan(min))
            }
            Self::MaxExclusive(max) => ensure(simple_type.compare(text, max) == Some(Less), ValueError::NotBelow(max)),
            Self::TotalDigits(max) => {
                let actual = Decimal::parse(text).map_or(0, |decimal| decimal.total_digits());
                ensure(actual <= max, ValueError::TooManyDigits { max, actual })
            }
            Self::FractionDigits(max) => {
                let actual = Decimal::parse(text).map_or(0, |decimal| decimal.fraction_digits());
                ensure(actual <= max, ValueError::TooManyFractionDigits { max, actual })
            }
            Self::Pattern(patterns) => {
                let first = patterns.first().map_or("", |pattern| pattern.xsd());
                ensure(patterns.iter().any(|pattern| pattern.matches(text)), ValueError::PatternMismatch(first))
            }
            Self::Enumeration(values) => ensure(
                values.iter().any(|value| simple_type.is_same_value(text, value)),
                ValueError::NotInEnumeration(values),
            ),
        }
    }
}
