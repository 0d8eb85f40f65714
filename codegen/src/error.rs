//! The problems that stop a generation, and where each is.

use std::fmt;
use std::ops::Range;

/// A mistake in the schemas or in the configuration of the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the file within the schema directory, or the part of the configuration.
    pub file: String,
    /// The construct within the file: a type, and the path of elements from there.
    pub construct: String,
    /// What is wrong.
    pub message: String,
    /// How to fix it, unless the message already implies that.
    pub advice: Option<String>,
    /// The text to show.
    pub(crate) label: Label,
    /// Further texts that help to understand the problem.
    pub(crate) related: Vec<Label>,
    pub(crate) confidence: Confidence,
}

/// A labeled part of a file. It names a construct, because the stages know no lines;
/// [`diagnostics`](crate::diagnostics) finds the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) file: String,
    pub(crate) construct: String,
    pub(crate) span: SpanHint,
    /// A short remark to show next to the excerpt; may be empty.
    pub(crate) text: String,
}

/// The part of a construct to underline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SpanHint {
    /// The name of the construct. If the file has several, the one with this index.
    Construct(usize),
    /// The name of the top-level declaration of one of these XSD elements that has the name of the construct. If the
    /// file has several, the one with this index.
    TopLevel(&'static [&'static str], usize),
    /// These bytes of the file; the construct is ignored.
    Bytes(Range<usize>),
    /// No text: the directory of the files.
    Directory,
    /// The first of these attributes that is present.
    Attribute(&'static [&'static str]),
    /// The first of these XSD elements that is present.
    Xsd(&'static [&'static str]),
    /// The attribute that refers to a declaration of this name.
    Reference(String),
    /// The particle with these values of `minOccurs` and `maxOccurs`.
    Occurs(usize, usize),
    /// The facet of this name and value.
    Facet(&'static str, String),
}

/// How likely a problem is a root cause, given that there are others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Confidence {
    /// It is a problem of its own, whatever else is wrong.
    Certain,
    /// The declaration of this name is missing. It may be in a part of the files that could not be read.
    Undeclared(String),
    /// It may only follow from a missing declaration.
    Consequence,
}

impl Problem {
    /// Creates a problem of `construct` in `file`.
    pub fn new(file: impl Into<String>, construct: impl Into<String>, message: impl Into<String>) -> Self {
        let (file, construct) = (file.into(), construct.into());
        let span = SpanHint::Construct(0);
        let label = Label { file: file.clone(), construct: construct.clone(), span, text: String::new() };
        Self {
            file,
            construct,
            message: message.into(),
            advice: None,
            label,
            related: Vec::new(),
            confidence: Confidence::Certain,
        }
    }

    /// Adds how to fix it.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Sets the part of the construct to underline.
    pub(crate) fn at(mut self, span: SpanHint) -> Self {
        self.label.span = span;
        self
    }

    /// Marks the problem as caused by the missing declaration of `name`, to which the construct refers.
    pub(crate) fn undeclared(mut self, name: &str) -> Self {
        self.confidence = Confidence::Undeclared(name.to_owned());
        self.at(SpanHint::Reference(name.to_owned()))
    }

    /// Marks the problem as a possible consequence of others.
    pub(crate) fn consequence(mut self) -> Self {
        self.confidence = Confidence::Consequence;
        self
    }

    /// Shows another construct than the one that the problem is about.
    pub(crate) fn shown_at(mut self, file: &str, construct: &str) -> Self {
        (self.label.file, self.label.construct) = (file.to_owned(), construct.to_owned());
        self
    }

    /// Sets the remark to show next to the excerpt.
    pub(crate) fn label(mut self, text: &str) -> Self {
        text.clone_into(&mut self.label.text);
        self
    }

    /// Adds a related construct to show.
    pub(crate) fn related(mut self, file: &str, construct: &str, span: SpanHint, text: &str) -> Self {
        let (file, construct, text) = (file.to_owned(), construct.to_owned(), text.to_owned());
        self.related.push(Label { file, construct, span, text });
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.construct.is_empty() {
            write!(f, "{}: ", self.construct)?;
        }
        f.write_str(&self.message)?;
        self.advice.as_ref().map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

/// All problems that stopped a generation; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub Vec<Problem>);

/// Appends the problems of `more` that `problems` does not contain yet.
pub(crate) fn extend_unique(problems: &mut Vec<Problem>, more: impl IntoIterator<Item = Problem>) {
    for problem in more {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// Returns the value of `result`, or appends its problems and returns `None`.
pub(crate) fn ok_or_collect<T>(problems: &mut Vec<Problem>, result: Result<T, Error>) -> Option<T> {
    result.map_err(|Error(found)| extend_unique(problems, found)).ok()
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
