//! The Rust values that texts are parsed into.

use super::date::{Date, DateTime};
use super::white_space::trim;

/// A value that is written as the text of an element or attribute.
pub trait Scalar: Sized {
    /// `true` if messages and traces must not show the value.
    const SECRET: bool = false;

    /// Returns a value to read into. Not for callers: it need not be valid.
    #[doc(hidden)]
    fn placeholder() -> Self;

    /// Parses the value from a text.
    ///
    /// # Errors
    /// If the text does not have the form of the type, or its value does not fit the type.
    fn parse(text: &str) -> Result<Self, ParseError>;

    /// Returns `true` if the text can be parsed. A type that can tell without creating a value should.
    fn accepts(text: &str) -> bool {
        Self::parse(text).is_ok()
    }

    /// Calls `f` with the text of the value.
    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R;
}

/// The reason why a text cannot be parsed, as the end of a sentence that begins with the text.
///
/// ```
/// # mod plesk { pub use plesk_wire as wire; }
/// use plesk::wire::xml::Scalar;
///
/// assert_eq!(u64::parse("seven").unwrap_err().problem, "is not an integer");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The reason, for example `is not an integer`.
    pub problem: &'static str,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.problem)
    }
}

impl std::error::Error for ParseError {}

impl Scalar for String {
    fn placeholder() -> Self {
        Self::new()
    }

    #[inline]
    fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(text.to_owned())
    }

    #[inline]
    fn accepts(_text: &str) -> bool {
        true
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        f(self)
    }
}

impl Scalar for bool {
    fn placeholder() -> Self {
        false
    }

    fn parse(text: &str) -> Result<Self, ParseError> {
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            text if trim(text).len() < text.len() => <Self as Scalar>::parse(trim(text)),
            _ => Err(ParseError { problem: "is not a boolean (true, false, 1 or 0)" }),
        }
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        f(if *self { "true" } else { "false" })
    }
}

/// Parses up to 20 digits, which nearly every number is, in one pass. Returns `None` for anything else, and if the value is
/// too large.
#[inline]
fn short_number(text: &str) -> Option<u64> {
    let digit = |b: &u8| Some(u64::from(b.wrapping_sub(b'0'))).filter(|digit| *digit < 10);
    // The value of 19 digits always fits.
    let (most, rest) = text.as_bytes().split_at(text.len().min(19));
    let mut value = 0;
    for b in most {
        value = 10 * value + digit(b)?;
    }
    match rest {
        [] if most.is_empty() => None,
        [] => Some(value),
        [last] => value.checked_mul(10)?.checked_add(digit(last)?),
        _ => None,
    }
}

macro_rules! integers {
    ($($int:ty, $range:literal;)*) => {$(
        impl Scalar for $int {
            fn placeholder() -> Self {
                0
            }

            fn parse(text: &str) -> Result<Self, ParseError> {
                if let Some(value) = short_number(text).and_then(|value| value.try_into().ok()) {
                    return Ok(value);
                }
                let text = trim(text);
                let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(ParseError { problem: "is not an integer" });
                }
                if digits.bytes().all(|b| b == b'0') {
                    return Ok(0); // also `-0`, even for unsigned types
                }
                text.parse().map_err(|_| ParseError { problem: concat!("is outside the range ", $range) })
            }

            fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
                f(itoa::Buffer::new().format(*self))
            }
        }
    )*};
}

integers! {
    i8, "-128 to 127";
    i16, "-32768 to 32767";
    i32, "-2147483648 to 2147483647";
    i64, "-9223372036854775808 to 9223372036854775807";
    u8, "0 to 255";
    u16, "0 to 65535";
    u32, "0 to 4294967295";
    u64, "0 to 18446744073709551615";
}

macro_rules! floats {
    ($($float:ty)*) => {$(
        impl Scalar for $float {
            fn placeholder() -> Self {
                0.0
            }

            fn parse(text: &str) -> Result<Self, ParseError> {
                match trim(text) {
                    "INF" => Ok(Self::INFINITY),
                    "-INF" => Ok(Self::NEG_INFINITY),
                    "NaN" => Ok(Self::NAN),
                    text if text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) => {
                        text.parse().map_err(|_| ParseError { problem: "is not a number" })
                    }
                    _ => Err(ParseError { problem: "is not a number" }),
                }
            }

            fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
                if self.is_nan() {
                    f("NaN")
                } else if self.is_infinite() {
                    f(if *self > 0.0 { "INF" } else { "-INF" })
                } else {
                    f(&self.to_string())
                }
            }
        }
    )*};
}

floats!(f32 f64);

macro_rules! dates {
    ($($date:ty, $first:literal, $problem:literal;)*) => {$(
        impl Scalar for $date {
            fn placeholder() -> Self {
                Self::unchecked($first)
            }

            fn parse(text: &str) -> Result<Self, ParseError> {
                Self::parse(text).map_err(|_| ParseError { problem: $problem })
            }

            fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
                f(self.as_str())
            }
        }
    )*};
}

dates! {
    Date, "0001-01-01", "is not a date (YYYY-MM-DD)";
    DateTime, "0001-01-01T00:00:00", "is not a date and time (YYYY-MM-DDThh:mm:ss)";
}

impl<T: Scalar> Scalar for Box<T> {
    const SECRET: bool = T::SECRET;

    fn placeholder() -> Self {
        Self::new(T::placeholder())
    }

    fn parse(text: &str) -> Result<Self, ParseError> {
        T::parse(text).map(Self::new)
    }

    fn accepts(text: &str) -> bool {
        T::accepts(text)
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        T::with_text(self, f)
    }
}
