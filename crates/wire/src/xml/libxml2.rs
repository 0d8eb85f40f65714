//! The words of libxml2, with which the server validates: what it would say of the same fault.
//!
//! They are those of version 2.9.14, without the file and the line before them.

use super::issue::{Holds, Issue, Subject};
use super::{Facet, Primitive, SimpleType, ValueError};

/// libxml2 names so many of the elements that it expects.
const NAMED: usize = 10;

/// What libxml2 says of `fault`, if it has words for it.
pub(super) fn of(fault: &Issue, subject: &Subject<'_>) -> Option<String> {
    let about = |element: &str, words: &str| match subject.attribute {
        Some(attribute) => format!("Element '{element}', attribute '{attribute}': {words}"),
        None => format!("Element '{element}': {words}"),
    };
    let here = |words: &str| Some(about(subject.element, words));
    match fault {
        Issue::Value { broken, of, .. } => here(&value(*broken, of, subject)),
        Issue::Unexpected { qualified, expected, complete, .. } => {
            let expected = if *complete { &[] } else { &expected[..] };
            Some(about(qualified, &format!("This element is not expected.{}", names(expected))))
        }
        Issue::Root { qualified, .. } | Issue::Namespace { qualified, is_root: true } => {
            Some(about(qualified, "No matching global declaration available for the validation root."))
        }
        // What is expected in its place is not known by the time that its namespace is.
        Issue::Namespace { qualified, .. } => Some(about(qualified, "This element is not expected.")),
        Issue::Missing { expected, .. } => here(&format!("Missing child element(s).{}", names(expected))),
        Issue::MissingAttribute(name) => here(&format!("The attribute '{name}' is required but missing.")),
        Issue::UnexpectedAttribute { qualified, .. } => Some(format!(
            "Element '{}', attribute '{qualified}': The attribute '{qualified}' is not allowed.",
            subject.element
        )),
        Issue::Text(Holds::Nothing) => here("Character content is not allowed, because the content type is empty."),
        Issue::Elements(Holds::Nothing) => here("Element content is not allowed, because the content type is empty."),
        Issue::Elements(Holds::TextBesideAttributes) => {
            here("Element content is not allowed, because the content type is a simple type definition.")
        }
        Issue::Elements(_) => here("Element content is not allowed, because the type definition is simple."),
        Issue::Text(Holds::Nil) => {
            here("Neither character nor element content is allowed because the element is 'nilled'.")
        }
        Issue::Text(_) => {
            here("Character content other than whitespace is not allowed because the content type is 'element-only'.")
        }
        Issue::NotNillable => here("The element is not 'nillable'."),
        Issue::Range(_)
        | Issue::Character
        | Issue::Occurrence { .. }
        | Issue::Malformed(_)
        | Issue::Limit(_)
        | Issue::Other(_) => None,
    }
}

fn names(expected: &[&str]) -> String {
    match expected {
        [] => String::new(),
        [only] => format!(" Expected is ( {only} )."),
        _ => format!(" Expected is one of ( {} ).", expected[..expected.len().min(NAMED)].join(", ")),
    }
}

fn value(broken: ValueError, of: &SimpleType, subject: &Subject<'_>) -> String {
    let raw = if subject.secret { "***" } else { subject.value.unwrap_or_default() };
    let normal = of.normalize(raw);
    let facet = |words: String| format!("[facet '{}'] The value {words}", broken.rule());
    // Of an attribute it shows the value where it speaks of the length.
    let has_length = |actual: usize| match subject.attribute {
        Some(_) => format!("'{normal}' has a length of '{actual}'"),
        None => format!("has a length of '{actual}'"),
    };
    match broken {
        _ if matches!(of.primitive, Primitive::List(_)) && !is_facet(broken, of) => not_a(raw, of),
        ValueError::TooShort { min, actual, .. } => {
            facet(format!("{}; this underruns the allowed minimum length of '{min}'.", has_length(actual)))
        }
        ValueError::TooLong { max, actual, .. } => {
            facet(format!("{}; this exceeds the allowed maximum length of '{max}'.", has_length(actual)))
        }
        ValueError::WrongLength { expected, actual, .. } => {
            facet(format!("{}; this differs from the allowed length of '{expected}'.", has_length(actual)))
        }
        ValueError::BelowMinimum(min) if is_facet(broken, of) => {
            facet(format!("'{normal}' is less than the minimum value allowed ('{min}')."))
        }
        ValueError::AboveMaximum(max) if is_facet(broken, of) => {
            facet(format!("'{normal}' is greater than the maximum value allowed ('{max}')."))
        }
        ValueError::NotGreaterThan(min) => facet(format!("'{normal}' must be greater than '{min}'.")),
        ValueError::NotBelow(max) => facet(format!("'{normal}' must be less than '{max}'.")),
        ValueError::TooManyDigits { max, .. } => {
            facet(format!("'{normal}' has more digits than are allowed ('{max}')."))
        }
        ValueError::TooManyFractionDigits { max, .. } => {
            facet(format!("'{normal}' has more fractional digits than are allowed ('{max}')."))
        }
        ValueError::PatternMismatch(pattern) => {
            facet(format!("'{normal}' is not accepted by the pattern '{pattern}'."))
        }
        ValueError::NotInEnumeration(values) => {
            let values: Vec<_> = values.iter().map(|value| format!("'{value}'")).collect();
            facet(format!("'{normal}' is not an element of the set {{{}}}.", values.join(", ")))
        }
        ValueError::InvalidLexical(_)
        | ValueError::NoMember
        | ValueError::BelowMinimum(_)
        | ValueError::AboveMaximum(_) => not_a(raw, of),
    }
}

/// Whether it is a facet that is broken, and not a bound of the built-in type.
fn is_facet(broken: ValueError, of: &SimpleType) -> bool {
    of.facets.iter().any(|facet| match (facet, broken) {
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

fn not_a(value: &str, of: &SimpleType) -> String {
    let kind = match of.primitive {
        Primitive::Union(_) => "union",
        Primitive::List(_) => "list",
        _ => "atomic",
    };
    match of.name {
        "" => format!("'{value}' is not a valid value of the local {kind} type."),
        name => format!("'{value}' is not a valid value of the {kind} type '{name}'."),
    }
}
