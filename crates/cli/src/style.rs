//! Colors, one for each meaning. They are removed where the output is no terminal, or colors are off.

use anstyle::{AnsiColor, Color, Style};

/// A heading.
pub(crate) const HEADING: Style = Style::new().bold();
/// A name that can be typed: an operator, an operation, an element.
pub(crate) const NAME: Style = colored(AnsiColor::Cyan);
/// A remark next to something more important.
pub(crate) const REMARK: Style = Style::new().dimmed();
/// Something that is valid or was done.
pub(crate) const SUCCESS: Style = colored(AnsiColor::Green);
/// Something that needs care.
pub(crate) const WARNING: Style = colored(AnsiColor::Yellow).bold();
/// Something that failed.
pub(crate) const FAILURE: Style = colored(AnsiColor::Red).bold();

const fn colored(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(color)))
}

/// Returns `text` in a style.
pub(crate) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}
