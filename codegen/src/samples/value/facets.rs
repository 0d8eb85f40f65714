//! Checks texts against the facets of their types.
//!
//! It does not use the rules of the runtime crate, because that is under test.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::model::{Facet, Model, Primitive, SimpleId, WhiteSpace};
use regex::Regex;

use super::family::Family;

/// The white space of XML.
const WHITE_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// Returns `true` if `text` is a value of the simple type.
pub fn is_valid(model: &Model, id: SimpleId, text: &str) -> bool {
    let simple = &model.simples[id];
    let text = &match simple.white_space {
        WhiteSpace::Preserve => text.to_owned(),
        WhiteSpace::Replace => text.replace(WHITE_SPACE, " "),
        WhiteSpace::Collapse => text.split(WHITE_SPACE).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
    };
    let (family, of_type) = match &simple.primitive {
        Primitive::BuiltIn(name) => (Family::of(name), Family::of(name).contains(text)),
        Primitive::Union(members) => (Family::Text, members.iter().any(|member| is_valid(model, *member, text))),
        Primitive::List(item) => (Family::Text, text.split_whitespace().all(|part| is_valid(model, *item, part))),
    };
    let length = || match simple.primitive {
        Primitive::List(_) => text.split_whitespace().count(),
        _ => family.length(text),
    };
    // Patterns come last, because they take longest.
    let (patterns, others): (Vec<&Facet>, Vec<&Facet>) =
        simple.facets.iter().partition(|facet| matches!(facet, Facet::Pattern(_)));
    of_type
        && others.into_iter().chain(patterns).all(|facet| match facet {
            Facet::Length(n) => length() == *n,
            Facet::MinLength(n) => length() >= *n,
            Facet::MaxLength(n) => length() <= *n,
            Facet::MinInclusive(v) => family.compare(text, v).is_some_and(Ordering::is_ge),
            Facet::MaxInclusive(v) => family.compare(text, v).is_some_and(Ordering::is_le),
            Facet::MinExclusive(v) => family.compare(text, v).is_some_and(Ordering::is_gt),
            Facet::MaxExclusive(v) => family.compare(text, v).is_some_and(Ordering::is_lt),
            Facet::TotalDigits(n) => digits(text).trim_start_matches('0').len() <= *n,
            Facet::FractionDigits(n) => text.split_once('.').map_or(0, |(_, after)| after.len()) <= *n,
            Facet::Pattern(patterns) => patterns.iter().any(|pattern| matches(&pattern.regex, text)),
            Facet::Enumeration(values) => values.iter().any(|value| value == text),
        })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Returns `true` if `text` matches. Each pattern is compiled once.
fn matches(pattern: &str, text: &str) -> bool {
    static COMPILED: LazyLock<Mutex<HashMap<String, Option<Regex>>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if !compiled.contains_key(pattern) {
        compiled.insert(pattern.to_owned(), Regex::new(pattern).ok());
    }
    compiled.get(pattern).and_then(Option::as_ref).is_some_and(|regex| regex.is_match(text))
}
