//! Prints problems of the schemas and of the configuration, with excerpts of the files.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use ariadne::{Cache, Color, Config, Label, ReportKind, Source};
use plesk_codegen::Schemas;
use plesk_codegen::diagnostics::{Diagnostic, Location, Report, Span};
use plesk_codegen::error::Error;

use crate::workspace::relative_to_current;

/// The maximum length in bytes of a line that is shown.
const MAX_LINE_LENGTH: usize = 400;

/// The places of the parts of the configuration.
const CONFIG_PARTS: &[(&str, &str)] = &[
    ("ambiguous", "a field in codegen/src/plesk/mod.rs"),
    ("replies_only", "REPLIES_ONLY in codegen/src/plesk/operations.rs"),
    ("conversions", "CONVERSIONS in codegen/src/plesk/conversions.rs"),
    ("left_out", "a field in codegen/src/plesk/mod.rs"),
    ("modules", "MODULES in codegen/src/plesk/names.rs"),
    ("nested", "NESTED in codegen/src/plesk/operations.rs"),
    ("newtypes", "NEWTYPES in codegen/src/plesk/names.rs"),
    ("operations", "OPERATIONS in codegen/src/plesk/operations.rs"),
    ("renames", "RENAMES in codegen/src/plesk/names.rs"),
    ("secrets", "SECRETS in codegen/src/plesk/secrets.rs"),
    ("selectors", "SELECTORS in codegen/src/plesk/selectors.rs"),
    ("settings", "SETTINGS in codegen/src/plesk/secrets.rs"),
    ("untyped", "UNTYPED in codegen/src/plesk/untyped.rs"),
];

/// Prints the problems of a reading, or of a generation into `out`, to the standard error. Returns their number in words.
///
/// With `short`, each problem takes one line. If the schemas are a copy, the paths are those of `original`.
pub(crate) fn print(
    error: &Error,
    schemas: &Schemas<'_>,
    original: Option<&Path>,
    out: Option<&Path>,
    short: bool,
) -> String {
    let directory = relative_to_current(schemas.directory);
    let report = error.report(&Schemas { directory: &directory, ..*schemas });
    let mut err = io::stderr().lock();
    let color = err.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut text = Vec::new();
    // A failure to write is no reason to hide the exit status.
    let _ = write(&mut text, &report, short, color);
    let text = String::from_utf8_lossy(&text);
    let _ = match original {
        Some(original) => err.write_all(with_original_paths(original, schemas.directory, &text).as_bytes()),
        None => err.write_all(text.as_bytes()),
    };
    let count = report.diagnostics.len();
    let count = format!("{count} problem{}", if count == 1 { "" } else { "s" });
    let Some(out) = out else { return count };
    // If a file could not be written, others may have been written before.
    let failed_to_write = error.0.iter().any(|problem| Path::new(&problem.file).starts_with(out));
    if failed_to_write { count } else { format!("{count}; nothing was written") }
}

fn write(mut out: impl Write, report: &Report, short: bool, color: bool) -> io::Result<()> {
    let mut cache = SourceCache::of(report);
    for diagnostic in &report.diagnostics {
        let locations = std::iter::once(&diagnostic.location).chain(&diagnostic.related);
        let visible: Vec<_> =
            locations.filter_map(|location| cache.range(location).map(|range| (location, range))).collect();
        match visible.first() {
            Some((first, range)) if !short => {
                excerpt(diagnostic, first, range.clone(), &visible, color).write(&mut cache, &mut out)?;
            }
            _ if short => writeln!(out, "{diagnostic}")?,
            _ => {
                let location = diagnostic.location.to_string();
                writeln!(out, "Error: {}: {}", without_controls(&location), without_controls(&diagnostic.title()))?;
                let help = diagnostic.advice.iter().map(|advice| ("Help", without_controls(advice)));
                for (kind, text) in help.chain(config_note(diagnostic).map(|note| ("Note", note))) {
                    writeln!(out, "  {kind}: {text}")?;
                }
            }
        }
        if !short {
            writeln!(out)?;
        }
    }
    out.flush()
}

