//! The parts of our own message about an issue.

use crate::xml::names::{one_of, one_of_alternatives};
use crate::xml::violations::issue::{AllowedContent, Issue, Reason};

/// Returns the name of the broken rule.
pub(super) fn rule(issue: &Issue) -> &'static str {
    match issue {
        Issue::Value { error, .. } => error.rule(),
        Issue::Range(_) => "range",
        Issue::Character => "character",
        Issue::Blank => "blank",
        Issue::Occurrence { .. } | Issue::Unexpected { reason: Reason::TooMany(_), .. } => "occurrence",
        Issue::Unexpected { reason: Reason::Unknown(_), .. } | Issue::Root { .. } | Issue::Namespace { .. } => {
            "unknown"
        }
        Issue::Unexpected { reason: Reason::Excluded(_), .. } => "choice",
        Issue::Unexpected { .. } => "order",
        Issue::Missing { .. } => "missing",
        Issue::MissingAttribute(_) | Issue::UnexpectedAttribute { .. } | Issue::NotNillable => "attribute",
        Issue::Text(_) | Issue::Elements(_) | Issue::Other(_) => "content",
        Issue::Malformed(_) => "xml",
        Issue::Limit(_) => "limit",
    }
}

/// Returns what the rule requires.
pub(super) fn expected(issue: &Issue) -> String {
    match issue {
        Issue::Value { error, .. } => error.expected(),
        Issue::Range(_) => "a number that fits 64 bits".to_owned(),
        Issue::Character => "characters that XML allows".to_owned(),
        Issue::Blank => "a value that names an object".to_owned(),
        Issue::Occurrence { min, max, .. } => bounds(*min, *max),
        Issue::Unexpected { expected, .. } if expected.is_empty() => "no further element".to_owned(),
        Issue::Unexpected { expected, .. } | Issue::Missing { expected, .. } => one_of(expected.iter().copied()),
        Issue::Root { expected, .. } => format!("<{expected}>"),
        Issue::Namespace { .. } => "an element without a namespace".to_owned(),
        Issue::MissingAttribute(name) => format!("the attribute {name}"),
        Issue::UnexpectedAttribute { .. } | Issue::NotNillable => "no such attribute".to_owned(),
        Issue::Text(allowed) | Issue::Elements(allowed) => match allowed {
            AllowedContent::Elements => "elements only",
            AllowedContent::Nothing | AllowedContent::Nil => "nothing",
            AllowedContent::Text | AllowedContent::TextWithAttributes => "text only",
        }
        .to_owned(),
        Issue::Malformed(_) => "well-formed XML".to_owned(),
        Issue::Limit(_) => "a document within the limits".to_owned(),
        Issue::Other(_) => String::new(),
    }
}

/// Returns the problem, as the end of a sentence that begins with the value, if there is one.
pub(super) fn problem(issue: &Issue) -> String {
    match issue {
        Issue::Value { error, .. } => error.to_string(),
        Issue::Range(problem) => (*problem).to_owned(),
        Issue::Character => "contains a character that XML does not allow".to_owned(),
        Issue::Blank => "is blank, and it selects the objects that the operation changes or deletes".to_owned(),
        Issue::Occurrence { length, min, max } => {
            let times = if *length == 1 { "time" } else { "times" };
            format!("occurs {length} {times}; expected {}", bounds(*min, *max))
        }
        Issue::Unexpected { .. } => "unexpected element".to_owned(),
        Issue::Root { expected, .. } => format!("unexpected root element; expected <{expected}>"),
        Issue::Namespace { qualified, .. } => {
            format!("{qualified} has a namespace; the elements of the schema have none")
        }
        Issue::Missing { missing, .. } => format!("{} is missing", one_of_alternatives(missing)),
        Issue::MissingAttribute(name) => format!("the attribute {name} is missing"),
        Issue::UnexpectedAttribute { name, .. } => format!("the attribute {name} is not allowed"),
        Issue::Text(AllowedContent::Nothing) => "the element must be empty, without even white space".to_owned(),
        Issue::Elements(AllowedContent::Nothing) => "the element must be empty".to_owned(),
        Issue::Text(AllowedContent::Nil) => "the element has xsi:nil but is not empty".to_owned(),
        Issue::Text(_) => "text is not allowed here, only elements".to_owned(),
        Issue::Elements(_) => "elements are not allowed here, only text".to_owned(),
        Issue::NotNillable => "the element must have a value; xsi:nil is not allowed".to_owned(),
        Issue::Malformed(message) => format!("not well-formed XML: {message}"),
        Issue::Limit(message) => format!("refused: {message}"),
        Issue::Other(message) => message.clone(),
    }
}

/// Formats bounds as `at least 1`, `2` or `1 to 3`.
fn bounds(min: usize, max: usize) -> String {
    match max {
        usize::MAX => format!("at least {min}"),
        _ if min == max => format!("{min}"),
        _ => format!("{min} to {max}"),
    }
}
