//! Problems as they are shown: each with its line, and with what else there is to look at.
//!
//! The stages of a generation know constructs, not lines. So the lines are looked up afterwards, in the files as they
//! are, and only if something is wrong.

mod constructs;
mod spans;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::ops::Range;

use crate::Schemas;
use crate::error::{Error, Label, Problem, SpanHint};
use crate::load::{self, XSD};
use constructs::Documents;

/// What there is to say about a failed generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The problems, by file and line; those of the configuration come last.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of the files that [`Location::file`] names, as far as they can be read.
    pub sources: BTreeMap<String, String>,
}

/// A problem to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where it is.
    pub location: Location,
    /// What it has to do with.
    pub related: Vec<Location>,
    /// The construct that it is about, such as `CustomerType/login`; empty if it is about the file.
    pub construct: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where the message does not say so already.
    pub advice: Option<String>,
}

/// A location to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, with the directory that [`Schemas`] names; or a part of the configuration.
    pub file: String,
    /// The characters that are meant; `None` if it is no location in a text.
    pub span: Option<Span>,
    /// What is to be seen there, in a few words; may be empty.
    pub text: String,
}

/// Characters of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The line, from 1.
    pub line: usize,
    /// The first of the characters, from 1.
    pub column: usize,
    /// How many characters, at least 1; no further than the end of the line.
    pub length: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        self.span.map_or(Ok(()), |Span { line, column, .. }| write!(f, ":{line}:{column}"))
    }
}

/// One line, `file:line:column: construct: message; advice`, as editors read it.
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
    /// The construct and what is wrong with it.
    pub fn title(&self) -> String {
        let Self { construct, message, .. } = self;
        // A message may begin with the construct itself.
        if construct.is_empty() || message.starts_with(construct) {
            message.clone()
        } else {
            format!("{construct}: {message}")
        }
    }
}

impl Error {
    /// Looks up where the problems are, in the files of these `schemas`, which the generation was given.
    pub fn report(&self, schemas: &Schemas<'_>) -> Report {
        let texts = texts(schemas);
        let locator = Locator { schemas, documents: Documents::of(&texts), texts: &texts };
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for problem in &self.0 {
            let found = locator.diagnostic(problem);
            // What both directions have, or several constructs share, is one problem.
            if !diagnostics.iter().any(|known| (&known.location, &known.message) == (&found.location, &found.message)) {
                diagnostics.push(found);
            }
        }
        let shown = |name: &String| locator.path(name);
        let texts = texts.iter().map(|(name, text)| (shown(name), text.trim_start_matches('\u{FEFF}').to_owned()));
        let sources: BTreeMap<_, _> = texts.collect();
        diagnostics.sort_by_cached_key(|it| {
            (!sources.contains_key(&it.location.file) && it.location.span.is_none(), it.location.clone())
        });
        Report { diagnostics, sources }
    }
}

/// The files that the entry points reach, good or not.
fn texts(schemas: &Schemas<'_>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut queue = VecDeque::from([schemas.request.to_owned(), schemas.response.to_owned()]);
    while let Some(name) = queue.pop_front() {
        if !known.insert(name.clone()) {
            continue;
        }
        let Some(text) = load::read_lossy(schemas.directory, &name) else { continue };
        if let Ok(document) = roxmltree::Document::parse(&text) {
            let includes = document.root_element().children().filter(|node| node.has_tag_name((XSD, "include")));
            let names = includes.filter_map(|node| node.attribute("schemaLocation"));
            let names = names.map(|name| name.trim().trim_start_matches("./").to_owned());
            queue.extend(names.filter(|name| !name.contains(['/', '\\'])));
        }
        texts.insert(name, text);
    }
    texts
}

/// Finds places in texts.
struct Locator<'a> {
    schemas: &'a Schemas<'a>,
    texts: &'a BTreeMap<String, String>,
    documents: Documents<'a>,
}

impl Locator<'_> {
    fn diagnostic(&self, problem: &Problem) -> Diagnostic {
        let Problem { construct, message, advice, label, related, .. } = problem;
        let location = self.location(label);
        let mut related: Vec<Location> = related.iter().map(|label| self.location(label)).collect();
        related.retain(|other| (&other.file, other.span) != (&location.file, location.span));
        Diagnostic { location, related, construct: construct.clone(), message: message.clone(), advice: advice.clone() }
    }

    fn location(&self, label: &Label) -> Location {
        let text = label.text.clone();
        if label.span == SpanHint::Directory {
            return Location { file: self.schemas.directory.display().to_string(), span: None, text };
        }
        let (file, bytes) = match &label.span {
            SpanHint::Bytes(bytes) => (label.file.as_str(), Some(bytes.clone())),
            _ => match spans::locate(&self.documents, label) {
                Some((file, bytes)) => (file, Some(bytes)),
                // What is no XML has no constructs, but a beginning.
                None => (label.file.as_str(), Some(0..0)),
            },
        };
        let span = self.texts.get(file).zip(bytes).map(|(text, bytes)| span(text, bytes));
        Location { file: self.path(file), span, text }
    }

    /// How a file of the schemas is called in what is shown; anything else is called as it is.
    fn path(&self, file: &str) -> String {
        let is_schema = self.texts.contains_key(file) || [self.schemas.request, self.schemas.response].contains(&file);
        if is_schema { self.schemas.directory.join(file).display().to_string() } else { file.to_owned() }
    }
}

/// The line and the characters of `bytes`, which end with their line at the latest.
fn span(text: &str, bytes: Range<usize>) -> Span {
    let last = text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
    let mut start = bytes.start.min(last);
    // The end of a line is shown by the character before it.
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