/// A range of characters in a file.
type Range = (String, std::ops::Range<usize>);

/// Renders a diagnostic with excerpts of the files at its visible locations.
fn excerpt(
    diagnostic: &Diagnostic,
    first: &Location,
    range: Range,
    visible: &[(&Location, Range)],
    color: bool,
) -> ariadne::Report<'static, Range> {
    let title = match first == &diagnostic.location {
        true => diagnostic.title(),
        false => format!("{}: {}", diagnostic.location, diagnostic.title()),
    };
    let mut report = ariadne::Report::build(ReportKind::Error, range)
        .with_config(Config::default().with_color(color).with_tab_width(1))
        .with_message(without_controls(&title));
    // Grouped by file, in the order of the lines.
    let mut visible = visible.to_vec();
    visible.sort_by_key(|(location, _)| (location.file != first.file, location.file.clone(), location.span));
    for (location, range) in &visible {
        let is_primary = *location == &diagnostic.location;
        let text = if location.text.is_empty() { "here".to_owned() } else { without_controls(&location.text) };
        let color = if is_primary { Color::Red } else { Color::Blue };
        report = report.with_label(Label::new(range.clone()).with_color(color).with_message(text));
    }
    if let Some(advice) = &diagnostic.advice {
        report = report.with_help(without_controls(advice));
    }
    if let Some(note) = config_note(diagnostic) {
        report = report.with_note(note);
    }
    report.finish()
}

/// Returns where to find the part of the configuration that a problem is about.
fn config_note(diagnostic: &Diagnostic) -> Option<String> {
    let advice = diagnostic.advice.as_deref().unwrap_or_default();
    let is_about = |name: &str| {
        diagnostic.location.file == format!("configuration, {name}") || advice.contains(&format!("`{name}`"))
    };
    let (name, place) = CONFIG_PARTS.iter().find(|(name, _)| is_about(name))?;
    Some(format!(
        "`{name}` of the configuration is {place}; entries that only some versions have are in `LAYER` of these versions"
    ))
}

/// The texts of the files, without control characters. Each is prepared when it is needed.
struct SourceCache<'a> {
    report: &'a Report,
    sources: HashMap<String, Source<String>>,
}

impl<'a> SourceCache<'a> {
    fn of(report: &'a Report) -> Self {
        Self { report, sources: HashMap::new() }
    }

    /// Returns the range of a location, if its line can be shown.
    fn range(&mut self, location: &Location) -> Option<Range> {
        let Span { line, column, length } = location.span?;
        let source = Cache::<String>::fetch(self, &location.file).ok()?;
        let line = source.line(line - 1).filter(|line| line.len() <= MAX_LINE_LENGTH)?;
        let start = line.offset() + column - 1;
        Some((location.file.clone(), start..start + length))
    }
}

impl Cache<String> for SourceCache<'_> {
    type Storage = String;

    fn fetch(&mut self, file: &String) -> Result<&Source<String>, impl std::fmt::Debug> {
        let Self { report, sources } = self;
        let Some(text) = report.sources.get(file) else { return Err(format!("the text of {file} is not available")) };
        Ok(sources.entry(file.clone()).or_insert_with(|| Source::from(without_controls(text))))
    }

    fn display<'b>(&self, file: &'b String) -> Option<impl std::fmt::Display + 'b> {
        Some(file)
    }
}

/// Replaces control characters and line separators except line feeds by spaces.
///
/// The text keeps its number of characters, and cannot control a terminal.
fn without_controls(text: &str) -> String {
    let ends_line = |c| matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if c != '\n' && (c.is_control() || ends_line(c)) { ' ' } else { c }).collect()
}

/// Replaces the paths of `directory`, which is a copy, by those of the original.
pub(crate) fn with_original_paths(original: &Path, directory: &Path, text: &str) -> String {
    let original = original.display().to_string();
    let text = text.replace(&directory.display().to_string(), &original);
    text.replace(&relative_to_current(directory).display().to_string(), &original)
}
