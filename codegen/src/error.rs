//! What stops a generation: every problem found, each with its place.

use std::fmt;
use std::ops::Range;

/// A problem with the schemas or with the configuration of the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name within the schema directory, or the part of the configuration.
    pub file: String,
    /// The construct within the file: a type, and the elements on the way into it.
    pub construct: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it, where the message does not say so already.
    pub advice: Option<String>,
    /// Where to look, and what to look at beside it.
    pub(crate) label: Label,
    pub(crate) related: Vec<Label>,
    pub(crate) confidence: Confidence,
}

/// A place in a file, as the stages of a generation know it: without a line. [`crate::diagnostics`] finds that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) file: String,
    pub(crate) construct: String,
    pub(crate) span: SpanHint,
    /// What is to be seen there, in a few words.
    pub(crate) text: String,
}

/// What within a construct is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SpanHint {
    /// The construct itself; of several in the file, the one with this number, from 0.
    Construct(usize),
    /// What stands at the top level as one of these elements of XSD, under the name of the construct; of several in the
    /// file, the one with this number, from 0.
    TopLevel(&'static [&'static str], usize),
    /// These bytes of the file, whatever the construct.
    Bytes(Range<usize>),
    /// The directory of the files.
    Directory,
    /// The first of these attributes that is there.
    Attribute(&'static [&'static str]),
    /// The first of these elements of XSD that is there.
    Xsd(&'static [&'static str]),
    /// The attribute that refers to a declaration of this name.
    Reference(String),
    /// The particle that may stand there this often.
    Occurs(usize, usize),
    /// The facet of this name and value.
    Facet(&'static str, String),
}

/// How sure a problem is while others are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confidence {
    /// It is one, whatever else is wrong.
    Certain,
    /// Something is not declared: in a file that could not be read it may be.
    Undeclared,
    /// What is missing elsewhere may be all there is to it.
    Consequence,
}

impl Problem {
    /// A problem with `construct` in `file`.
    pub fn new(file: impl Into<String>, construct: impl Into<String>, message: impl Into<String>) -> Self {
        let (file, construct) = (file.into(), construct.into());
        let label = Label {
            file: file.clone(),
            construct: construct.clone(),
            span: SpanHint::Construct(0),
            text: String::new(),
        };
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

    /// Says what to do.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Says what within the construct is meant.
    pub(crate) fn at(mut self, span: SpanHint) -> Self {
        self.label.span = span;
        self
    }

    /// Says that something called `name`, which the construct refers to, is not declared.
    pub(crate) fn undeclared(mut self, name: &str) -> Self {
        self.confidence = Confidence::Undeclared;
        self.at(SpanHint::Reference(name.to_owned()))
    }

    /// Says that the problem may be nothing but a consequence of others.
    pub(crate) fn consequence(mut self) -> Self {
        self.confidence = Confidence::Consequence;
        self
    }

    /// Says that what there is to see stands elsewhere.
    pub(crate) fn shown_at(mut self, file: &str, construct: &str) -> Self {
        (self.label.file, self.label.construct) = (file.to_owned(), construct.to_owned());
        self
    }

    /// Says in a few words what is to be seen there.
    pub(crate) fn label(mut self, text: &str) -> Self {
        text.clone_into(&mut self.label.text);
        self
    }

    /// Points at a further place.
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

/// Everything that stopped a generation; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub Vec<Problem>);

/// Adds those of `more` that are not there yet.
pub(crate) fn extend_unique(problems: &mut Vec<Problem>, more: impl IntoIterator<Item = Problem>) {
    for problem in more {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// What a step gave, or nothing and its problems among the others.
pub(crate) fn ok_or_collect<T>(problems: &mut Vec<Problem>, step: Result<T, Error>) -> Option<T> {
    step.map_err(|Error(found)| extend_unique(problems, found)).ok()
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
