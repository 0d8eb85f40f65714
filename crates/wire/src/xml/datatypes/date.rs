//! Rust types for `date` and `dateTime` (XML Schema Part 2, sections 3.2.9 and 3.2.7).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::moment::Moment;
use super::value_error::ValueError;
use super::white_space::trim;

const NOT_A_DATE: ValueError = ValueError::InvalidLexical("date");
const NOT_A_DATE_TIME: ValueError = ValueError::InvalidLexical("dateTime");

/// A day of the Gregorian calendar with an optional time zone: `2002-10-10`, `2002-10-10+02:00`.
///
/// It keeps the text that it was parsed from and is written back unchanged. Two dates are equal if
/// their texts are: `2002-10-10Z` is not equal to `2002-10-10+00:00`.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::Date;
///
/// let date = Date::parse("2024-02-29")?;
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert!(Date::parse("2023-02-29").is_err());
/// # Ok::<(), plesk_wire::xml::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: Cow<'static, str>,
    parts: Parts,
}

/// A moment with an optional time zone: `2002-10-10T12:00:00`, `2002-10-10T12:00:00.5Z`.
///
/// It keeps the text that it was parsed from and is written back unchanged. Two moments are equal if
/// their texts are: `2002-10-10T12:00:00Z` is not equal to `2002-10-10T14:00:00+02:00`.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::DateTime;
///
/// let moment = DateTime::parse("2002-10-10T12:30:00+02:00")?;
/// assert_eq!((moment.hour(), moment.minute()), (12, 30));
/// # Ok::<(), plesk_wire::xml::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Cow<'static, str>,
    parts: Parts,
}

/// The parts of a value, parsed once for the accessors.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Parts {
    year: i64,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    offset: Option<i16>,
}

impl Date {
    /// Parses a date, with optional XML white space around it.
    ///
    /// # Errors
    /// If the text is not a day that exists: February 29 only in leap years, no year 0, a time zone of
    /// at most 14 hours. Years have at least four digits, a minus sign before year 1, and fit an `i64`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let text = trim(text);
        let parts = Moment::date(text).ok_or(NOT_A_DATE)?.into();
        Ok(Self { text: Cow::Owned(text.to_owned()), parts })
    }

    /// Creates a date without a time zone. The year before 1 is -1.
    ///
    /// # Errors
    /// If there is no such day.
    pub fn new(year: i64, month: u8, day: u8) -> Result<Self, ValueError> {
        Self::parse(&format_day(year, month, day))
    }

    /// Returns the same day with a time zone, given as minutes ahead of UTC; 0 is written `Z`.
    ///
    /// # Errors
    /// If the offset is more than 14 hours in either direction.
    pub fn with_utc_offset(&self, minutes: i16) -> Result<Self, ValueError> {
        Self::parse(&replace_zone(&self.text, self.parts.offset, minutes))
    }

    /// Creates a date from a text that is known to be one. A placeholder needs no allocation that way.
    pub(super) fn unchecked(text: &'static str) -> Self {
        let parts = Moment::date(text).map(Parts::from).unwrap_or_default();
        Self { text: Cow::Borrowed(text), parts }
    }
}

impl DateTime {
    /// Parses a moment, with optional XML white space around it.
    ///
    /// # Errors
    /// As for [`Date::parse`]. The time must exist, too: no second 60, and hour 24 only in
    /// `24:00:00`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let text = trim(text);
        let parts = Moment::date_time(text).ok_or(NOT_A_DATE_TIME)?.into();
        Ok(Self { text: Cow::Owned(text.to_owned()), parts })
    }

    /// Creates a moment without a time zone. The year before 1 is -1.
    ///
    /// # Errors
    /// If there is no such day or time.
    pub fn new(year: i64, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Result<Self, ValueError> {
        let day = format_day(year, month, day);
        Self::parse(&format!("{day}T{hour:02}:{minute:02}:{second:02}"))
    }

    /// Returns the same day and time with a time zone, given as minutes ahead of UTC; 0 is written
    /// `Z`.
    ///
    /// # Errors
    /// If the offset is more than 14 hours in either direction.
    pub fn with_utc_offset(&self, minutes: i16) -> Result<Self, ValueError> {
        Self::parse(&replace_zone(&self.text, self.parts.offset, minutes))
    }

    /// Returns the hour: 0 to 23, or 24 in `24:00:00`, the end of a day.
    pub fn hour(&self) -> u8 {
        self.parts.hour
    }

    /// Returns the minute: 0 to 59.
    pub fn minute(&self) -> u8 {
        self.parts.minute
    }

    /// Returns the second: 0 to 59.
    pub fn second(&self) -> u8 {
        self.parts.second
    }

    /// Returns the fraction of the second; digits after the ninth are cut off.
    pub fn nanosecond(&self) -> u32 {
        self.parts.nanosecond
    }

    /// Creates a moment from a text that is known to be one. A placeholder needs no allocation that
    /// way.
    pub(super) fn unchecked(text: &'static str) -> Self {
        let parts = Moment::date_time(text).map(Parts::from).unwrap_or_default();
        Self { text: Cow::Borrowed(text), parts }
    }
}

