//! Decimal numbers of any size (XML Schema Part 2, section 3.2.3), compared digit by digit.

use std::cmp::Ordering;

use super::cursor::Cursor;

/// A decimal number. Each value has one representation: no leading zeros, no trailing zeros in the
/// fraction, no negative zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Parses a literal of `decimal`: digits with an optional sign and point, such as `-1.50`, `1.`
    /// or `.5`.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut cursor = Cursor(text);
        let negative = cursor.eat('-');
        if !negative {
            cursor.eat('+');
        }
        let whole = cursor.digits();
        let fraction = if cursor.eat('.') { cursor.digits() } else { "" };
        if !cursor.0.is_empty() || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole, fraction })
    }

    /// Parses a literal of `integer` (section 3.3.13): no point.
    pub(super) fn parse_integer(text: &'a str) -> Option<Self> {
        if text.contains('.') { None } else { Self::parse(text) }
    }

    /// Returns the least number of digits `t` such that the value is `i / 10^n` with `|i| < 10^t` and `n <=
    /// t` (section 4.3.11).
    pub(super) fn total_digits(&self) -> usize {
        // The zeros after the point of 0.001 are no digits of `i`, but `n <= t` includes them.
        // Zero has one digit.
        (self.whole.len() + self.fraction.len()).max(1)
    }

    /// Returns the number of decimal places, without trailing zeros (section 4.3.12).
    pub(super) fn fraction_digits(&self) -> usize {
        self.fraction.len()
    }

    fn cmp_magnitude(&self, other: &Self) -> Ordering {
        // There are no leading zeros, so the longer whole part is greater. A missing digit of the
        // fraction is a zero. No fraction ends with zeros, so fractions compare like strings.
        (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(other.whole))
            .then_with(|| self.fraction.cmp(other.fraction))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.cmp_magnitude(other),
            (true, true) => other.cmp_magnitude(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal<'_> {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text} is a decimal"))
    }

    #[test]
    fn parse_accepts_decimals_only() {
        for text in ["0", "-0", "+1", "001", "1.", ".5", "-.5", "+0.50"] {
            assert!(Decimal::parse(text).is_some(), "{text}");
        }
        for text in ["", ".", "+", "-.", "--1", "+-1", "1.5.", "1e3", " 1", "1 ", "0x1", "١", "INF", "1,5"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
        assert!(Decimal::parse_integer("1.0").is_none());
    }

    #[test]
    fn literals_of_one_value_are_equal() {
        for (a, b) in [("0", "-0.0"), ("1", "+01.00"), ("-.5", "-00.50"), ("100", "0100.")] {
            assert_eq!(decimal(a), decimal(b));
        }
        assert_ne!(decimal("1"), decimal("-1"));
    }

    #[test]
    fn cmp_is_exact_at_any_size() {
        let sorted = [
            "-18446744073709551617",
            "-18446744073709551616",
            "-1.1",
            "-1.01",
            "-1",
            "0",
            "0.00000000000000000000000000000000000000000001",
            "0.1",
            "0.11",
            "0.2",
            "9",
            "10",
            "9007199254740992",
            "9007199254740993",
            "99999999999999999999999999999999999999999999",
            "100000000000000000000000000000000000000000000",
        ];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                assert_eq!(decimal(a).cmp(&decimal(b)), i.cmp(&j), "{a} {b}");
            }
        }
    }

    #[test]
    fn digits_exclude_padding_zeros() {
        for (text, total, fraction) in [
            ("0", 1, 0),
            ("000.000", 1, 0),
            ("-0100", 3, 0),
            ("100.00", 3, 0),
            ("12.30", 3, 1),
            ("0.5", 1, 1),
            ("0.001", 3, 3),
        ] {
            let decimal = decimal(text);
            assert_eq!((decimal.total_digits(), decimal.fraction_digits()), (total, fraction), "{text}");
        }
    }
}
