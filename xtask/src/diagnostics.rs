//! Problems of schemas and of the configuration, as people read them: with the lines that they are about.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use ariadne::{Cache, Color, Config, Label, ReportKind, Source};
use plesk_codegen::Schemas;
use plesk_codegen::diagnostics::{Diagnostic, Location, Report, Span};
use plesk_codegen::error::Error;

/// Longer lines are not shown.
const LONGEST_LINE: usize = 400;

/// Where the parts of the configuration stand.
const PARTS: &[(&str, &str)] = &[
    ("ambiguous", "`ambiguous` in codegen/src/plesk/mod.rs"),
    ("answers_only", "ANSWERS_ONLY in codegen/src/plesk/operations.rs"),
    ("conversions", "CONVERSIONS in codegen/src/plesk/conversions.rs"),
    ("left_out", "`left_out` in codegen/src/plesk/mod.rs"),
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

/// Shows what stopped a reading, or a generation into `out`, on the standard error; with `short`, a line for each
/// problem. Returns how much it is. A copy of the schemas is shown as what it is `called`.
pub(crate) fn show(
    error: &Error,
    schemas: &Schemas<'_>,
    called: Option<&Path>,
    out: Option<&Path>,
    short: bool,
) -> String {
    let directory = from_here(schemas.directory);
    let report = error.report(&Schemas { directory: &directory, ..*schemas });
    let mut err = io::stderr().lock();
    let colour = err.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut text = Vec::new();
    // If nobody can read it, there is the exit status.
    let _ = write(&mut text, &report, short, colour);
    let text = String::from_utf8_lossy(&text);
    let _ = match called {
        Some(called) => err.write_all(as_files_of(called, schemas.directory, &text).as_bytes()),
        None => err.write_all(text.as_bytes()),
    };
    let count = report.diagnostics.len();
    let count = format!("{count} problem{}", if count == 1 { "" } else { "s" });
    let Some(out) = out else { return count };
    // A disk that is full may be so after the first file.
    let in_writing = error.0.iter().any(|problem| Path::new(&problem.file).starts_with(out));
    if in_writing { count } else { format!("{count}; nothing was written") }
}

fn write(mut out: impl Write, report: &Report, short: bool, colour: bool) -> io::Result<()> {
    let mut cache = Texts::of(report);
    for diagnostic in &report.diagnostics {
        let places = std::iter::once(&diagnostic.location).chain(&diagnostic.related);
        let seen: Vec<_> = places.filter_map(|place| cache.range(place).map(|range| (place, range))).collect();
        match seen.first() {
            Some((first, range)) if !short => {
                excerpt(diagnostic, first, range.clone(), &seen, colour).write(&mut cache, &mut out)?;
            }
            _ if short => writeln!(out, "{diagnostic}")?,
            _ => {
                writeln!(out, "Error: {}: {}", plain(&diagnostic.location.to_string()), plain(&diagnostic.title()))?;
                let advice = diagnostic.advice.iter().map(|advice| ("Help", plain(advice)));
                for (kind, text) in advice.chain(part(diagnostic).map(|part| ("Note", part))) {
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

/// The range of characters in a text, by the name of the text.
type Range = (String, std::ops::Range<usize>);

fn excerpt(
    diagnostic: &Diagnostic,
    first: &Location,
    range: Range,
    seen: &[(&Location, Range)],
    colour: bool,
) -> ariadne::Report<'static, Range> {
    let title = match first == &diagnostic.location {
        true => diagnostic.title(),
        false => format!("{}: {}", diagnostic.location, diagnostic.title()),
    };
    let mut report = ariadne::Report::build(ReportKind::Error, range)
        .with_config(Config::default().with_color(colour).with_tab_width(1))
        .with_message(plain(&title));
    // Those of a file stand together, in the order of its lines.
    let mut seen = seen.to_vec();
    seen.sort_by_key(|(place, _)| (place.file != first.file, place.file.clone(), place.span));
    for (place, range) in &seen {
        let own = *place == &diagnostic.location;
        let text = if place.text.is_empty() { "here".to_owned() } else { plain(&place.text) };
        let colour = if own { Color::Red } else { Color::Blue };
        report = report.with_label(Label::new(range.clone()).with_color(colour).with_message(text));
    }
    if let Some(advice) = &diagnostic.advice {
        report = report.with_help(plain(advice));
    }
    if let Some(part) = part(diagnostic) {
        report = report.with_note(part);
    }
    report.finish()
}

/// Where the part of the configuration is that a problem is about.
fn part(diagnostic: &Diagnostic) -> Option<String> {
    let advice = diagnostic.advice.as_deref().unwrap_or_default();
    let is_about = |name: &str| {
        diagnostic.location.file == format!("configuration, {name}") || advice.contains(&format!("`{name}`"))
    };
    let (name, place) = PARTS.iter().find(|(name, _)| is_about(name))?;
    // What holds for some versions only stands elsewhere.
    let layer = "or `LAYER` in the folder or file of the version beside it";
    Some(match place.starts_with('`') {
        true => format!("{place} is the part of the configuration, {layer}"),
        false => format!("`{name}` of the configuration is {place}, {layer}"),
    })
}

/// The texts of the files, fit for a terminal, as they are asked for.
struct Texts<'a> {
    report: &'a Report,
    sources: HashMap<String, Source<String>>,
}

impl<'a> Texts<'a> {
    fn of(report: &'a Report) -> Self {
        Self { report, sources: HashMap::new() }
    }

    /// The characters of the file that a place means, if they can be shown.
    fn range(&mut self, place: &Location) -> Option<Range> {
        let Span { line, column, length } = place.span?;
        let source = Cache::<String>::fetch(self, &place.file).ok()?;
        let line = source.line(line - 1).filter(|line| line.len() <= LONGEST_LINE)?;
        let start = line.offset() + column - 1;
        Some((place.file.clone(), start..start + length))
    }
}

impl Cache<String> for Texts<'_> {
    type Storage = String;

    fn fetch(&mut self, file: &String) -> Result<&Source<String>, impl std::fmt::Debug> {
        let Self { report, sources } = self;
        let Some(text) = report.sources.get(file) else { return Err(format!("there is no text of {file}")) };
        Ok(sources.entry(file.clone()).or_insert_with(|| Source::from(plain(text))))
    }

    fn display<'b>(&self, file: &'b String) -> Option<impl std::fmt::Display + 'b> {
        Some(file)
    }
}

/// A text with as many characters, none of which does anything to a terminal or ends a line, but line feeds.
fn plain(text: &str) -> String {
    let ends_line = |c| matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().map(|c| if c != '\n' && (c.is_control() || ends_line(c)) { ' ' } else { c }).collect()
}

/// What was said of files in `directory`, which is a copy, as people know them: as those of `source`.
pub(crate) fn as_files_of(source: &Path, directory: &Path, said: &str) -> String {
    let source = source.display().to_string();
    let said = said.replace(&directory.display().to_string(), &source);
    said.replace(&from_here(directory).display().to_string(), &source)
}

/// A path as it is called from where the program was started.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
