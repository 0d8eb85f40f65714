//! Lexical rules of floating-point and binary literals, whose values are not needed.

use super::cursor::Cursor;
use super::decimal::Decimal;

/// Returns `true` for a literal of `float` or `double` (XML Schema Part 2, section 3.2.4.1).
///
/// It is a decimal with an optional exponent, or one of three names. `+INF`, `inf` and hexadecimal
/// digits belong to other formats.
pub(super) fn is_float(text: &str) -> bool {
    if matches!(text, "INF" | "-INF" | "NaN") {
        return true;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    Decimal::parse(mantissa).is_some() && exponent.is_none_or(|e| Decimal::parse_integer(e).is_some())
}

/// Returns `true` for a literal of `hexBinary` (section 3.2.15.1): pairs of hexadecimal digits.
pub(super) fn is_hex(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Returns the number of octets that a literal of `base64Binary` encodes (section 3.2.16), or `None`
/// if the text is not a literal.
///
/// A literal has groups of four characters, with a space allowed after each character but the last.
/// The last group may end with one or two `=`. The unused bits must then be zero: `AA==` is a
/// literal, `AB==` is not.
pub(super) fn base64_octets(text: &str) -> Option<usize> {
    let mut cursor = Cursor(text);
    // The characters of the alphabet so far, the bits of the last one, and the `=` after them.
    let (mut digits, mut last, mut padding) = (0_usize, 0_u8, 0_usize);
    while let Some(c) = cursor.0.bytes().next() {
        match base64_bits(c) {
            Some(bits) if padding == 0 => (digits, last) = (digits + 1, bits),
            None if c == b'=' => padding += 1,
            _ => return None,
        }
        cursor.eat(char::from(c));
        if cursor.eat(' ') && cursor.0.is_empty() {
            return None;
        }
    }
    match (digits % 4, padding) {
        (0, 0) => Some(digits / 4 * 3),
        (2, 2) if last & 0b1111 == 0 => Some(digits / 4 * 3 + 1),
        (3, 1) if last & 0b11 == 0 => Some(digits / 4 * 3 + 2),
        _ => None,
    }
}

/// Returns the six bits of a character of the alphabet (RFC 2045, section 6.8).
fn base64_bits(c: u8) -> Option<u8> {
    match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_float_accepts_xsd_floats_only() {
        for text in ["0", "-0", "+1.5", ".5", "5.", "1e5", "1E+05", "-1.e-400", "INF", "-INF", "NaN"] {
            assert!(is_float(text), "{text}");
        }
        for text in [
            "", ".", "e5", ".e1", "1e", "1e+", "1e1.5", "1e1e1", "+INF", "inf", "nan", "-NaN", "Infinity", "0x1p3",
            "1f",
        ] {
            assert!(!is_float(text), "{text}");
        }
    }

    #[test]
    fn is_hex_accepts_whole_octets_only() {
        assert!(["", "00", "aF09"].into_iter().all(is_hex));
        assert!(!["0", "0g", "0 0", "0x00", "éa"].into_iter().any(is_hex));
    }

    #[test]
    fn base64_octets_counts_valid_literals_only() {
        for (text, octets) in
            [("", 0), ("AAAA", 3), ("AA==", 1), ("AAA=", 2), ("+/+/AQ==", 4), ("A A A A A A = =", 4), ("YWJj YWI=", 5)]
        {
            assert_eq!(base64_octets(text), Some(octets), "{text}");
        }
        for text in [
            "A",
            "AA",
            "AAA",
            "AAAAA",
            "A===",
            "====",
            "=",
            "AAAA=",
            "AA==AA==",
            "AA=A",
            "=AAA",
            "AB==",
            "AAB=",
            "-_-_",
            "AA  AA",
            " AAAA",
            "AAAA ",
            "AAA\u{a0}",
            "ÄÄÄÄ",
        ] {
            assert_eq!(base64_octets(text), None, "{text}");
        }
    }
}
