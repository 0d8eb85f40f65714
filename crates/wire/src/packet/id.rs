//! The IDs of objects.

use std::fmt;
use std::str::FromStr;

use crate::xml::{ParseError, Scalar};

/// The ID of an object. All IDs that are numbers have this type, so an ID from an answer fits every request.
///
/// Some elements of the schema allow only positive numbers, others any number. The type can represent all of them;
/// a request with an ID that its element does not allow is invalid.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::Id;
///
/// let id = Id::from(7);
/// assert_eq!((id.get(), id.to_string()), (7, "7".to_owned()));
/// assert_eq!("7".parse(), Ok(id));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Number);

/// A number of 64 bits with or without a sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Number {
    Negative(i64),
    Natural(u64),
}

impl Id {
    /// Returns the number. It is 0 if the ID is negative; no object has such an ID.
    pub fn get(self) -> u64 {
        match self.0 {
            Number::Natural(number) => number,
            Number::Negative(_) => 0,
        }
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Number::Negative(number) => number.fmt(f),
            Number::Natural(number) => number.fmt(f),
        }
    }
}

/// Parses an integer, as it is written in a packet.
impl FromStr for Id {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Scalar::parse(text)
    }
}

macro_rules! unsigned {
    ($($number:ty)*) => {$(
        impl From<$number> for Id {
            fn from(number: $number) -> Self {
                Self(Number::Natural(number.into()))
            }
        }
    )*};
}

macro_rules! signed {
    ($($number:ty)*) => {$(
        impl From<$number> for Id {
            fn from(number: $number) -> Self {
                let number = i64::from(number);
                Self(u64::try_from(number).map_or(Number::Negative(number), Number::Natural))
            }
        }
    )*};
}

unsigned!(u8 u16 u32 u64);
signed!(i8 i16 i32 i64);

impl From<&Id> for Id {
    fn from(id: &Id) -> Self {
        *id
    }
}

impl Scalar for Id {
    fn placeholder() -> Self {
        Self(Number::Natural(0))
    }

    fn parse(text: &str) -> Result<Self, ParseError> {
        if let Ok(number) = <u64 as Scalar>::parse(text) {
            return Ok(number.into());
        }
        let outside = "is outside the range -9223372036854775808 to 18446744073709551615";
        match <i64 as Scalar>::parse(text) {
            Ok(number) => Ok(number.into()),
            Err(error) if error.problem.starts_with("is outside") => Err(ParseError { problem: outside }),
            Err(error) => Err(error),
        }
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        match self.0 {
            Number::Negative(number) => number.with_text(f),
            Number::Natural(number) => number.with_text(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_integer_of_64_bits_is_an_id() {
        for text in ["-9223372036854775808", "-1", "0", "1", "18446744073709551615"] {
            let id: Id = text.parse().unwrap();
            assert_eq!(id.with_text(str::to_owned), text);
            assert_eq!((id.to_string(), format!("{id:?}")), (text.to_owned(), format!("Id({text})")));
        }
        assert_eq!((Id::from(-0_i64), Id::from(-5_i32).get()), (Id::from(0_u8), 0));
        for (text, problem) in
            [("18446744073709551616", "is outside"), ("-9223372036854775809", "is outside"), ("", "is not")]
        {
            assert!(text.parse::<Id>().unwrap_err().problem.starts_with(problem), "{text}");
        }
    }

    #[test]
    fn ids_are_ordered_by_number() {
        let mut ids = [7, -1, 0, -9].map(Id::from);
        ids.sort();
        assert_eq!(ids, [-9, -1, 0, 7].map(Id::from));
        assert_eq!(size_of::<Option<Id>>(), size_of::<Option<u64>>());
    }
}
