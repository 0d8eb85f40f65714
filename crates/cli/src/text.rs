//! Text for terminals.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// The width of help and descriptions.
pub(crate) const WIDTH: usize = 80;

/// Returns a text of others on one line, with characters escaped that a terminal would obey.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unsafe(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Returns XML or JSON of others, with the same characters escaped except for line breaks and tabs.
pub(crate) fn printable_lines(text: &str) -> Cow<'_, str> {
    let is_unsafe_here = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\t');
    if !text.chars().any(is_unsafe_here) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unsafe_here(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Returns JSON with characters escaped that a terminal would obey. The value stays the same.
pub(crate) fn safe_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) && !matches!(c, '\n') {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns `true` for control characters and those that change the direction of text.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Returns the width of a text on a terminal. Colors have none.
fn columns(text: &str) -> usize {
    match text.contains('\u{1b}') {
        true => anstream::adapter::strip_str(text).to_string().width(),
        false => text.width(),
    }
}

/// Breaks a line for a terminal, and indents what follows.
pub(crate) fn hang(line: &str) -> String {
    wrap(line, WIDTH - 2).join("\n  ")
}

/// Breaks a text into lines of at most `width` columns, unless a word is longer.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Returns documentation without the asterisks that emphasize a part of it.
pub(crate) fn plain(doc: &str) -> String {
    doc.replace("**", "")
}

/// Returns a sentence as the end of another one, without its capital and its full stop.
pub(crate) fn in_sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        // Not an abbreviation, such as DNS.
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// Returns the beginning of a text that fits `width` columns, with an ellipsis if there is more.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let first = wrap(text, width.saturating_sub(1)).into_iter().next().unwrap_or_default();
    format!("{}\u{2026}", first.trim_end_matches([',', ':', ';', '.']))
}

#[cfg(test)]
mod tests {
    use super::{printable, safe_json, shorten, wrap};

    #[test]
    fn printable_escapes_what_a_terminal_would_obey() {
        assert_eq!(printable("plain \u{e4}"), "plain \u{e4}");
        assert_eq!(printable("a\nb\u{1b}[1m\u{202e}\u{9b}"), "a\\nb\\u{1b}[1m\\u{202e}\\u{9b}");
        assert_eq!(safe_json("{\"a\":\"\u{202e}\"}\n"), "{\"a\":\"\\u202e\"}\n");
    }

    #[test]
    fn shorten_ends_after_a_word() {
        assert_eq!(shorten("one two", 7), "one two");
        assert_eq!(shorten("one, two three", 10), "one, two\u{2026}");
        assert_eq!(shorten("one, two", 5), "one\u{2026}");
    }

    #[test]
    fn wrap_counts_columns() {
        assert_eq!(wrap("\u{1b}[1mone\u{1b}[0m two", 7), ["\u{1b}[1mone\u{1b}[0m two"]);
        assert_eq!(wrap("\u{65e5}\u{672c} x", 5), ["\u{65e5}\u{672c}", "x"]);
    }

    #[test]
    fn wrap_breaks_between_words() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("incomprehensible", 4), ["incomprehensible"]);
        assert!(wrap(" ", 4).is_empty());
    }
}
