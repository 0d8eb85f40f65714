//! Mutations of values.

use plesk_codegen::model::{Facet, Primitive, SimpleId};

use super::mutator::Mutator;
use crate::packet::{Element, Node};
use crate::value::{Family, boundary_values};

/// Values and near misses of every built-in type.
const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "+7",
    "007",
    "-0",
    "+0",
    "7.0",
    "7.",
    ".7",
    ".",
    "7e2",
    "7E-2",
    "7e",
    "+7.5e+2",
    "1,000",
    "0x1F",
    "INF",
    "-INF",
    "+INF",
    "inf",
    "NaN",
    "nan",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "32767",
    "32768",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "0000000000000000000000000000007",
    "true",
    "false",
    "TRUE",
    "True",
    "t",
    "ok",
    "OK",
    "error",
    "on",
    "admin",
    "2024-02-29",
    "2023-02-29",
    "2024-2-29",
    "2024-02-29Z",
    "2024-02-29+14:00",
    "2024-02-29+14:01",
    "2024-02-29-00:00",
    "0000-01-01",
    "-0001-12-31",
    "10000-01-01",
    "02024-01-01",
    "2024-13-01",
    "2024-02-29T00:00:00",
    "2024-02-29T24:00:00",
    "2024-02-29T24:00:01",
    "2024-02-29T23:59:60",
    "2024-02-29T23:59:59.125Z",
    "2024-02-29T23:59:59.",
    "2024-02-29T23:59",
    "2024-02-29 00:00:00",
    "23:59:59",
    "P1D",
    "P",
    "-P1Y2M",
    "PT",
    "P1DT1.5S",
    "QUI=",
    "QUI",
    "QQ==",
    "QR==",
    "Q U I =",
    "0f",
    "0F",
    "f",
    "192.0.2.1",
    "2001:db8::1",
    "a@example.com",
    "http://example.com/",
    "\u{e4}",
    "\u{1f600}",
    "a\u{a0}b",
    "a  b",
    "\u{663}",
];

/// Characters that occur in values, and one that is rare.
const CHARACTERS: &[char] = &['0', '1', '9', '+', '-', '.', ':', '_', '@', '/', ' ', 'a', 'Z', 'T', 'e', '=', '\u{e4}'];

/// Replaces a random typed text by what `make` returns for it. Returns `true` if this changed anything.
///
/// In a document without typed texts, an attribute is changed instead.
fn change(mutator: &mut Mutator<'_>, make: impl FnOnce(&mut Mutator<'_>, SimpleId, &str) -> Option<String>) -> bool {
    let is_typed = |node: &Node| matches!(node, Node::Text { simple: Some(_), .. });
    let Some(path) = mutator.random_path_where(|element| element.content.iter().any(is_typed)) else {
        return change_attribute(mutator, make);
    };
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    let Some(index) = element.content.iter().position(is_typed) else { return false };
    let Node::Text { text, simple: Some(simple) } = element.content[index].clone() else { return false };
    let Some(new) = make(mutator, simple, &text) else { return false };
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    let changed = new != text;
    element.content[index] = Node::Text { text: new, simple: Some(simple) };
    changed
}

