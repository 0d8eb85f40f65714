//! Writes Markdown that is also readable as plain text.

use std::fmt::Display;

/// Formats a text as code. An empty text stays empty.
pub(super) fn code(text: impl Display) -> String {
    let text = text.to_string();
    if text.is_empty() { text } else { format!("`{text}`") }
}

/// Formats a table with aligned columns and escaped cells. Without rows the result is empty.
pub(super) fn table(head: &[&str], rows: Vec<Vec<String>>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let escaped = |cell: &str| cell.replace('|', "\\|").replace(['\n', '\r'], " ");
    let mut lines: Vec<Vec<String>> = vec![head.iter().map(|cell| escaped(cell)).collect()];
    lines.extend(rows.into_iter().map(|row| row.iter().map(|cell| escaped(cell)).collect()));
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..head.len()).map(|column| width(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        for (cell, width) in line.iter().zip(&widths) {
            text.push_str(&format!("| {cell:<width$} "));
        }
        text.push_str("|\n");
        if at == 0 {
            widths.iter().for_each(|width| text.push_str(&format!("|{}", "-".repeat(width + 2))));
            text.push_str("|\n");
        }
    }
    text
}
