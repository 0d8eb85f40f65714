//! A broken rule before it is rendered, with everything that messages need.

use crate::xml::datatypes::simple_type::SimpleType;
use crate::xml::datatypes::value_error::ValueError;
use crate::xml::error::{ReadError, ReadErrorKind};

/// A rule of the schema, or of XML, that is broken.
#[derive(Debug)]
pub(in crate::xml) enum Issue {
    /// A text does not satisfy its type.
    Value { error: ValueError, simple_type: &'static SimpleType, optional: bool },
    /// A text satisfies its type, but the value does not fit the Rust type.
    Range(&'static str),
    /// A text contains a character that XML does not allow.
    Character,
    /// A selector has a blank value. The schema allows it, but what a server does with it is not known.
    Blank,
    /// A list is too short or too long.
    Occurrence { length: usize, min: usize, max: usize },
    /// The last element of the path is not allowed at its place.
    Unexpected {
        /// Its name with its namespace.
        qualified: String,
        /// The elements that are allowed at this place.
        expected: Vec<&'static str>,
        /// `true` for content in any order of which nothing is missing. libxml2 does not name the
        /// expected elements then.
        complete: bool,
        reason: Reason,
    },
    /// The innermost element has a namespace, but those of the schema have none.
    Namespace { qualified: String, is_root: bool },
    /// The root element is not the expected one.
    Root { qualified: String, expected: &'static str },
    /// A required element or choice is missing.
    Missing { missing: &'static str, expected: Vec<&'static str> },
    /// A required attribute is missing.
    MissingAttribute(&'static str),
    /// An attribute is not allowed by the schema.
    UnexpectedAttribute { name: String, qualified: String },
    /// Text appears where none is allowed.
    Text(AllowedContent),
    /// Elements appear where none are allowed.
    Elements(AllowedContent),
    /// An element that must have a value has `xsi:nil`.
    NotNillable,
    /// The document is not well-formed, or uses something that is always refused.
    Malformed(String),
    /// The document exceeds a limit of the reader.
    Limit(&'static str),
    /// Any other issue, in words.
    Other(String),
}

/// The reason why an element is not allowed at its place.
#[derive(Debug)]
pub(in crate::xml) enum Reason {
    /// The content has no element of that name. Contains those it has, in schema order.
    Unknown(Vec<&'static str>),
    /// It occurs this often already, and no more are allowed.
    TooMany(usize),
    /// It excludes this element, which precedes it.
    Excluded(String),
    /// This element or choice must come before it.
    TooEarly(&'static str),
    /// It must come before this element.
    TooLate(String),
    /// The reason is not known.
    Unclear,
}

/// The content that an element may have, where it has something else.
#[derive(Clone, Copy, Debug)]
pub(in crate::xml) enum AllowedContent {
    Elements,
    Nothing,
    /// Text; the element has no attributes.
    Text,
    /// Text; the element may have attributes.
    TextWithAttributes,
    /// Nothing, because the element has `xsi:nil`.
    Nil,
}

/// The place and the text of an issue.
pub(in crate::xml) struct Subject<'a> {
    pub(in crate::xml) path: String,
    /// The last element of the path.
    pub(in crate::xml) element: &'a str,
    /// The attribute, if the issue is about one.
    pub(in crate::xml) attribute: Option<&'a str>,
    /// The whole text, if the issue is about one.
    pub(in crate::xml) value: Option<&'a str>,
    pub(in crate::xml) secret: bool,
}

/// An error that stops the reading, or that is known in words only.
impl From<&ReadError> for Issue {
    fn from(error: &ReadError) -> Self {
        match error.kind() {
            ReadErrorKind::Malformed(message) => Self::Malformed(message.clone()),
            ReadErrorKind::Limit(message) => Self::Limit(message),
            ReadErrorKind::Memory(_) => Self::Limit("the parsed data needs more memory than the limit"),
            other => Self::Other(other.to_string()),
        }
    }
}
