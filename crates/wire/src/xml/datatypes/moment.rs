//! Dates and times (XML Schema Part 2, sections 3.2.7 to 3.2.9 and appendix D).

use std::cmp::Ordering;

use super::cursor::Cursor;

/// The greatest offset of a time zone from UTC, in minutes (section 3.2.7.3).
const MAX_OFFSET: i16 = 14 * 60;

/// The day on which `time` values are compared; any day would do.
const DAY: (i64, u8, u8) = (2000, 1, 1);

/// The parts of a literal of `dateTime`, of `date` (the beginning of that day) or of `time` (on one
/// fixed day).
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'a> {
    /// Never 0: the year before 1 is -1.
    pub(super) year: i64,
    pub(super) month: u8,
    pub(super) day: u8,
    /// 24 at the end of a day.
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    /// The digits after the point, without trailing zeros.
    pub(super) fraction: &'a str,
    /// Minutes ahead of UTC, if the literal has a time zone.
    pub(super) offset: Option<i16>,
}

impl<'a> Moment<'a> {
    /// Parses a literal of `date`: `2002-10-10`, `2002-10-10+13:00`, `-0044-03-15Z`.
    pub(super) fn date(text: &'a str) -> Option<Self> {
        let mut cursor = Cursor(text);
        let day = day(&mut cursor)?;
        let offset = offset(cursor)?;
        Some(Self::new(day, (0, 0, 0, ""), offset))
    }

    /// Parses a literal of `dateTime`: `2002-10-10T12:00:00.5Z`.
    pub(super) fn date_time(text: &'a str) -> Option<Self> {
        let mut cursor = Cursor(text);
        let day = day(&mut cursor)?;
        cursor.expect('T')?;
        let time = time(&mut cursor)?;
        let offset = offset(cursor)?;
        Some(Self::new(day, time, offset))
    }

    /// Parses a literal of `time`: `12:00:00.5Z`.
    pub(super) fn time(text: &'a str) -> Option<Self> {
        let mut cursor = Cursor(text);
        let (hour, minute, second, fraction) = time(&mut cursor)?;
        let offset = offset(cursor)?;
        // A `time` has no day that could end, so 24:00:00 is the same as 00:00:00.
        Some(Self::new(DAY, (hour % 24, minute, second, fraction), offset))
    }

    fn new((year, month, day): (i64, u8, u8), time: (u8, u8, u8, &'a str), offset: Option<i16>) -> Self {
        let (hour, minute, second, fraction) = time;
        Self { year, month, day, hour, minute, second, fraction, offset }
    }

    /// Compares two moments (section 3.2.7.4). If only one has a time zone, moments less than 14 hours
    /// apart have no order.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.offset, other.offset) {
            (Some(a), Some(b)) => Some(self.instant(a).cmp(&other.instant(b))),
            (None, None) => Some(self.instant(0).cmp(&other.instant(0))),
            (Some(a), None) => {
                let this = self.instant(a);
                if this < other.instant(MAX_OFFSET) {
                    Some(Ordering::Less)
                } else if this > other.instant(-MAX_OFFSET) {
                    Some(Ordering::Greater)
                } else {
                    None
                }
            }
            (None, Some(_)) => other.compare(self).map(Ordering::reverse),
        }
    }

    /// Returns seconds on a time line common to all moments, and the digits after the point.
    ///
    /// A missing digit is a zero. No fraction ends with zeros, so fractions compare like strings.
    fn instant(&self, offset: i16) -> (i128, &'a str) {
        let hours = day_number(self.year, self.month, self.day) * 24 + i128::from(self.hour);
        let minutes = hours * 60 + i128::from(self.minute) - i128::from(offset);
        (minutes * 60 + i128::from(self.second), self.fraction)
    }
}

/// Reads `2002-10-10`: a day of the Gregorian calendar, extended to all years.
fn day(cursor: &mut Cursor<'_>) -> Option<(i64, u8, u8)> {
    let negative = cursor.eat('-');
    let digits = cursor.digits();
    // At least four digits, and no more than needed (section 3.2.7.1).
    if digits.len() < 4 || (digits.len() > 4 && digits.starts_with('0')) {
        return None;
    }
    let year: i64 = digits.parse().ok().filter(|year| *year != 0)?;
    let year = if negative { -year } else { year };
    cursor.expect('-')?;
    let month = cursor.two_digits()?;
    cursor.expect('-')?;
    let day = cursor.two_digits()?;
    (day >= 1 && day <= days_of_month(year, month)?).then_some((year, month, day))
}

