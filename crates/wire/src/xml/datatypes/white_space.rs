//! The facet `whiteSpace` (XML Schema Part 2, section 4.3.6).

use std::borrow::Cow;

use crate::xml::text::is_white_space;

/// The change to the white space of a text before it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhiteSpace {
    /// None.
    Preserve,
    /// Each tab, line feed and carriage return becomes a space.
    Replace,
    /// As `Replace`; then each run of spaces becomes one space, and spaces at both ends are removed.
    Collapse,
}

impl WhiteSpace {
    /// Returns the text after normalization; borrowed if nothing changes inside it.
    pub(super) fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Preserve => Cow::Borrowed(text),
            Self::Replace if text.contains(['\t', '\n', '\r']) => Cow::Owned(text.replace(['\t', '\n', '\r'], " ")),
            Self::Replace => Cow::Borrowed(text),
            // Most texts that are collapsed are words. A loop without an early exit finds that out fastest.
            Self::Collapse if !text.bytes().fold(false, |found, b| found | (b <= b' ')) => Cow::Borrowed(text),
            Self::Collapse => collapse(trim(text)),
        }
    }
}

/// Removes XML white space at both ends. No-break and other Unicode spaces are ordinary characters.
pub(in crate::xml) fn trim(text: &str) -> &str {
    text.trim_matches(is_white_space)
}

/// Replaces each run of white space in a trimmed text by one space.
fn collapse(trimmed: &str) -> Cow<'_, str> {
    let collapsed = trimmed.bytes().zip(trimmed.bytes().skip(1)).all(|pair| !matches!(pair, (b' ', b' ')))
        && !trimmed.contains(['\t', '\n', '\r']);
    if collapsed {
        return Cow::Borrowed(trimmed);
    }
    let mut out = String::with_capacity(trimmed.len());
    for word in trimmed.split(is_white_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replace_keeps_the_number_of_characters() {
        assert_eq!(WhiteSpace::Replace.apply("\ta\r\n b "), " a   b ");
        assert_eq!(WhiteSpace::Preserve.apply("\ta "), "\ta ");
    }

    #[test]
    fn collapse_trims_and_joins_runs() {
        assert_eq!(WhiteSpace::Collapse.apply(" \t a \r\n b\n"), "a b");
        assert_eq!(WhiteSpace::Collapse.apply(" \n "), "");
        assert_eq!(WhiteSpace::Collapse.apply("a\tb"), "a b");
    }

    #[test]
    fn collapse_keeps_unicode_spaces() {
        for text in ["\u{a0}a\u{a0}", "\u{2003}", "\u{85}a", "\u{b}", "\u{3000}\u{3000}"] {
            assert_eq!(WhiteSpace::Collapse.apply(text), text);
        }
    }

    #[test]
    fn apply_borrows_unchanged_text() {
        for text in ["", "a", " a b ", "\n a b"] {
            assert!(matches!(WhiteSpace::Collapse.apply(text), Cow::Borrowed(_)), "{text:?}");
        }
        assert!(matches!(WhiteSpace::Replace.apply("a  b"), Cow::Borrowed(_)));
        assert!(matches!(WhiteSpace::Collapse.apply("a  b"), Cow::Owned(_)));
    }
}
