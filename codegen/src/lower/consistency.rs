//! Checks that the facets of a derivation step agree with each other and with those of the base type (XML Schema Part 2,
//! sections 4.3.1 to 4.3.12).

use std::cmp::Ordering::{self, Equal, Greater, Less};

use plesk_wire::xml;

use crate::model::{Facet, Primitive};

/// A relation that two facets must not have: the orderings of their values, and its words.
type Relation = (&'static [Ordering], &'static str);

const GREATER: Relation = (&[Greater], "is greater than");
const LESS: Relation = (&[Less], "is less than");
const NOT_LESS: Relation = (&[Greater, Equal], "is not less than");
const NOT_GREATER: Relation = (&[Less, Equal], "is not greater than");
const DIFFERENT: Relation = (&[Less, Greater], "differs from");
const TOGETHER: Relation = (&[Less, Equal, Greater], "cannot be together with");

/// The relations that two facets of one step must not have.
const WITHIN_STEP: &[(&str, Relation, &str)] = &[
    ("minLength", GREATER, "maxLength"),
    ("length", TOGETHER, "minLength"),
    ("length", TOGETHER, "maxLength"),
    ("fractionDigits", GREATER, "totalDigits"),
    ("minInclusive", TOGETHER, "minExclusive"),
    ("maxInclusive", TOGETHER, "maxExclusive"),
    ("minInclusive", GREATER, "maxInclusive"),
    ("minInclusive", NOT_LESS, "maxExclusive"),
    ("minExclusive", GREATER, "maxExclusive"),
    ("minExclusive", NOT_LESS, "maxInclusive"),
];

/// The relations that a facet of a step must not have to a facet of the base type.
const TO_BASE: &[(&str, Relation, &str)] = &[
    ("length", DIFFERENT, "length"),
    ("length", LESS, "minLength"),
    ("length", GREATER, "maxLength"),
    ("minLength", LESS, "minLength"),
    ("minLength", GREATER, "maxLength"),
    ("minLength", GREATER, "length"),
    ("maxLength", GREATER, "maxLength"),
    ("maxLength", LESS, "minLength"),
    ("maxLength", LESS, "length"),
    ("totalDigits", GREATER, "totalDigits"),
    ("fractionDigits", GREATER, "fractionDigits"),
    ("fractionDigits", GREATER, "totalDigits"),
    ("minInclusive", LESS, "minInclusive"),
    ("minInclusive", NOT_GREATER, "minExclusive"),
    ("minInclusive", GREATER, "maxInclusive"),
    ("minInclusive", NOT_LESS, "maxExclusive"),
    ("minExclusive", LESS, "minExclusive"),
    ("minExclusive", LESS, "minInclusive"),
    ("minExclusive", GREATER, "maxInclusive"),
    ("minExclusive", NOT_LESS, "maxExclusive"),
    ("maxInclusive", GREATER, "maxInclusive"),
    ("maxInclusive", NOT_LESS, "maxExclusive"),
    ("maxInclusive", LESS, "minInclusive"),
    ("maxInclusive", NOT_GREATER, "minExclusive"),
    ("maxExclusive", GREATER, "maxExclusive"),
    ("maxExclusive", GREATER, "maxInclusive"),
    ("maxExclusive", NOT_GREATER, "minInclusive"),
    ("maxExclusive", NOT_GREATER, "minExclusive"),
];

/// The bounds of the built-in integers.
const INTEGERS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("byte", Some("-128"), Some("127")),
    ("short", Some("-32768"), Some("32767")),
    ("int", Some("-2147483648"), Some("2147483647")),
    ("long", Some("-9223372036854775808"), Some("9223372036854775807")),
    ("unsignedByte", Some("0"), Some("255")),
    ("unsignedShort", Some("0"), Some("65535")),
    ("unsignedInt", Some("0"), Some("4294967295")),
    ("unsignedLong", Some("0"), Some("18446744073709551615")),
    ("positiveInteger", Some("1"), None),
    ("nonNegativeInteger", Some("0"), None),
    ("negativeInteger", None, Some("-1")),
    ("nonPositiveInteger", None, Some("0")),
];

/// Returns the facets of a type, with those that its built-in type has by itself.
pub(super) fn with_built_in_bounds(primitive: &Primitive, facets: &[Facet]) -> Vec<Facet> {
    let mut all = facets.to_vec();
    let Primitive::BuiltIn(name) = primitive else { return all };
    if let Some((_, min, max)) = INTEGERS.iter().find(|(known, ..)| known == name) {
        let is_bound = |names: [&str; 2]| names.iter().any(|name| value_of(facets, name).is_some());
        let min = min.filter(|_| !is_bound(["minInclusive", "minExclusive"]));
        let max = max.filter(|_| !is_bound(["maxInclusive", "maxExclusive"]));
        all.extend(min.map(|min| Facet::MinInclusive(min.to_owned())));
        all.extend(max.map(|max| Facet::MaxInclusive(max.to_owned())));
    }
    all
}

/// Two facets that contradict each other.
pub(super) struct Contradiction {
    pub(super) message: String,
    /// The facet of the step, and its value.
    pub(super) facet: (&'static str, String),
}

/// Returns the contradictions of the facets of a step, among each other and to those of the type that they restrict.
pub(super) fn find_contradictions(own: &[Facet], of_base: &[Facet], base: &xml::SimpleType) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (rules, others, place) in [(WITHIN_STEP, own, ""), (TO_BASE, of_base, " of the base type")] {
        for (name, (orderings, relation), other) in rules {
            let (Some(value), Some(limit)) = (value_of(own, name), value_of(others, other)) else { continue };
            if compare(&value, &limit, base).is_some_and(|ordering| orderings.contains(&ordering)) {
                let message = format!("{name} '{value}' {relation} {other} '{limit}'{place}");
                found.push(Contradiction { message, facet: (name, value.to_string()) });
            }
        }
    }
    found
}

fn value_of(facets: &[Facet], name: &str) -> Option<Value> {
    facets.iter().find_map(|facet| {
        let (own_name, value) = match facet {
            Facet::Length(n) => ("length", Value::Number(*n)),
            Facet::MinLength(n) => ("minLength", Value::Number(*n)),
            Facet::MaxLength(n) => ("maxLength", Value::Number(*n)),
            Facet::TotalDigits(n) => ("totalDigits", Value::Number(*n)),
            Facet::FractionDigits(n) => ("fractionDigits", Value::Number(*n)),
            Facet::MinInclusive(value) => ("minInclusive", Value::Literal(value.clone())),
            Facet::MaxInclusive(value) => ("maxInclusive", Value::Literal(value.clone())),
            Facet::MinExclusive(value) => ("minExclusive", Value::Literal(value.clone())),
            Facet::MaxExclusive(value) => ("maxExclusive", Value::Literal(value.clone())),
            Facet::Pattern(_) | Facet::Enumeration(_) => return None,
        };
        (own_name == name).then_some(value)
    })
}

/// The value of a facet.
enum Value {
    /// A number of characters, items or digits.
    Number(usize),
    /// A literal of the restricted type.
    Literal(String),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Literal(literal) => literal.fmt(f),
        }
    }
}

/// Compares the values of two facets. Returns `None` where the type defines no order.
fn compare(a: &Value, b: &Value, base: &xml::SimpleType) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Literal(a), Value::Literal(b)) => base.compare(a, b),
        _ => None,
    }
}
