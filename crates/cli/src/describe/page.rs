//! Writes the parts of a page: headings, lists, labels and paragraphs.

use std::io::{self, Write};

use anstyle::Style;

use crate::style::{self, paint};
use crate::text::{WIDTH, plain, shorten, wrap};

pub(super) fn write_heading(out: &mut impl Write, title: &str) -> io::Result<()> {
    writeln!(out, "\n{}\n", paint(style::HEADING, title))
}

/// Writes names with the beginning of a text each, one line each.
pub(super) fn write_list(out: &mut impl Write, rows: &[(String, &str)]) -> io::Result<()> {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, text) in rows {
        let gap = " ".repeat(width - name.chars().count());
        writeln!(
            out,
            "  {}{gap}  {}",
            paint(style::NAME, name),
            shorten(&first_sentence(&plain(text)), WIDTH.saturating_sub(width + 4))
        )?;
    }
    Ok(())
}

pub(super) fn write_lines(out: &mut impl Write, lines: Vec<String>) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Writes paragraphs, and keeps lists.
pub(super) fn write_doc(out: &mut impl Write, doc: &str, indent: &str) -> io::Result<()> {
    for (number, paragraph) in plain(doc).split("\n\n").enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let is_list = paragraph.lines().all(|line| line.starts_with("- ") || line.starts_with("  "));
        let parts: Vec<String> = match is_list {
            true => paragraph.split("\n- ").map(|item| format!("- {}", item.trim_start_matches("- "))).collect(),
            false => vec![paragraph.to_owned()],
        };
        for part in parts {
            for line in wrap(&part, WIDTH - indent.len()) {
                writeln!(out, "{indent}{line}")?;
            }
        }
    }
    Ok(())
}

/// Writes names with a text each.
pub(super) fn write_rows(out: &mut impl Write, rows: Vec<(String, &str)>) -> io::Result<()> {
    write_labeled(out, style::NAME, rows)
}

/// Writes labels of this style with a text each.
pub(super) fn write_labeled(out: &mut impl Write, style: Style, rows: Vec<(String, &str)>) -> io::Result<()> {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, text) in rows {
        let mut lines = wrap(&plain(text), WIDTH.saturating_sub(width + 4).max(20)).into_iter();
        let gap = " ".repeat(width - name.chars().count());
        writeln!(out, "  {}{gap}  {}", paint(style, &name), lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(out, "  {:<width$}  {line}", "")?;
        }
    }
    Ok(())
}

pub(super) fn first_sentence(doc: &str) -> String {
    doc.split_once(". ").map_or_else(|| doc.to_owned(), |(first, _)| format!("{first}."))
}

pub(super) fn first_paragraph(doc: &str) -> String {
    doc.split("\n\n").next().unwrap_or_default().to_owned()
}
