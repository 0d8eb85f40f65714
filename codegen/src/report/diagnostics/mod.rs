//! Renders problems with their line and column, and with related excerpts.
//!
//! The stages of a generation know constructs, not lines. So the lines are looked up afterwards in the files, and only
//! if there are problems.

mod constructs;
mod spans;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::ops::Range;

use crate::Schemas;
use crate::error::{Error, Label, Problem, SpanHint};
use crate::load;
use constructs::Documents;

/// All diagnostics of a failed generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The diagnostics by file and line; those of the configuration are last.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of the files that [`Location::file`] names, if they can be read.
    pub sources: BTreeMap<String, String>,
}

/// A problem with its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where the problem is.
    pub location: Location,
    /// Related locations.
    pub related: Vec<Location>,
    /// The construct with the problem, such as `CustomerType/login`; empty if the problem is about the file.
    pub construct: String,
    /// What is wrong.
    pub message: String,
    /// How to fix it, unless the message already implies that.
    pub advice: Option<String>,
}

/// A location in a schema file or in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The path of the file, including the directory of [`Schemas`]. Or a part of the configuration.
    pub file: String,
    /// The characters to underline; `None` if the location is not in a text.
    pub span: Option<Span>,
    /// A short remark to show next to the excerpt; may be empty.
    pub text: String,
}

/// A range of characters within a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The line, counted from 1.
    pub line: usize,
    /// The column of the first character, counted from 1.
    pub column: usize,
    /// The number of characters, at least 1. The span ends at the end of the line at the latest.
    pub length: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        self.span.map_or(Ok(()), |Span { line, column, .. }| write!(f, ":{line}:{column}"))
    }
}

/// Formats the diagnostic as one line that editors can parse: `file:line:column: construct: message; advice`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = self.title();
        if let Some(advice) = &self.advice {
            line.push_str("; ");
            line.push_str(advice);
        }
        write!(f, "{}: {}", self.location, line.replace(char::is_control, " "))
    }
}

impl Diagnostic {
    /// Returns the construct and the message.
    pub fn title(&self) -> String {
        let Self { construct, message, .. } = self;
        // Some messages begin with the construct itself.
        if construct.is_empty() || message.starts_with(construct) {
            message.clone()
        } else {
            format!("{construct}: {message}")
        }
    }
}

impl Error {
    /// Looks up the problems in the files of `schemas`, which must be those of the generation.
    pub fn report(&self, schemas: &Schemas<'_>) -> Report {
        let texts = read_texts(schemas);
        let locator = Locator { schemas, documents: Documents::of(&texts), texts: &texts };
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for problem in &self.0 {
            let found = locator.to_diagnostic(problem);
            // A declaration that both directions or several constructs share is reported once. Entries of the configuration
            // have no place that tells them apart.
            let is_known = |known: &Diagnostic| {
                let is_same_place = found.location.span.is_some() || known.construct == found.construct;
                is_same_place && (&known.location, &known.message) == (&found.location, &found.message)
            };
            if !diagnostics.iter().any(is_known) {
                diagnostics.push(found);
            }
        }
        let display_path = |name: &String| locator.display_path(name);
        let texts =
            texts.iter().map(|(name, text)| (display_path(name), text.trim_start_matches('\u{FEFF}').to_owned()));
        let sources: BTreeMap<_, _> = texts.collect();
        diagnostics.sort_by_cached_key(|it| {
            (!sources.contains_key(&it.location.file) && it.location.span.is_none(), it.location.clone())
        });
        Report { diagnostics, sources }
    }
}

/// Returns the texts of all files that the entry points reach, including invalid files.
fn read_texts(schemas: &Schemas<'_>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut queue = VecDeque::from([schemas.request.to_owned(), schemas.response.to_owned()]);
    while let Some(name) = queue.pop_front() {
        if !known.insert(name.clone()) {
            continue;
        }
        let Some(text) = load::read_lossy(schemas.directory, &name) else { continue };
        queue.extend(load::included_names(&text).into_iter().filter(|name| !name.contains(['/', '\\'])));
        texts.insert(name, text);
    }
    texts
}

/// Finds the locations of problems.
struct Locator<'a> {
    schemas: &'a Schemas<'a>,
    texts: &'a BTreeMap<String, String>,
    documents: Documents<'a>,
}

impl Locator<'_> {
    fn to_diagnostic(&self, problem: &Problem) -> Diagnostic {
        let Problem { construct, message, advice, label, related, .. } = problem;
        let location = self.to_location(label);
        let mut related: Vec<Location> = related.iter().map(|label| self.to_location(label)).collect();
        related.retain(|other| (&other.file, other.span) != (&location.file, location.span));
        Diagnostic { location, related, construct: construct.clone(), message: message.clone(), advice: advice.clone() }
    }

    fn to_location(&self, label: &Label) -> Location {
        let text = label.text.clone();
        if label.span == SpanHint::Directory {
            return Location { file: self.schemas.directory.display().to_string(), span: None, text };
        }
        let (file, bytes) = match &label.span {
            SpanHint::Bytes(bytes) => (label.file.as_str(), Some(bytes.clone())),
            _ => match spans::locate(&self.documents, label) {
                Some((file, bytes)) => (file, Some(bytes)),
                // A file that is not XML has no constructs, so its start is shown.
                None => (label.file.as_str(), Some(0..0)),
            },
        };
        let span = self.texts.get(file).zip(bytes).map(|(text, bytes)| span_of(text, bytes));
        Location { file: self.display_path(file), span, text }
    }

    /// Returns the path to show for a schema file. Any other name is returned unchanged.
    fn display_path(&self, file: &str) -> String {
        let is_schema = self.texts.contains_key(file) || [self.schemas.request, self.schemas.response].contains(&file);
        if is_schema { self.schemas.directory.join(file).display().to_string() } else { file.to_owned() }
    }
}

/// Converts a byte range to a span within its first line.
fn span_of(text: &str, bytes: Range<usize>) -> Span {
    let last = text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
    let mut start = bytes.start.min(last);
    // For the end of a line, the character before it is shown.
    let ends_line = |at: usize| {
        text[at..].starts_with(['\r', '\n']) && text[..at].chars().next_back().is_some_and(|before| before != '\n')
    };
    while !text.is_char_boundary(start) || ends_line(start) {
        start -= 1;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let rest = text[start..].lines().next().unwrap_or_default();
    let length = rest.char_indices().take_while(|(at, _)| start + at < bytes.end).count();
    Span {
        line: text[..start].matches('\n').count() + 1,
        column: text[line_start..start].trim_start_matches('\u{FEFF}').chars().count() + 1,
        length: length.max(1),
    }
}
