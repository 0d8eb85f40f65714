//! What can be wrong, with all that is known of it: what messages are made of.

use super::error::{ReadError, ReadErrorKind};
use super::violation::Violation;
use super::{SimpleType, ValueError, advice, libxml2};

/// A rule that is broken.
#[derive(Debug)]
pub(super) enum Issue {
    /// A text is not of its type.
    Value { broken: ValueError, of: &'static SimpleType, optional: bool },
    /// A text is of its type, but the value does not fit the Rust type.
    Range(&'static str),
    /// A text has a character that XML does not allow.
    Character,
    /// A list is too short or too long.
    Occurrence { length: usize, min: usize, max: usize },
    /// The last element of the path should not stand there.
    Unexpected {
        /// Its name with its namespace.
        qualified: String,
        /// What may stand there.
        expected: Vec<&'static str>,
        /// Whether it stands among members in any order of which none is missing: libxml2 does not
        /// say what it expects then.
        complete: bool,
        why: Why,
    },
    /// The innermost element is in a namespace, and those of the schema are in none.
    Namespace { qualified: String, is_root: bool },
    /// The root element is not the one that is due.
    Root { qualified: String, due: &'static str },
    /// A required element, or choice, is absent.
    Missing { due: &'static str, expected: Vec<&'static str> },
    /// A required attribute is absent.
    MissingAttribute(&'static str),
    /// An attribute that the schema does not allow; with its namespace.
    UnexpectedAttribute { name: String, qualified: String },
    /// Text stands where none may.
    Text(Holds),
    /// Elements stand where none may.
    Elements(Holds),
    /// An element says that it has no value, which it must have.
    NotNillable,
    /// Not well-formed, or refused everywhere.
    Malformed(String),
    /// More than the reader takes.
    Limit(&'static str),
    /// Anything else, in words.
    Other(String),
}

/// Why an element should not stand where it stands.
#[derive(Debug)]
pub(super) enum Why {
    /// The content has no element of the name; these it has, in the order of the schema.
    Unknown(Vec<&'static str>),
    /// It stands so often already, and no more are allowed.
    TooMany(usize),
    /// It excludes this one, which stands there already.
    Excluded(String),
    /// This one must come before it.
    TooEarly(&'static str),
    /// It must come before this one.
    TooLate(String),
    /// Not known.
    Unclear,
}

/// What the content of an element may be, where something else stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    Elements,
    Nothing,
    /// Text, and the element has no attributes.
    Text,
    /// Text, beside attributes.
    TextBesideAttributes,
    /// Nothing, as the element says itself with `xsi:nil`.
    Nil,
}

/// The place and the text of what is wrong.
pub(super) struct Subject<'a> {
    pub(super) path: String,
    /// The last element of the path.
    pub(super) element: &'a str,
    /// The attribute, if it is one.
    pub(super) attribute: Option<&'a str>,
    /// The whole text.
    pub(super) value: Option<&'a str>,
    pub(super) secret: bool,
}

/// What stops a reading, and errors that say no more than their words.
impl From<&ReadError> for Issue {
    fn from(error: &ReadError) -> Self {
        match error.kind() {
            ReadErrorKind::Malformed(what) => Self::Malformed(what.clone()),
            ReadErrorKind::Limit(what) => Self::Limit(what),
            ReadErrorKind::Memory(_) => Self::Limit("what is read takes more memory than the limit"),
            other => Self::Other(other.to_string()),
        }
    }
}

impl Issue {
    /// What is said of it.
    pub(super) fn violation(&self, of: Subject<'_>) -> Violation {
        let advice = advice::of(self, &of);
        let libxml2 = libxml2::of(self, &of);
        let value = of.value.filter(|_| !of.secret).map(|text| text.chars().take(80).collect());
        Violation {
            line: None,
            column: None,
            path: of.path,
            rule: self.rule(),
            expected: self.expected(),
            problem: self.problem(),
            value,
            advice,
            libxml2,
        }
    }

    fn rule(&self) -> &'static str {
        match self {
            Self::Value { broken, .. } => broken.rule(),
            Self::Range(_) => "range",
            Self::Character => "character",
            Self::Occurrence { .. } | Self::Unexpected { why: Why::TooMany(_), .. } => "occurrence",
            Self::Unexpected { why: Why::Unknown(_), .. } | Self::Root { .. } | Self::Namespace { .. } => "unknown",
            Self::Unexpected { why: Why::Excluded(_), .. } => "choice",
            Self::Unexpected { .. } => "order",
            Self::Missing { .. } => "missing",
            Self::MissingAttribute(_) | Self::UnexpectedAttribute { .. } | Self::NotNillable => "attribute",
            Self::Text(_) | Self::Elements(_) | Self::Other(_) => "content",
            Self::Malformed(_) => "xml",
            Self::Limit(_) => "limit",
        }
    }

    fn expected(&self) -> String {
        match self {
            Self::Value { broken, .. } => broken.expected(),
            Self::Range(_) => "a number that fits 64 bits".to_owned(),
            Self::Character => "characters that XML allows".to_owned(),
            Self::Occurrence { min, max, .. } => bounds(*min, *max),
            Self::Unexpected { expected, .. } if expected.is_empty() => "no further element".to_owned(),
            Self::Unexpected { expected, .. } | Self::Missing { expected, .. } => one_of(expected.iter().copied()),
            Self::Root { due, .. } => format!("<{due}>"),
            Self::Namespace { .. } => "an element in no namespace".to_owned(),
            Self::MissingAttribute(name) => format!("the attribute {name}"),
            Self::UnexpectedAttribute { .. } | Self::NotNillable => "no such attribute".to_owned(),
            Self::Text(holds) | Self::Elements(holds) => match holds {
                Holds::Elements => "elements only",
                Holds::Nothing | Holds::Nil => "nothing",
                Holds::Text | Holds::TextBesideAttributes => "text only",
            }
            .to_owned(),
            Self::Malformed(_) => "well-formed XML".to_owned(),
            Self::Limit(_) => "less".to_owned(),
            Self::Other(_) => String::new(),
        }
    }

    fn problem(&self) -> String {
        match self {
            Self::Value { broken, .. } => broken.to_string(),
            Self::Range(problem) => (*problem).to_owned(),
            Self::Character => "has a character that XML does not allow".to_owned(),
            Self::Occurrence { length, min, max } => {
                format!("stands {length} times; {} are needed", bounds(*min, *max))
            }
            Self::Unexpected { .. } => "the element is not expected here".to_owned(),
            Self::Root { due, .. } => format!("the root element is not <{due}>"),
            Self::Namespace { qualified, .. } => format!("{qualified} is in a namespace, where the schema has none"),
            Self::Missing { due, .. } => format!("{} is missing", one_of(names(due))),
            Self::MissingAttribute(name) => format!("the attribute {name} is missing"),
            Self::UnexpectedAttribute { name, .. } => format!("the attribute {name} is not allowed"),
            Self::Text(Holds::Nothing) => "the element must be empty, without even white space".to_owned(),
            Self::Elements(Holds::Nothing) => "the element must be empty".to_owned(),
            Self::Text(Holds::Nil) => "the element says that it has no value, and has one".to_owned(),
            Self::Text(_) => "text is not allowed here, only elements".to_owned(),
            Self::Elements(_) => "elements are not allowed here, only text".to_owned(),
            Self::NotNillable => "the element must have a value; xsi:nil is not allowed".to_owned(),
            Self::Malformed(what) => format!("not well-formed XML: {what}"),
            Self::Limit(what) => format!("refused: {what}"),
            Self::Other(what) => what.clone(),
        }
    }
}

/// `at least 1`, `2`, `1 to 3`.
fn bounds(min: usize, max: usize) -> String {
    match max {
        usize::MAX => format!("at least {min}"),
        _ if min == max => format!("{min}"),
        _ => format!("{min} to {max}"),
    }
}

/// The names in `a | b | c`, as a choice calls its alternatives.
pub(super) fn names(alternatives: &str) -> impl Iterator<Item = &str> {
    alternatives.split(" | ")
}

/// A message names so many elements.
const NAMED: usize = 8;

/// `<a>`, `one of <a>, <b>`, `one of <a>, <b> … (12)`.
pub(super) fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    match names[..] {
        [only] => format!("<{only}>"),
        _ => format!("one of {}", listed(&names)),
    }
}

/// `<a>, <b>`, `<a>, <b> … (12)`.
pub(super) fn listed(names: &[&str]) -> String {
    let shown: Vec<_> = names.iter().take(NAMED).map(|name| format!("<{name}>")).collect();
    let more = if names.len() > NAMED { format!(" … ({})", names.len()) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
