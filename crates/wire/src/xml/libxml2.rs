//! The words of libxml2, with which the server validates: what it would say of the same fault.
//!
//! They are those of version 2.9.14, without the file and the line before them.

use super::fault::{Fault, Holds, Subject};
use super::{Broken, Facet, Primitive, Simple};

/// libxml2 names so many of the elements that it expects.
const NAMED: usize = 10;

/// What libxml2 says of `fault`, if it has words for it.
pub(super) fn of(fault: &Fault, subject: &Subject<'_>) -> Option<String> {
    let about = |element: &str, words: &str| match subject.attribute {
        Some(attribute) => format!("Element '{element}', attribute '{attribute}': {words}"),
        None => format!("Element '{element}': {words}"),
    };
    let here = |words: &str| Some(about(subject.element, words));
    match fault {
        Fault::Value { broken, of, .. } => here(&value(*broken, of, subject)),
        Fault::Unexpected { qualified, expected, complete, .. } => {
            let expected = if *complete { &[] } else { &expected[..] };
            Some(about(qualified, &format!("This element is not expected.{}", names(expected))))
        }
        Fault::Root { qualified, .. } | Fault::Namespace { qualified, is_root: true } => {
            Some(about(qualified, "No matching global declaration available for the validation root."))
        }
        // What is expected in its place is not known by the time that its namespace is.
        Fault::Namespace { qualified, .. } => Some(about(qualified, "This element is not expected.")),
        Fault::Missing { expected, .. } => here(&format!("Missing child element(s).{}", names(expected))),
        Fault::MissingAttribute(name) => here(&format!("The attribute '{name}' is required but missing.")),
        Fault::UnexpectedAttribute { qualified, .. } => Some(format!(
            "Element '{}', attribute '{qualified}': The attribute '{qualified}' is not allowed.",
            subject.element
        )),
        Fault::Text(Holds::Nothing) => here("Character content is not allowed, because the content type is empty."),
        Fault::Elements(Holds::Nothing) => here("Element content is not allowed, because the content type is empty."),
        Fault::Elements(Holds::TextBesideAttributes) => {
            here("Element content is not allowed, because the content type is a simple type definition.")
        }
        Fault::Elements(_) => here("Element content is not allowed, because the type definition is simple."),
        Fault::Text(Holds::Nil) => {
            here("Neither character nor element content is allowed because the element is 'nilled'.")
        }
        Fault::Text(_) => {
            here("Character content other than whitespace is not allowed because the content type is 'element-only'.")
        }
        Fault::NotNillable => here("The element is not 'nillable'."),
        Fault::Range(_)
        | Fault::Character
        | Fault::Occurrence { .. }
        | Fault::Malformed(_)
        | Fault::Limit(_)
        | Fault::Other(_) => None,
    }
}

fn names(expected: &[&str]) -> String {
    match expected {
        [] => String::new(),
        [only] => format!(" Expected is ( {only} )."),
        _ => format!(" Expected is one of ( {} ).", expected[..expected.len().min(NAMED)].join(", ")),
    }
}

fn value(broken: Broken, of: &Simple, subject: &Subject<'_>) -> String {
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
        Broken::TooShort { min, actual, .. } => {
            facet(format!("{}; this underruns the allowed minimum length of '{min}'.", has_length(actual)))
        }
        Broken::TooLong { max, actual, .. } => {
            facet(format!("{}; this exceeds the allowed maximum length of '{max}'.", has_length(actual)))
        }
        Broken::WrongLength { expected, actual, .. } => {
            facet(format!("{}; this differs from the allowed length of '{expected}'.", has_length(actual)))
        }
        Broken::BelowMinimum(min) if is_facet(broken, of) => {
            facet(format!("'{normal}' is less than the minimum value allowed ('{min}')."))
        }
        Broken::AboveMaximum(max) if is_facet(broken, of) => {
            facet(format!("'{normal}' is greater than the maximum value allowed ('{max}')."))
        }
        Broken::NotAbove(min) => facet(format!("'{normal}' must be greater than '{min}'.")),
        Broken::NotBelow(max) => facet(format!("'{normal}' must be less than '{max}'.")),
        Broken::TooManyDigits { max, .. } => facet(format!("'{normal}' has more digits than are allowed ('{max}').")),
        Broken::TooManyFractionDigits { max, .. } => {
            facet(format!("'{normal}' has more fractional digits than are allowed ('{max}')."))
        }
        Broken::PatternMismatch(pattern) => facet(format!("'{normal}' is not accepted by the pattern '{pattern}'.")),
        Broken::Unlisted(values) => {
            let values: Vec<_> = values.iter().map(|value| format!("'{value}'")).collect();
            facet(format!("'{normal}' is not an element of the set {{{}}}.", values.join(", ")))
        }
        Broken::NotA(_) | Broken::NoMember | Broken::BelowMinimum(_) | Broken::AboveMaximum(_) => not_a(raw, of),
    }
}

/// Whether it is a facet that is broken, and not a bound of the built-in type.
fn is_facet(broken: Broken, of: &Simple) -> bool {
    of.facets.iter().any(|facet| match (facet, broken) {
        (Facet::MinInclusive(bound), Broken::BelowMinimum(broken))
        | (Facet::MaxInclusive(bound), Broken::AboveMaximum(broken)) => *bound == broken,
        (Facet::Length(_), Broken::WrongLength { .. })
        | (Facet::MinLength(_), Broken::TooShort { .. })
        | (Facet::MaxLength(_), Broken::TooLong { .. })
        | (Facet::Pattern(_), Broken::PatternMismatch(_))
        | (Facet::Enumeration(_), Broken::Unlisted(_)) => true,
        _ => false,
    })
}

fn not_a(value: &str, of: &Simple) -> String {
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
