//! Durations (XML Schema Part 2, section 3.2.6).

use std::cmp::Ordering;

use super::cursor::Cursor;
use super::moment::day_number;

/// The four months from whose beginning durations are compared (section 3.2.6.2).
const REFERENCES: [(i64, u8); 4] = [(1696, 9), (1697, 2), (1903, 3), (1903, 7)];

/// A literal of `duration`: months and seconds. They are kept apart because months differ in
/// length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Duration<'a> {
    negative: bool,
    /// Absolute value.
    months: i64,
    /// Absolute value, whole seconds.
    seconds: i128,
    /// The digits after the point, without trailing zeros.
    fraction: &'a str,
}

impl<'a> Duration<'a> {
    /// Parses `-P1Y2M3DT4H5M6.7S`. At least one part is required, and at least one after a `T`.
    ///
    /// Parts that do not fit an `i64` are refused; the section allows that.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut cursor = Cursor(text);
        let negative = cursor.eat('-');
        cursor.expect('P')?;
        let [years, months, days] = parts(&mut cursor, ['Y', 'M', 'D'])?;
        let has_date = years.or(months).or(days).is_some();
        let (mut hours, mut minutes, mut seconds, mut fraction) = (None, None, None, "");
        if cursor.eat('T') {
            [hours, minutes] = parts(&mut cursor, ['H', 'M'])?;
            if !cursor.0.is_empty() {
                seconds = Some(cursor.digits().parse().ok()?);
                fraction = cursor.fraction()?;
                cursor.expect('S')?;
            }
            hours.or(minutes).or(seconds)?;
        } else if !has_date {
            return None;
        }
        if !cursor.0.is_empty() {
            return None;
        }
        let [days, hours, minutes, seconds] = [days, hours, minutes, seconds].map(|part| i128::from(part.unwrap_or(0)));
        Some(Self {
            negative,
            months: years.unwrap_or(0).checked_mul(12)?.checked_add(months.unwrap_or(0))?,
            seconds: ((days * 24 + hours) * 60 + minutes) * 60 + seconds,
            fraction,
        })
    }

    /// Compares two durations (section 3.2.6.2): one is longer if it is longer from each of four
    /// moments.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        let [first, rest @ ..] = REFERENCES.map(|reference| self.compare_from(other, reference));
        rest.iter().all(|order| *order == first).then_some(first)
    }

    fn compare_from(&self, other: &Self, reference: (i64, u8)) -> Ordering {
        // A fraction is less than a second, and a negative duration never ends after a positive one.
        // So fractions matter only if the whole seconds are equal.
        self.end(reference).cmp(&other.end(reference)).then_with(|| match (self.negative, other.negative) {
            (false, false) => self.fraction.cmp(other.fraction),
            (true, true) => other.fraction.cmp(self.fraction),
            (false, true) => (self.fraction.len() + other.fraction.len()).cmp(&0),
            (true, false) => 0.cmp(&(self.fraction.len() + other.fraction.len())),
        })
    }

    /// Returns the whole second at which the duration ends if it starts with the given month.
    fn end(&self, (year, month): (i64, u8)) -> i128 {
        let sign = if self.negative { -1 } else { 1 };
        let month = i128::from(year) * 12 + i128::from(month) - 1 + sign * i128::from(self.months);
        // 400 years always have 146,097 days. Counting in such cycles keeps the year within the
        // range of `day_number`, and away from the missing year 0.
        let (cycles, month) = (month.div_euclid(4800), month.rem_euclid(4800));
        let day = cycles * 146_097 + days_before(month);
        day * 86_400 + sign * self.seconds
    }
}

/// Returns the days from a fixed day to the first of a month, given by its number in a cycle of 400
/// years.
fn days_before(month: i128) -> i128 {
    // Both conversions succeed: a month of the cycle is less than 4800.
    let year = i64::try_from(month / 12).unwrap_or(0);
    let month = u8::try_from(month % 12 + 1).unwrap_or(1);
    day_number(year, month, 1)
}

/// Reads numbers that end with the given letters, in this order. Each may be absent.
fn parts<const N: usize>(cursor: &mut Cursor<'_>, letters: [char; N]) -> Option<[Option<i64>; N]> {
    let mut parts = [None; N];
    for (part, letter) in parts.iter_mut().zip(letters) {
        let mut ahead = *cursor;
        let digits = ahead.digits();
        if ahead.eat(letter) {
            *part = Some(digits.parse().ok()?);
            *cursor = ahead;
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_accepts_durations_only() {
        for text in ["P1Y", "P0D", "-P1Y2M3DT4H5M6.70S", "PT0S", "P1MT1M", "PT36H", "P100000000000Y"] {
            assert!(Duration::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "1Y",
            "PY",
            "+P1Y",
            "P-1Y",
            "P1YT",
            "P1M1Y",
            "P1Y1Y",
            "P1H",
            "PT1Y",
            "P1.5Y",
            "PT1.5M",
            "PT.5S",
            "PT1.S",
            "PT1S1M",
            "P1W",
            "p1y",
            "P1Y ",
            "P99999999999999999999Y",
            "P9223372036854775807Y",
        ] {
            assert!(Duration::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn compare_is_partial() {
        let compare = |a: &str, b: &str| Duration::parse(a).zip(Duration::parse(b)).and_then(|(a, b)| a.compare(&b));
        for (a, b, expected) in [
            ("P1Y", "P12M", Some(Ordering::Equal)),
            ("P1D", "PT24H", Some(Ordering::Equal)),
            ("-PT0.0S", "PT0S", Some(Ordering::Equal)),
            ("PT60.5S", "PT1M0.50S", Some(Ordering::Equal)),
            ("P1Y", "P364D", Some(Ordering::Greater)),
            ("P1Y", "P365D", None),
            ("P1Y", "P366D", None),
            ("P1Y", "P367D", Some(Ordering::Less)),
            ("P1M", "P27D", Some(Ordering::Greater)),
            ("P1M", "P28D", None),
            ("P1M", "P31D", None),
            ("P1M", "P32D", Some(Ordering::Less)),
            ("-P1M", "-P32D", Some(Ordering::Greater)),
            ("-PT0.2S", "-PT0.1S", Some(Ordering::Less)),
            ("PT0.1S", "-PT0.1S", Some(Ordering::Greater)),
            ("P768614336404564650Y", "P768614336404564649Y", Some(Ordering::Greater)),
        ] {
            assert_eq!(compare(a, b), expected, "{a} {b}");
            assert_eq!(compare(b, a), expected.map(Ordering::reverse), "{b} {a}");
        }
    }
}
