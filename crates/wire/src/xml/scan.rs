//! Searches and comparisons of bytes, several at a time.
//!
//! Nearly every name and text has a dozen bytes. A call of `memchr` or `memcmp` would take longer than the work.

use memchr::memchr2;

const ONES: u64 = u64::MAX / 0xFF;
const HIGH_BITS: u64 = ONES << 7;

/// Marks the lowest byte that is zero with its high bit, and perhaps others above it.
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH_BITS
}

/// Marks the lowest byte that is `byte` with its high bit, and perhaps others above it.
const fn bytes_equal(word: u64, byte: u8) -> u64 {
    zero_bytes(word ^ (ONES * byte as u64))
}

/// Marks the lowest byte that is less than `bound` with its high bit, and perhaps others above it.
const fn bytes_below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(ONES * bound as u64) & !word & HIGH_BITS
}

/// Marks the lowest byte that must be escaped with its high bit, and perhaps others above it.
#[inline(always)]
const fn escape_marks(word: u64) -> u64 {
    // `<` and `>` differ in one bit.
    bytes_equal(word & (ONES * 0xFD), b'<') | bytes_equal(word, b'&') | bytes_equal(word, b'\r')
}

/// Returns the length of the text up to the first byte that must be escaped.
pub(super) fn plain_length(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = text[at..].first_chunk() {
        let found = escape_marks(u64::from_le_bytes(*word));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at + text[at..].iter().position(|b| matches!(b, b'<' | b'>' | b'&' | b'\r')).unwrap_or(text.len() - at)
}

/// Returns the position of the first `<` or `&`.
///
/// The text goes on to the end of a document, so that the first 16 bytes are there to be compared at once.
#[inline]
pub(super) fn find_markup(text: &[u8]) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    if let Some(searcher) = memchr::arch::x86_64::sse2::memchr::Two::new(b'<', b'&') {
        return searcher.find(text);
    }
    memchr2(b'<', b'&', text)
}

/// Returns `true` if `is_searched` is true of any of these bytes. A loop without an early exit is compiled to few instructions.
#[inline(always)]
fn any_of<const N: usize>(bytes: &[u8; N], is_searched: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |found, b| found | is_searched(*b))
}

/// Returns `true` if `in_block` returns `true` for a part of the text, or `marks` marks a byte of one.
#[inline(always)]
fn any(text: &[u8], in_block: impl Fn(&[u8; 16]) -> bool, marks: impl Fn(u64) -> u64) -> bool {
    // The last two parts may overlap.
    if let Some(last) = text.last_chunk() {
        return text.as_chunks().0.iter().any(&in_block) || in_block(last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return marks(u64::from_le_bytes(*first)) | marks(u64::from_le_bytes(*last)) != 0;
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return marks(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))) != 0;
    }
    text.iter().any(|b| marks(ONES * u64::from(*b)) != 0)
}

/// Returns `true` if no byte of the text must be escaped.
#[inline]
pub(super) fn is_plain(text: &str) -> bool {
    // The compiler makes few instructions of the loop only where it is alone.
    #[inline(never)]
    fn in_block(block: &[u8; 16]) -> bool {
        any_of(block, |b| (b & 0xFD == b'<') | (b == b'&') | (b == b'\r'))
    }
    !any(text.as_bytes(), in_block, escape_marks)
}

/// Returns `true` if a text certainly has only characters that XML allows: it has no control characters, and no byte that
/// U+FFFE begins with. This is nearly every short text.
#[inline]
pub(super) fn is_ordinary(text: &str) -> bool {
    #[inline(never)]
    fn in_block(block: &[u8; 16]) -> bool {
        any_of(block, |b| (b < 0x20) | (b == 0xEF))
    }
    !any(text.as_bytes(), in_block, |word| bytes_below(word, 0x20) | bytes_equal(word, 0xEF))
}

/// Returns the position of the first character that XML does not allow.
pub(super) fn find_forbidden_char(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_control = |b: u8| (b < 0x20) & (b & !4 != b'\t') & (b != b'\n');
    let is_forbidden = |at: &usize| match bytes[*at] {
        0xEF => matches!(bytes[*at..], [_, 0xBF, 0xBE | 0xBF, ..]),
        b => is_control(b),
    };
    let (blocks, rest) = bytes.as_chunks::<64>();
    for (block, start) in blocks.iter().zip((0..).step_by(64)) {
        // Nearly every block has neither control characters nor the lead byte of U+FFFE; most others have a line feed.
        if any_of(block, |b| (b < 0x20) | (b == 0xEF))
            && any_of(block, |b| is_control(b) | (b == 0xEF))
            && let Some(at) = (start..start + block.len()).find(is_forbidden)
        {
            return Some(at);
        }
    }
    (bytes.len() - rest.len()..bytes.len()).find(is_forbidden)
}

