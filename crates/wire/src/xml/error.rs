//! What can be wrong with a text that is read.

use std::fmt;

/// The result of reading.
pub(super) type Result<T> = std::result::Result<T, ReadError>;

/// Why a text could not be read: what is wrong, in which element, at which line.
///
/// ```
/// use plesk_wire::xml::{Any, ReadErrorKind};
///
/// let error = Any::xml("<b>").unwrap_err();
/// assert!(matches!(error.kind(), ReadErrorKind::Malformed(_)) && error.is_fatal());
/// assert_eq!(error.line(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: ReadErrorKind,
    line: u32,
    path: String,
}

/// What is wrong with a text that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The text is not well-formed XML, or uses what is refused everywhere (a doctype).
    Malformed(String),
    /// A limit of the reader was passed.
    Limit(&'static str),
    /// What was read takes more memory than this limit of the reader, in bytes.
    Memory(usize),
    /// An element stands where the schema allows none of that name.
    Unexpected {
        /// The element that stands there.
        found: String,
        /// An element that is required at this place, if one is.
        expected: Option<&'static str>,
    },
    /// A required element is absent.
    Missing(&'static str),
    /// A required attribute is absent.
    MissingAttribute(&'static str),
    /// An attribute that the schema does not allow.
    UnexpectedAttribute(String),
    /// Text stands where only elements may.
    UnexpectedText,
    /// A text does not have the form that its type asks for.
    Value {
        /// What is wrong with it, as the end of a sentence.
        problem: String,
        /// The text, unless it is a secret.
        value: Option<String>,
    },
}

impl ReadError {
    pub(super) fn new(kind: ReadErrorKind, line: u32, path: String) -> Self {
        Self(Box::new(Inner { kind, line, path }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.0.kind
    }

    /// The line of the text, counted from 1.
    pub fn line(&self) -> u32 {
        self.0.line
    }

    /// The element in which the error lies, from the root: `packet/customer/get/result[3]/id`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Whether nothing more can be read of the text, because it is not XML.
    pub fn is_fatal(&self) -> bool {
        matches!(self.0.kind, ReadErrorKind::Malformed(_) | ReadErrorKind::Limit(_) | ReadErrorKind::Memory(_))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.0.line)?;
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        write!(f, "{}", self.0.kind)
    }
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => write!(f, "not well-formed XML: {what}"),
            Self::Limit(what) => write!(f, "refused: {what}"),
            Self::Memory(limit) => write!(f, "refused: what is read takes more than {limit} bytes of memory"),
            Self::Unexpected { found, expected: Some(expected) } => {
                write!(f, "<{found}> is not expected here; <{expected}> is")
            }
            Self::Unexpected { found, expected: None } => {
                write!(f, "<{found}> is not expected here")
            }
            Self::Missing(name) => write!(f, "<{name}> is missing"),
            Self::MissingAttribute(name) => write!(f, "the attribute {name} is missing"),
            Self::UnexpectedAttribute(name) => write!(f, "the attribute {name} is not allowed"),
            Self::UnexpectedText => write!(f, "text is not allowed here, only elements"),
            Self::Value { problem, value: Some(value) } => {
                write!(f, "'{}' {problem}", value.escape_debug())
            }
            Self::Value { problem, value: None } => write!(f, "the value (hidden) {problem}"),
        }
    }
}

impl std::error::Error for ReadError {}
