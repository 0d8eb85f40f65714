//! Families of built-in types with similar values.

use std::cmp::Ordering;

use fastrand::Rng;

/// A family of built-in types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Any text.
    Text,
    /// A text on one line, without spaces around it and without consecutive spaces.
    Token,
    /// An integer from the first bound to the second. The bounds are those of the types in the emitted crate.
    Integer(i128, i128),
    /// A decimal number.
    Decimal,
    /// A floating-point number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A date.
    Date,
    /// A date and time.
    DateTime,
    /// A time.
    Time,
    /// A duration.
    Duration,
    /// Binary data in hexadecimal digits.
    Hex,
    /// Binary data in Base64.
    Base64,
    /// A URI.
    Uri,
}

impl Family {
    /// Returns the family of the built-in type `name`.
    pub fn of(name: &str) -> Self {
        let integer = |min: i128, max: i128| Self::Integer(min, max);
        match name {
            "boolean" => Self::Boolean,
            "decimal" => Self::Decimal,
            "float" | "double" => Self::Float,
            "date" => Self::Date,
            "dateTime" => Self::DateTime,
            "time" => Self::Time,
            "duration" => Self::Duration,
            "hexBinary" => Self::Hex,
            "base64Binary" => Self::Base64,
            "anyURI" => Self::Uri,
            "token" | "normalizedString" => Self::Token,
            "byte" => integer(i8::MIN.into(), i8::MAX.into()),
            "short" => integer(i16::MIN.into(), i16::MAX.into()),
            "int" => integer(i32::MIN.into(), i32::MAX.into()),
            "integer" | "long" => integer(i64::MIN.into(), i64::MAX.into()),
            "unsignedByte" => integer(0, u8::MAX.into()),
            "unsignedShort" => integer(0, u16::MAX.into()),
            "unsignedInt" => integer(0, u32::MAX.into()),
            "unsignedLong" | "nonNegativeInteger" => integer(0, u64::MAX.into()),
            "positiveInteger" => integer(1, u64::MAX.into()),
            "nonPositiveInteger" => integer(i64::MIN.into(), 0),
            "negativeInteger" => integer(i64::MIN.into(), -1),
            _ => Self::Text,
        }
    }