/// Reads `12:00:00.5`, up to and including `24:00:00`.
fn time<'a>(cursor: &mut Cursor<'a>) -> Option<(u8, u8, u8, &'a str)> {
    let hour = cursor.two_digits()?;
    cursor.expect(':')?;
    let minute = cursor.two_digits()?;
    cursor.expect(':')?;
    let second = cursor.two_digits()?;
    let fraction = cursor.fraction()?;
    let end_of_day = (hour, minute, second, fraction) == (24, 0, 0, "");
    (end_of_day || (hour < 24 && minute < 60 && second < 60)).then_some((hour, minute, second, fraction))
}

/// Reads nothing, `Z` or `+14:00` at the end of a literal, as minutes ahead of UTC.
fn offset(mut cursor: Cursor<'_>) -> Option<Option<i16>> {
    if cursor.0.is_empty() {
        return Some(None);
    }
    if cursor.0 == "Z" {
        return Some(Some(0));
    }
    let west = cursor.eat('-');
    if !west {
        cursor.expect('+')?;
    }
    let hours = i16::from(cursor.two_digits()?);
    cursor.expect(':')?;
    let minutes = i16::from(cursor.two_digits()?);
    let offset = hours * 60 + minutes;
    let valid = cursor.0.is_empty() && minutes < 60 && offset <= MAX_OFFSET;
    valid.then_some(Some(if west { -offset } else { offset }))
}

/// Returns the number of days in a month (appendix E.1), or `None` if there is no such month.
fn days_of_month(year: i64, month: u8) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// Returns the number of a day, counted from a fixed day.
pub(super) fn day_number(year: i64, month: u8, day: u8) -> i128 {
    // There is no year 0, but the rule for leap years counts as if there were. Its days are taken
    // out of the count.
    let year_zero = if year < 0 { 366 } else { 0 };
    // A year that begins in March has its leap day at the end, and any five months of it have 153
    // days.
    let march_year = i128::from(year) - i128::from(month <= 2);
    let march_month = (i128::from(month) + 9) % 12;
    let leap_days = march_year.div_euclid(4) - march_year.div_euclid(100) + march_year.div_euclid(400);
    march_year * 365 + leap_days + (march_month * 153 + 2) / 5 + i128::from(day) + year_zero
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_number_counts_every_day() {
        let mut previous = day_number(-1201, 12, 31);
        for year in (-1200..=2400).filter(|year| *year != 0) {
            for month in 1..=12 {
                for day in 1..=days_of_month(year, month).unwrap_or(0) {
                    let this = day_number(year, month, day);
                    assert_eq!(this, previous + 1, "{year}-{month}-{day}");
                    previous = this;
                }
            }
        }
    }

    #[test]
    fn compare_applies_time_zones() {
        let compare =
            |a: &str, b: &str| Moment::date_time(a).zip(Moment::date_time(b)).and_then(|(a, b)| a.compare(&b));
        for (a, b, expected) in [
            ("2000-01-01T12:00:00+12:00", "2000-01-01T00:00:00Z", Some(Ordering::Equal)),
            ("1999-12-31T24:00:00", "2000-01-01T00:00:00", Some(Ordering::Equal)),
            ("0001-01-01T01:00:00+02:00", "-0001-12-31T23:00:00Z", Some(Ordering::Equal)),
            ("2000-01-01T00:00:00.10", "2000-01-01T00:00:00.1", Some(Ordering::Equal)),
            ("2000-01-01T00:00:00.09", "2000-01-01T00:00:00.1", Some(Ordering::Less)),
            ("2000-01-01T00:00:00", "2000-01-01T14:00:00Z", None),
            ("2000-01-01T00:00:00", "2000-01-01T14:00:01Z", Some(Ordering::Less)),
            ("2000-01-01T00:00:00", "1999-12-31T10:00:00Z", None),
            ("2000-01-01T00:00:00", "1999-12-31T09:59:59Z", Some(Ordering::Greater)),
            (
                "9223372036854775807-12-31T24:00:00-14:00",
                "-9223372036854775807-01-01T00:00:00Z",
                Some(Ordering::Greater),
            ),
        ] {
            assert_eq!(compare(a, b), expected, "{a} {b}");
            assert_eq!(compare(b, a), expected.map(Ordering::reverse), "{b} {a}");
        }
    }
}
