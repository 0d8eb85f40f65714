//! The message of libxml2, with which servers validate, for the same issue.
//!
//! The messages are those of version 2.9.14, without the file and the line before them.

use crate::xml::datatypes::simple_type::{Facet, Primitive, SimpleType};
use crate::xml::datatypes::value_error::ValueError;
use crate::xml::violations::issue::{AllowedContent, Issue, Subject};

/// The greatest number of expected elements that libxml2 names.
const MAX_LISTED: usize = 10;

/// Returns the message of libxml2 for `issue`, if it has one.
pub(super) fn message(issue: &Issue, subject: &Subject<'_>) -> Option<String> {
    let about = |element: &str, words: &str| match subject.attribute {
        Some(attribute) => format!("Element '{element}', attribute '{attribute}': {words}"),
        None => format!("Element '{element}': {words}"),
    };
    let here = |words: &str| Some(about(subject.element, words));
    match issue {
        Issue::Value { error, simple_type, .. } => here(&value(*error, simple_type, subject)),
        Issue::Unexpected { qualified, expected, complete, .. } => {
            let expected = if *complete { &[] } else { &expected[..] };
            Some(about(qualified, &format!("This element is not expected.{}", expected_elements(expected))))
        }
        Issue::Root { qualified, .. } | Issue::Namespace { qualified, is_root: true } => {
            Some(about(qualified, "No matching global declaration available for the validation root."))
        }
        // The expected elements are not known yet when the namespace is read.
        Issue::Namespace { qualified, .. } => Some(about(qualified, "This element is not expected.")),
        Issue::Missing { expected, .. } => here(&format!("Missing child element(s).{}", expected_elements(expected))),
        Issue::MissingAttribute(name) => here(&format!("The attribute '{name}' is required but missing.")),
        Issue::UnexpectedAttribute { qualified, .. } => Some(format!(
            "Element '{}', attribute '{qualified}': The attribute '{qualified}' is not allowed.",
            subject.element
        )),
        Issue::Text(AllowedContent::Nothing) => {
            here("Character content is not allowed, because the content type is empty.")
        }
        Issue::Elements(AllowedContent::Nothing) => {
            here("Element content is not allowed, because the content type is empty.")
        }
        Issue::Elements(AllowedContent::TextWithAttributes) => {
            here("Element content is not allowed, because the content type is a simple type definition.")
        }
        Issue::Elements(_) => here("Element content is not allowed, because the type definition is simple."),
        Issue::Text(AllowedContent::Nil) => {
            here("Neither character nor element content is allowed because the element is 'nilled'.")
        }
        Issue::Text(_) => {
            here("Character content other than whitespace is not allowed because the content type is 'element-only'.")
        }
        Issue::NotNillable => here("The element is not 'nillable'."),
        Issue::Range(_)
        | Issue::Character
        | Issue::Blank
        | Issue::Occurrence { .. }
        | Issue::Malformed(_)
        | Issue::Limit(_)
        | Issue::Other(_) => None,
    }
}

fn expected_elements(expected: &[&str]) -> String {
    match expected {
        [] => String::new(),
        [only] => format!(" Expected is ( {only} )."),
        _ => format!(" Expected is one of ( {} ).", expected[..expected.len().min(MAX_LISTED)].join(", ")),
    }
}

fn value(error: ValueError, simple_type: &SimpleType, subject: &Subject<'_>) -> String {
    let raw = if subject.secret { "***" } else { subject.value.unwrap_or_default() };
    let normalized = simple_type.normalize(raw);
    let facet = |words: String| format!("[facet '{}'] The value {words}", error.rule());
    // For an attribute, a message about the length includes the value.
    let has_length = |actual: usize| match subject.attribute {
        Some(_) => format!("'{normalized}' has a length of '{actual}'"),
        None => format!("has a length of '{actual}'"),
    };
    match error {
        _ if matches!(simple_type.primitive, Primitive::List(_)) && !is_facet_error(error, simple_type) => {
            not_a_value(raw, simple_type)
        }
        ValueError::TooShort { min, actual, .. } => {
            facet(format!("{}; this underruns the allowed minimum length of '{min}'.", has_length(actual)))
        }
        ValueError::TooLong { max, actual, .. } => {
            facet(format!("{}; this exceeds the allowed maximum length of '{max}'.", has_length(actual)))
        }
        ValueError::WrongLength { expected, actual, .. } => {
            facet(format!("{}; this differs from the allowed length of '{expected}'.", has_length(actual)))
        }
        ValueError::BelowMinimum(min) if is_facet_error(error, simple_type) => {
            facet(format!("'{normalized}' is less than the minimum value allowed ('{min}')."))
        }
        ValueError::AboveMaximum(max) if is_facet_error(error, simple_type) => {
            facet(format!("'{normalized}' is greater than the maximum value allowed ('{max}')."))
        }
        ValueError::NotGreaterThan(min) => facet(format!("'{normalized}' must be greater than '{min}'.")),
        ValueError::NotBelow(max) => facet(format!("'{normalized}' must be less than '{max}'.")),
        ValueError::TooManyDigits { max, .. } => {
            facet(format!("'{normalized}' has more digits than are allowed ('{max}')."))
        }
        ValueError::TooManyFractionDigits { max, .. } => {
            facet(format!("'{normalized}' has more fractional digits than are allowed ('{max}')."))
        }
        ValueError::PatternMismatch(pattern) => {
            facet(format!("'{normalized}' is not accepted by the pattern '{pattern}'."))
        }
        ValueError::NotInEnumeration(values) => {
            let values: Vec<_> = values.iter().map(|value| format!("'{value}'")).collect();
            facet(format!("'{normalized}' is not an element of the set {{{}}}.", values.join(", ")))
        }
        ValueError::InvalidLexical(_)
        | ValueError::NoMember
        | ValueError::BelowMinimum(_)
        | ValueError::AboveMaximum(_) => not_a_value(raw, simple_type),
    }
}

/// Returns `true` if a facet is broken, not a bound of the built-in type.
fn is_facet_error(error: ValueError, simple_type: &SimpleType) -> bool {
    simple_type.facets.iter().any(|facet| match (facet, error) {
        (Facet::MinInclusive(bound), ValueError::BelowMinimum(broken))
        | (Facet::MaxInclusive(bound), ValueError::AboveMaximum(broken)) => *bound == broken,
        (Facet::Length(_), ValueError::WrongLength { .. })
        | (Facet::MinLength(_), ValueError::TooShort { .. })
        | (Facet::MaxLength(_), ValueError::TooLong { .. })
        | (Facet::Pattern(_), ValueError::PatternMismatch(_))
        | (Facet::Enumeration(_), ValueError::NotInEnumeration(_)) => true,
        _ => false,
    })
}

fn not_a_value(value: &str, simple_type: &SimpleType) -> String {
    let kind = match simple_type.primitive {
        Primitive::Union(_) => "union",
        Primitive::List(_) => "list",
        _ => "atomic",
    };
    match simple_type.name {
        "" => format!("'{value}' is not a valid value of the local {kind} type."),
        name => format!("'{value}' is not a valid value of the {kind} type '{name}'."),
    }
}
