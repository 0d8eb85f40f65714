//! The errors of reading a document.

use std::fmt;

use super::names::one_of_alternatives;
use crate::one_line::OneLine;

/// The result of reading.
pub(super) type Result<T> = std::result::Result<T, ReadError>;

/// The reason why a document could not be read, with its line and its element.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::{Any, ReadErrorKind};
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

/// The kind of a [`ReadError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The document is not well-formed XML, or uses something that is always refused (a doctype).
    Malformed(String),
    /// The document exceeds a limit of the reader.
    Limit(&'static str),
    /// The parsed data needs more memory than this limit of the reader, in bytes.
    Memory(usize),
    /// An element appears where the schema allows no element of that name.
    Unexpected {
        /// The unexpected element.
        found: String,
        /// An element that is required at this place, if there is one.
        expected: Option<&'static str>,
    },
    /// A required element is missing.
    Missing(&'static str),
    /// A required attribute is missing.
    MissingAttribute(&'static str),
    /// An attribute is not allowed by the schema.
    UnexpectedAttribute(String),
    /// Text appears where only elements are allowed.
    UnexpectedText,
    /// A text cannot be parsed as its type.
    Value {
        /// The reason, as the end of a sentence.
        problem: String,
        /// The text, unless it is a secret.
        value: Option<String>,
    },
}

impl ReadError {
    pub(super) fn new(kind: ReadErrorKind, line: u32, path: String) -> Self {
        Self(Box::new(Inner { kind, line, path }))
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> &ReadErrorKind {
        &self.0.kind
    }

    /// Returns the line in the document, counted from 1.
    pub fn line(&self) -> u32 {
        self.0.line
    }

    /// Returns the path of the element with the error: `packet/customer/get/result[3]/id`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the error with `map` applied to every text that comes from the document, for example to remove secrets.
    #[doc(hidden)]
    #[must_use]
    pub fn map_texts(self, map: impl Fn(&str) -> String) -> Self {
        use ReadErrorKind::{Limit, Memory, Missing, MissingAttribute, UnexpectedText};
        // These name only what the schema has. There may be millions of them.
        if matches!(self.0.kind, Missing(_) | MissingAttribute(_) | UnexpectedText | Limit(_) | Memory(_)) {
            return self;
        }
        let Inner { kind, line, path } = *self.0;
        let kind = match kind {
            ReadErrorKind::Malformed(message) => ReadErrorKind::Malformed(map(&message)),
            ReadErrorKind::Unexpected { found, expected } => ReadErrorKind::Unexpected { found: map(&found), expected },
            ReadErrorKind::UnexpectedAttribute(name) => ReadErrorKind::UnexpectedAttribute(map(&name)),
            ReadErrorKind::Value { problem, value } => {
                ReadErrorKind::Value { problem: map(&problem), value: value.as_deref().map(&map) }
            }
            other => other,
        };
        // The names in the path may come from the document too.
        Self::new(kind, line, map(&path))
    }

    /// Returns the error at another place: that of the whole document that a part was read from.
    #[doc(hidden)]
    #[must_use]
    pub fn at(self, line: u32, path: String) -> Self {
        Self::new(self.0.kind, line, path)
    }

    /// Returns `true` if the rest of the document cannot be read, because it is not XML or exceeds a
    /// limit.
    pub fn is_fatal(&self) -> bool {
        matches!(self.0.kind, ReadErrorKind::Malformed(_) | ReadErrorKind::Limit(_) | ReadErrorKind::Memory(_))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.0.line)?;
        if !self.0.path.is_empty() {
            write!(f, "{}: ", OneLine(&self.0.path))?;
        }
        write!(f, "{}", self.0.kind)
    }
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(message) => write!(f, "not well-formed XML: {}", OneLine(message)),
            Self::Limit(message) => write!(f, "refused: {message}"),
            Self::Memory(limit) => write!(f, "refused: the parsed data needs more than {limit} bytes of memory"),
            Self::Unexpected { found, expected: Some(expected) } => {
                write!(f, "unexpected element <{}>; expected {}", OneLine(found), one_of_alternatives(expected))
            }
            Self::Unexpected { found, expected: None } => write!(f, "unexpected element <{}>", OneLine(found)),
            Self::Missing(name) => write!(f, "{} is missing", one_of_alternatives(name)),
            Self::MissingAttribute(name) => write!(f, "the attribute {name} is missing"),
            Self::UnexpectedAttribute(name) => write!(f, "the attribute {} is not allowed", OneLine(name)),
            Self::UnexpectedText => write!(f, "text is not allowed here, only elements"),
            Self::Value { problem, value: Some(value) } => write!(f, "'{}' {problem}", value.escape_debug()),
            Self::Value { problem, value: None } => write!(f, "the value *** {problem}"),
        }
    }
}

impl std::error::Error for ReadError {}