/// Implements the methods and traits that both types share.
macro_rules! common {
    ($($name:ident),*) => {$(
        impl $name {
            /// Returns the text as it was parsed, without white space around it.
            pub fn as_str(&self) -> &str {
                &self.text
            }

            /// Returns the year, never 0: the year before 1 is -1.
            pub fn year(&self) -> i64 {
                self.parts.year
            }

            /// Returns the month: 1 to 12.
            pub fn month(&self) -> u8 {
                self.parts.month
            }

            /// Returns the day of the month: 1 to 31.
            pub fn day(&self) -> u8 {
                self.parts.day
            }

            /// Returns the time zone, if there is one, as minutes ahead of UTC: -840 to 840.
            pub fn utc_offset_minutes(&self) -> Option<i16> {
                self.parts.offset
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.text)
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                Self::parse(text)
            }
        }
    )*};
}

common!(Date, DateTime);

impl From<Moment<'_>> for Parts {
    fn from(moment: Moment<'_>) -> Self {
        let Moment { year, month, day, hour, minute, second, fraction, offset } = moment;
        let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
        let nanosecond = digits.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        Self { year, month, day, hour, minute, second, nanosecond, offset }
    }
}

/// Formats a day. For a day that does not exist the result is not a valid literal.
fn format_day(year: i64, month: u8, day: u8) -> String {
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
}