/// Returns `true` if two names are equal. They are short: a call of `memcmp` would take longer.
#[inline(always)]
pub(super) fn is_same_name(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if a.len() > 16 {
        return a == b;
    }
    // The two words overlap.
    if let (Some(first), Some(last)) = (a.first_chunk::<8>(), a.last_chunk::<8>()) {
        b.first_chunk() == Some(first) && b.last_chunk() == Some(last)
    } else if let (Some(first), Some(last)) = (a.first_chunk::<4>(), a.last_chunk::<4>()) {
        b.first_chunk() == Some(first) && b.last_chunk() == Some(last)
    } else {
        a.iter().zip(b).all(|(a, b)| a == b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_found_at_every_offset() {
        for before in (0..20).chain(245..265).chain(500..515) {
            for (forbidden, name) in [("\u{1}", "control"), ("\u{FFFE}", "U+FFFE"), ("\u{FFFF}", "U+FFFF")] {
                let text =
                    format!("{}{forbidden}\u{FF21}", "\u{FF21}\n\t".repeat(before / 5) + &"a".repeat(before % 5));
                let at = text.find(forbidden);
                assert!(at.is_some_and(|at| at == before), "{text:?}");
                assert_eq!(find_forbidden_char(&text), at, "{name} after {before} bytes");
                assert_eq!(find_forbidden_char(&text[..before]), None, "{before}");
            }
        }
    }

    #[test]
    fn plain_length_ends_at_the_first_special_byte() {
        for special in ['<', '>', '&', '\r'] {
            for before in 0..20 {
                // Bytes that differ from the special ones in one bit, and one above a match.
                let text =
                    format!("{}{special}=<\u{e9}", "=?',\u{8d}/L\n".chars().cycle().take(before).collect::<String>());
                assert_eq!(plain_length(text.as_bytes()), text.find(special).unwrap_or(0), "{text:?}");
                for end in text.len() - "<\u{e9}".len()..=text.len() {
                    assert!(text.get(..end).is_none_or(|text| !is_plain(text)), "{text:?} {end}");
                }
            }
        }
        assert_eq!(plain_length(b"=?',/L\n\x0c"), 8);
        assert_eq!(plain_length(b""), 0);
    }

    #[test]
    fn plain_length_finds_nothing_in_plain_texts() {
        for length in 0..40 {
            let text = "=?',/L\n\u{c}".chars().cycle().take(length).collect::<String>();
            assert_eq!(plain_length(text.as_bytes()), length);
            assert!(is_plain(&text));
        }
    }

    #[test]
    fn find_markup_finds_the_first() {
        for markup in ['<', '&'] {
            for before in 0..40 {
                let text = format!("{}{markup}=<&", "=>]\r\n".chars().cycle().take(before).collect::<String>());
                assert_eq!(find_markup(text.as_bytes()), Some(before), "{text:?}");
                assert_eq!(find_markup(&text.as_bytes()[..before]), None, "{text:?}");
            }
        }
    }

    #[test]
    fn is_ordinary_refuses_every_forbidden_character() {
        for before in 0..20 {
            let text = " ~\u{e9}\u{fd}".chars().cycle().take(before).collect::<String>();
            assert!(is_ordinary(&text), "{text:?}");
            for forbidden in (0..0x20).filter_map(char::from_u32).chain(['\u{FFFE}', '\u{FFFF}']) {
                for after in 0..20 {
                    let text = format!("{text}{forbidden}{}", "a".repeat(after));
                    assert!(!is_ordinary(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn is_same_name_compares_every_byte() {
        let name = "abcdefghijklmnopqrs";
        for length in 0..name.len() {
            let name = &name.as_bytes()[..length];
            assert!(is_same_name(name, name));
            for at in 0..length {
                let mut other = name.to_vec();
                other[at] ^= 1;
                assert!(!is_same_name(name, &other), "{length} {at}");
            }
            assert!(!is_same_name(name, b"abcdefghijklmnopqrs"));
        }
    }
}
