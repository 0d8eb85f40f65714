//! Texts of a server in messages.

use std::fmt;

/// A text of unknown origin, shown on one line: trimmed, and with every character escaped that is not visible or changes
/// how others are shown. A server can therefore not forge a line of a log or hide part of a message.
///
/// ```
/// use plesk_wire::OneLine;
///
/// assert_eq!(OneLine("no such\u{202E} customer\n").to_string(), "no such\\u{202e} customer");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OneLine<'a>(pub &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for c in self.0.trim().chars() {
            if is_visible(c) {
                f.write_char(c)?;
            } else {
                write!(f, "{}", c.escape_debug())?;
            }
        }
        Ok(())
    }
}

/// Returns `true` if `c` is visible, or a space, and does not change how its neighbors are shown.
fn is_visible(c: char) -> bool {
    let is_format = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    !c.is_control() && !is_format
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_escapes_what_is_not_visible() {
        for (text, shown) in [
            ("Domain 'x' does not exist\n", "Domain 'x' does not exist"),
            ("one\r\ntwo\tthree", "one\\r\\ntwo\\tthree"),
            ("\u{1b}[31m\u{9b}31m\u{7f}\0", "\\u{1b}[31m\\u{9b}31m\\u{7f}\\0"),
            ("a\u{202e}b\u{2066}c\u{200f}d\u{2028}e\u{feff}", "a\\u{202e}b\\u{2066}c\\u{200f}d\\u{2028}e\\u{feff}"),
            ("Größe \"C:\\x\" 日本", "Größe \"C:\\x\" 日本"),
        ] {
            assert_eq!(OneLine(text).to_string(), shown);
        }
    }
}