/// Adds a time zone to a literal, or replaces the one that it has.
fn replace_zone(text: &str, current: Option<i16>, minutes: i16) -> String {
    let local = match current {
        // `+hh:mm`, or `Z`.
        Some(_) => text.strip_suffix('Z').or_else(|| text.get(..text.len().saturating_sub(6))).unwrap_or(text),
        None => text,
    };
    if minutes == 0 {
        return format!("{local}Z");
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{local}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_keeps_its_text() {
        let date: Date = "\n 2004-02-29+05:30\t".parse().expect("a date");
        assert_eq!(date.as_str(), "2004-02-29+05:30");
        assert_eq!(date.to_string(), "2004-02-29+05:30");
        assert_eq!(format!("{date:?}"), "Date(2004-02-29+05:30)");
        assert_eq!((date.year(), date.month(), date.day()), (2004, 2, 29));
        assert_eq!(date.utc_offset_minutes(), Some(330));
        assert_eq!(Date::parse("0044-03-15").map(|date| date.utc_offset_minutes()), Ok(None));
        assert_eq!(Date::parse("-0044-03-15Z").map(|date| date.year()), Ok(-44));
        assert_eq!(Date::parse("12345-01-01").map(|date| date.year()), Ok(12345));
    }

    #[test]
    fn date_time_accessors_return_all_parts() {
        let moment = DateTime::parse("2002-10-10T12:34:56.0123456789-14:00").expect("a moment");
        assert_eq!((moment.year(), moment.month(), moment.day()), (2002, 10, 10));
        assert_eq!((moment.hour(), moment.minute(), moment.second()), (12, 34, 56));
        assert_eq!(moment.nanosecond(), 12_345_678);
        assert_eq!(moment.utc_offset_minutes(), Some(-840));
        assert_eq!(DateTime::parse("1999-12-31T24:00:00").map(|end| (end.hour(), end.day())), Ok((24, 31)));
    }

    #[test]
    fn date_parse_rejects_days_that_do_not_exist() {
        for text in [
            "",
            "2001-02-29",
            "1900-02-29",
            "-0001-02-29",
            "2000-04-31",
            "2000-13-01",
            "2000-00-01",
            "2000-01-00",
            "0000-01-01",
            "-0000-01-01",
            "999-01-01",
            "02000-01-01",
            "+2000-01-01",
            "2000-1-1",
            "20000101",
            "2000-01",
            "2000-01-01z",
            "2000-01-01+14:01",
            "2000-01-01+13:60",
            "2000-01-01+1:00",
            "2000-01-01 Z",
            "2000-01-01ZZ",
            "2000-01-01T00:00:00",
            "9223372036854775808-01-01",
            "２000-01-01",
            "\u{a0}2000-01-01",
            "2000-01-é",
        ] {
            assert_eq!(Date::parse(text), Err(NOT_A_DATE), "{text}");
        }
        for text in
            ["2000-02-29", "1600-02-29", "-0004-02-29", "0001-01-01", "9223372036854775807-12-31", "2000-01-01-14:00"]
        {
            assert!(Date::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn date_time_parse_rejects_times_that_do_not_exist() {
        for time in [
            "24:00:01",
            "24:01:00",
            "24:00:00.1",
            "25:00:00",
            "23:60:00",
            "23:59:60",
            "0:00:00",
            "00:00",
            "00:00:00.",
            "00:00:00.Z",
            "00:00:00,1",
            "-1:00:00",
            "00:00:00 Z",
            "00:00:00+15:00",
        ] {
            assert_eq!(DateTime::parse(&format!("2000-01-01T{time}")), Err(NOT_A_DATE_TIME), "{time}");
        }
        for time in ["24:00:00", "24:00:00.000Z", "23:59:59.999999999999999", "00:00:00+14:00"] {
            assert!(DateTime::parse(&format!("2000-01-01T{time}")).is_ok(), "{time}");
        }
        assert!(DateTime::parse("2000-01-01 00:00:00").is_err());
        assert!(DateTime::parse("2000-01-01t00:00:00").is_err());
    }

    #[test]
    fn new_formats_parts() {
        assert_eq!(Date::new(2024, 2, 29).map(|date| date.to_string()), Ok("2024-02-29".to_owned()));
        assert_eq!(Date::new(-44, 3, 15).map(|date| date.to_string()), Ok("-0044-03-15".to_owned()));
        for (year, month, day) in
            [(2023, 2, 29), (0, 1, 1), (2000, 0, 1), (2000, 13, 1), (2000, 1, 255), (i64::MIN, 1, 1)]
        {
            assert_eq!(Date::new(year, month, day), Err(NOT_A_DATE));
        }
        let moment = DateTime::new(2000, 1, 1, 24, 0, 0).and_then(|moment| moment.with_utc_offset(-90));
        assert_eq!(moment.map(|moment| moment.to_string()), Ok("2000-01-01T24:00:00-01:30".to_owned()));
        assert_eq!(DateTime::new(2000, 1, 1, 12, 60, 0), Err(NOT_A_DATE_TIME));
    }

    #[test]
    fn with_utc_offset_replaces_the_time_zone() {
        let date = Date::new(2000, 1, 1).expect("a date");
        let mut zoned = date.clone();
        for (minutes, text) in
            [(60, "2000-01-01+01:00"), (0, "2000-01-01Z"), (-840, "2000-01-01-14:00"), (0, "2000-01-01Z")]
        {
            zoned = zoned.with_utc_offset(minutes).expect("a zone");
            assert_eq!(zoned.as_str(), text);
        }
        assert_ne!(zoned, date);
        assert!([841, -841, i16::MAX, i16::MIN].iter().all(|minutes| date.with_utc_offset(*minutes).is_err()));
    }

    #[test]
    fn unchecked_equals_parse() {
        assert_eq!(Date::unchecked("0001-01-01"), Date::parse("0001-01-01").expect("a date"));
        assert_eq!(DateTime::unchecked("0001-01-01T00:00:00"), DateTime::new(1, 1, 1, 0, 0, 0).expect("a moment"));
    }
}
