//! The value spaces of the atomic types.

use std::cmp::Ordering;

use super::decimal::Decimal;
use super::duration::Duration;
use super::moment::Moment;
use super::simple_type::Primitive;
use super::value_error::ValueError;
use super::{lexical, uri};

/// The value of a literal, as far as comparisons need it.
pub(super) enum Value<'a> {
    /// A text, which is its own value.
    Text(&'a str),
    Boolean(bool),
    Decimal(Decimal<'a>),
    /// A value of either floating-point type: every `f32` is an `f64`.
    Float(f64),
    Duration(Duration<'a>),
    Moment(Moment<'a>),
    /// Hexadecimal digits in pairs.
    Hex(&'a str),
    /// Base64 with spaces.
    Base64(&'a str),
}

impl<'a> Value<'a> {
    /// Parses a normalized literal of an atomic type.
    pub(super) fn parse(primitive: Primitive, text: &'a str) -> Result<Self, ValueError> {
        use Primitive as P;
        let (value, name) = match primitive {
            P::AnySimple | P::String | P::NormalizedString | P::Token | P::Union(_) | P::List(_) => {
                return Ok(Self::Text(text));
            }
            P::AnyUri => (uri::is_reference(text).then_some(Self::Text(text)), "URI"),
            P::Boolean => (boolean(text).map(Self::Boolean), "boolean"),
            P::Decimal => (Decimal::parse(text).map(Self::Decimal), "decimal number"),
            P::Float => (float::<f32>(text).map(|n| Self::Float(n.into())), "floating-point number"),
            P::Double => (float(text).map(Self::Float), "floating-point number"),
            P::Duration => (Duration::parse(text).map(Self::Duration), "duration"),
            P::DateTime => (Moment::date_time(text).map(Self::Moment), "dateTime"),
            P::Time => (Moment::time(text).map(Self::Moment), "time"),
            P::Date => (Moment::date(text).map(Self::Moment), "date"),
            P::HexBinary => (lexical::is_hex(text).then_some(Self::Hex(text)), "hexadecimal number of whole octets"),
            P::Base64Binary => (lexical::base64_octets(text).map(|_| Self::Base64(text)), "text in Base64"),
            _ => return integer(primitive, text).map(Self::Decimal),
        };
        value.ok_or(ValueError::InvalidLexical(name))
    }

    /// Returns `true` if two values are equal. NaN equals itself (Part 2, section 3.2.4).
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Hex(a), Self::Hex(b)) => a.eq_ignore_ascii_case(b),
            (Self::Base64(a), Self::Base64(b)) => a.bytes().filter(|b| *b != b' ').eq(b.bytes().filter(|b| *b != b' ')),
            (Self::Float(a), Self::Float(b)) if a.is_nan() => b.is_nan(),
            _ => self.compare(other) == Some(Ordering::Equal),
        }
    }

    /// Compares two values (section 4.2.2). Returns `None` where they have no order.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Decimal(a), Self::Decimal(b)) => a.partial_cmp(b),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(b),
            (Self::Duration(a), Self::Duration(b)) => a.compare(b),
            (Self::Moment(a), Self::Moment(b)) => a.compare(b),
            _ => None,
        }
    }
}

/// Parses a literal of `boolean` (section 3.2.2.1).
fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Parses a literal of a floating-point type, rounded to it. Overflow gives infinity, underflow
/// zero.
fn float<T: std::str::FromStr>(text: &str) -> Option<T> {
    // Rust reads `INF` and `NaN` in any case, and everything else that `is_float` accepts.
    if lexical::is_float(text) { text.parse().ok() } else { None }
}

/// Parses a literal of one of the integer types, within its bounds.
fn integer(primitive: Primitive, text: &str) -> Result<Decimal<'_>, ValueError> {
    if primitive.is_unsigned() && text.starts_with(['+', '-']) {
        return Err(ValueError::InvalidLexical("unsigned integer"));
    }
    let value = Decimal::parse_integer(text).ok_or(ValueError::InvalidLexical("integer"))?;
    let (min, max) = primitive.bounds();
    if let Some(min) = min
        && Decimal::parse(min).is_some_and(|min| value < min)
    {
        return Err(ValueError::BelowMinimum(min));
    }
    if let Some(max) = max
        && Decimal::parse(max).is_some_and(|max| value > max)
    {
        return Err(ValueError::AboveMaximum(max));
    }
    Ok(value)
}