    /// Returns values of the family, the simplest first.
    pub fn examples(self) -> Vec<String> {
        let texts: &[&str] = match self {
            Self::Integer(min, max) => {
                let numbers = [0, 1, -1, 7, min, max, min + 1, max - 1];
                return numbers.iter().filter(|n| (min..=max).contains(*n)).map(i128::to_string).collect();
            }
            Self::Text => &["", "text", "a@example.com", " two  words\t\r\n", "<&>\"']]>", "\u{e4}\u{20ac}\u{1f600}"],
            Self::Token => &["", "text", "a@example.com", "two words", "<&>\"']]>", "\u{e4}\u{20ac}\u{1f600}"],
            Self::Decimal => &["0", "7.25", "-0.5", "12345678901234567890.5"],
            Self::Float => &["0", "7.25", "-0.5", "100000000000000000000", "INF", "-INF", "NaN"],
            Self::Boolean => &["true", "false"],
            Self::Date => &["2024-02-29", "1999-12-31Z", "0001-01-01+14:00"],
            Self::DateTime => &["2024-02-29T23:59:59", "1999-12-31T00:00:00.125Z", "0001-01-01T12:30:00-14:00"],
            Self::Time => &["00:00:00", "23:59:59.5Z"],
            Self::Duration => &["P1D", "-P1Y2M3DT4H5M6.7S"],
            Self::Hex => &["", "0fB7"],
            Self::Base64 => &["", "QUI=", "YWJj"],
            Self::Uri => &["", "http://example.com/a?b=c#d", "../a"],
        };
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// Returns `true` if `text` is a value of the family.
    ///
    /// Of dates, times and durations only the form is checked. Their values come from tables, or are generated.
    pub fn contains(self, text: &str) -> bool {
        match self {
            Self::Integer(min, max) => text.parse().is_ok_and(|n: i128| (min..=max).contains(&n)),
            Self::Decimal => text.parse::<f64>().is_ok_and(f64::is_finite) && !text.contains(['e', 'E']),
            Self::Float => matches!(text, "INF" | "-INF" | "NaN") || text.parse::<f64>().is_ok_and(f64::is_finite),
            Self::Boolean => matches!(text, "true" | "false"),
            Self::Token => text.split_whitespace().collect::<Vec<_>>().join(" ") == text,
            Self::Date => has_form(text, "dddd-dd-dd"),
            Self::DateTime => has_form(text, "dddd-dd-ddTdd:dd:dd"),
            Self::Time => has_form(text, "dd:dd:dd"),
            Self::Duration => text.trim_start_matches('-').starts_with('P'),
            Self::Hex => text.len().is_multiple_of(2) && text.chars().all(|c| c.is_ascii_hexdigit()),
            Self::Base64 => {
                let digits = text.trim_end_matches('=');
                text.len().is_multiple_of(4)
                    && text.len() - digits.len() < 3
                    && digits.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'))
            }
            Self::Text | Self::Uri => true,
        }
    }

    /// Compares the values `a` and `b`.
    pub fn compare(self, a: &str, b: &str) -> Option<Ordering> {
        match self {
            Self::Integer(..) => Some(a.parse::<i128>().ok()?.cmp(&b.parse().ok()?)),
            Self::Decimal | Self::Float => a.parse::<f64>().ok()?.partial_cmp(&b.parse().ok()?),
            // In the same format and time zone, the earlier one is less. Others cannot be compared.
            Self::Date | Self::DateTime | Self::Time if a.len() == b.len() => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Returns the length of a value as facets count it.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Hex => text.len() / 2,
            Self::Base64 => text.trim_end_matches('=').len() * 3 / 4,
            _ => text.chars().count(),
        }
    }

    /// Returns a value of the given length.
    pub fn with_length(self, length: usize) -> String {
        match self {
            Self::Hex => "0f".repeat(length),
            Self::Base64 => "YWJj".repeat(length / 3) + ["", "YQ==", "YWI="][length % 3],
            _ => "x".repeat(length),
        }
    }

    /// Returns the values next to `value`, if the family is ordered.
    pub fn neighbors(self, value: &str) -> Vec<String> {
        match self {
            Self::Integer(..) => {
                value.parse::<i128>().map_or(Vec::new(), |n| vec![(n - 1).to_string(), (n + 1).to_string()])
            }
            Self::Decimal | Self::Float => value
                .parse::<f64>()
                .map_or(Vec::new(), |n| [n - 1.0, n - 0.125, n + 0.125, n + 1.0].map(|n| n.to_string()).to_vec()),
            _ => Vec::new(),
        }
    }

    /// Returns a random value.
    pub fn random(self, rng: &mut Rng) -> String {
        let mut text = |set: &[char], max: usize| (0..rng.usize(..=max)).filter_map(|_| rng.choice(set)).collect();
        match self {
            Self::Text => text(&['a', 'Z', '0', '-', '.', '@', ' ', '&', '<', '>', '"', '\'', '\n', '\u{e4}'], 12),
            Self::Token => text(&['a', 'Z', '0', '-', '.', '@', '&', '<', '"', '\u{e4}'], 12),
            Self::Uri => text(&['a', '/', '.', '-', '7'], 12),
            Self::Hex => (0..rng.usize(..4)).map(|_| format!("{:02x}", rng.u8(..))).collect(),
            Self::Base64 => self.with_length(rng.usize(..8)),
            Self::Integer(min, max) => {
                let magnitude = 1_i128 << rng.u32(1..65);
                rng.i128(min.max(-magnitude)..=max.min(magnitude).max(min)).to_string()
            }
            Self::Decimal | Self::Float => format!("{}", f64::from(rng.i32(..)) / 8.0),
            Self::Boolean => rng.bool().to_string(),
            Self::Date => format!("{:04}-{:02}-{:02}", rng.u32(1..=9999), rng.u8(1..=12), rng.u8(1..=28)),
            Self::DateTime => {
                format!("{}T{}{}", Self::Date.random(rng), Self::Time.random(rng), ["", "Z", "+01:30"][rng.usize(..3)])
            }
            Self::Time => format!("{:02}:{:02}:{:02}", rng.u8(..24), rng.u8(..60), rng.u8(..60)),
            Self::Duration => format!("P{}DT{}H", rng.u8(..), rng.u8(..)),
        }
    }
}

/// Returns `true` if `text` begins like `form`, in which `d` is a digit.
fn has_form(text: &str, form: &str) -> bool {
    let mut characters = text.chars();
    form.chars().all(|expected| match characters.next() {
        Some(c) if expected == 'd' => c.is_ascii_digit(),
        c => c == Some(expected),
    })
}