/// Replaces the value of a random typed attribute by what `make` returns for it.
fn change_attribute(
    mutator: &mut Mutator<'_>,
    make: impl FnOnce(&mut Mutator<'_>, SimpleId, &str) -> Option<String>,
) -> bool {
    let Some(path) = mutator.random_path_where(|element| element.attributes.iter().any(|a| a.simple.is_some())) else {
        return false;
    };
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    let Some(index) = element.attributes.iter().position(|a| a.simple.is_some()) else { return false };
    let old = element.attributes[index].clone();
    let Some(new) = old.simple.and_then(|simple| make(mutator, simple, &old.value)) else { return false };
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    let changed = new != old.value;
    element.attributes[index].value = new;
    changed
}

pub(super) fn empty(mutator: &mut Mutator<'_>) -> bool {
    let has_value = |element: &Element| {
        element.is_text() && matches!(&element.content[0], Node::Text { text, .. } if !text.is_empty())
    };
    let Some(path) = mutator.random_path_where(has_value) else { return false };
    let keep_text_node = mutator.rng.bool();
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    if keep_text_node && let Node::Text { text, .. } = &mut element.content[0] {
        text.clear();
    } else {
        element.content.clear();
    }
    true
}

pub(super) fn boundary(mutator: &mut Mutator<'_>) -> bool {
    change(mutator, |mutator, simple, _| {
        let simple = &mutator.protocol.model.simples[simple];
        let Primitive::BuiltIn(name) = &simple.primitive else { return None };
        let family = Family::of(name);
        let mut values: Vec<String> = simple.facets.iter().flat_map(|facet| boundary_values(family, facet)).collect();
        if let Family::Integer(min, max) = family {
            values.extend([min - 1, min, min + 1, max - 1, max, max + 1].map(|n| n.to_string()));
        }
        for facet in &simple.facets {
            if let Facet::Enumeration(listed) = facet {
                values.extend(listed.iter().flat_map(|value| [value.to_uppercase(), format!("{value}x")]));
            }
        }
        mutator.rng.choice(values)
    })
}

pub(super) fn other_type(mutator: &mut Mutator<'_>) -> bool {
    change(mutator, |mutator, _, _| match mutator.rng.bool() {
        true => Some(mutator.pick(VALUES).to_owned()),
        false => {
            let all = &mutator.protocol.examples;
            let examples = mutator.rng.choice(all)?;
            mutator.rng.choice(examples).map(|example| example.text.clone())
        }
    })
}

/// Replaces a value by another spelling of it, if its type has several.
pub(super) fn equivalent(mutator: &mut Mutator<'_>) -> bool {
    change(mutator, |mutator, simple, text| {
        let Primitive::BuiltIn(name) = &mutator.protocol.model.simples[simple].primitive else { return None };
        let spellings = match Family::of(name) {
            Family::Boolean => vec!["0".to_owned(), "1".to_owned()],
            Family::Integer(..) | Family::Decimal => {
                let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
                let mut all = vec![format!("{sign}00{digits}")];
                if sign.is_empty() {
                    all.push(format!("+{text}"));
                }
                if digits.bytes().all(|b| b == b'0') {
                    all.push("-0".to_owned());
                }
                all
            }
            Family::Float => vec![format!("{text}e0"), format!("+{text}"), format!("0{text}"), format!("{text}E+00")],
            Family::DateTime | Family::Time => vec![format!("{text}.000"), text.replace('Z', "+00:00")],
            Family::Date => vec![format!("{text}Z"), text.replace('Z', "-00:00")],
            Family::Hex => vec![text.to_uppercase()],
            Family::Base64 => vec![text.split_inclusive(|_| true).collect::<Vec<_>>().join(" ")],
            _ => vec![format!("{text} "), text.replace(' ', "  "), text.to_uppercase()],
        };
        mutator.rng.choice(spellings)
    })
}

pub(super) fn add_white_space(mutator: &mut Mutator<'_>) -> bool {
    change(mutator, |mutator, _, text| {
        let space = mutator.pick(&[" ", "\t", "\n", "\r", "  ", "\u{a0}", "\u{2003}"]);
        let positions = text.char_indices().map(|(position, _)| position).collect::<Vec<_>>();
        Some(match mutator.rng.u8(..5) {
            0 => format!("{space}{text}"),
            1 => format!("{text}{space}"),
            2 => format!("{space}{text}{space}"),
            3 => space.to_owned(),
            _ => {
                let (before, after) = text.split_at(mutator.rng.choice(positions).unwrap_or(0));
                format!("{before}{space}{after}")
            }
        })
    })
}

pub(super) fn typo(mutator: &mut Mutator<'_>) -> bool {
    change(mutator, |mutator, _, text| {
        let mut characters: Vec<char> = text.chars().collect();
        let c = mutator.rng.choice(CHARACTERS).copied().unwrap_or('x');
        let index = mutator.rng.usize(..=characters.len());
        match mutator.rng.u8(..3) {
            0 if index < characters.len() => characters[index] = c,
            1 if index < characters.len() => drop(characters.remove(index)),
            _ => characters.insert(index, c),
        }
        Some(characters.into_iter().collect())
    })
}
