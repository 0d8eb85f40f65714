//! Joins element names at compile time, for the code that the derives generate.

/// Counts the names in `parts`.
pub const fn count(parts: &[&[&str]]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < parts.len() {
        count += parts[at].len();
        at += 1;
    }
    count
}

/// Joins the names in `parts`; there must be `N` of them.
pub const fn join<const N: usize>(parts: &[&[&'static str]]) -> [&'static str; N] {
    let mut names = [""; N];
    let (mut at, mut filled) = (0, 0);
    while at < parts.len() {
        let mut inner = 0;
        while inner < parts[at].len() {
            names[filled] = parts[at][inner];
            filled += 1;
            inner += 1;
        }
        at += 1;
    }
    names
}

/// Returns the first name, which represents a group in messages.
pub const fn first(names: &[&'static str]) -> &'static str {
    if names.is_empty() { "" } else { names[0] }
}

/// The separator of alternatives in messages.
const SEPARATOR: &[u8] = b" | ";

/// Returns the length of the joined alternatives, in bytes.
pub const fn alternatives_length(parts: &[&str]) -> usize {
    let (mut at, mut length) = (0, 0);
    while at < parts.len() {
        length += parts[at].len() + if at > 0 { SEPARATOR.len() } else { 0 };
        at += 1;
    }
    length
}

/// Joins alternatives as `id | login`; the result must have `N` bytes.
pub const fn join_alternatives<const N: usize>(parts: &[&str]) -> [u8; N] {
    let mut bytes = [0; N];
    let (mut at, mut filled) = (0, 0);
    while at < parts.len() {
        if at > 0 {
            (bytes, filled) = append(bytes, filled, SEPARATOR);
        }
        (bytes, filled) = append(bytes, filled, parts[at].as_bytes());
        at += 1;
    }
    bytes
}

const fn append<const N: usize>(mut bytes: [u8; N], from: usize, more: &[u8]) -> ([u8; N], usize) {
    let mut at = 0;
    while at < more.len() {
        bytes[from + at] = more[at];
        at += 1;
    }
    (bytes, from + more.len())
}

/// Returns joined alternatives as a string.
pub const fn text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("names are text"),
    }
}
