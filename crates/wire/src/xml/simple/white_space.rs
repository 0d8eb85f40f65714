//! The facet `whiteSpace` (XML Schema Part 2, section 4.3.6).

use std::borrow::Cow;

/// What happens to the whitespace of a text before it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhiteSpace {
    /// Nothing.
    Preserve,
    /// Each tab, line feed and carriage return becomes a space.
    Replace,
    /// As `Replace`, then runs of spaces become one space, and spaces at both ends go.
    Collapse,
}

impl WhiteSpace {
    /// The text after normalisation; borrowed when nothing changes inside it.
    pub(super) fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Preserve => Cow::Borrowed(text),
            Self::Replace if text.contains(['\t', '\n', '\r']) => Cow::Owned(text.replace(['\t', '\n', '\r'], " ")),
            Self::Replace => Cow::Borrowed(text),
            Self::Collapse => collapse(trim(text)),
        }
    }
}

/// Whitespace as XML knows it (XML 1.0, production `S`): no-break and other Unicode spaces are
/// ordinary characters.
pub(super) fn is_white_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The text without XML whitespace at its ends.
pub(in crate::xml) fn trim(text: &str) -> &str {
    text.trim_matches(is_white_space)
}

/// Makes one space of each run of whitespace in a trimmed text.
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
    fn collapse_trims_and_joins() {
        assert_eq!(WhiteSpace::Collapse.apply(" \t a \r\n b\n"), "a b");
        assert_eq!(WhiteSpace::Collapse.apply(" \n "), "");
        assert_eq!(WhiteSpace::Collapse.apply("a\tb"), "a b");
    }

    #[test]
    fn unicode_spaces_are_characters() {
        for text in ["\u{a0}a\u{a0}", "\u{2003}", "\u{85}a", "\u{b}", "\u{3000}\u{3000}"] {
            assert_eq!(WhiteSpace::Collapse.apply(text), text);
        }
    }

    #[test]
    fn nothing_is_copied_without_need() {
        for text in ["", "a", " a b ", "\n a b"] {
            assert!(matches!(WhiteSpace::Collapse.apply(text), Cow::Borrowed(_)), "{text:?}");
        }
        assert!(matches!(WhiteSpace::Replace.apply("a  b"), Cow::Borrowed(_)));
        assert!(matches!(WhiteSpace::Collapse.apply("a  b"), Cow::Owned(_)));
    }
}
