//! Values that do not fit, or fit in another spelling.

use plesk_codegen::model::{Facet, Primitive, SimpleId};

use super::{Place, is_leaf};
use crate::tree::Node;
use crate::value::{Family, at_bound};

/// Of every type something that is a value of it, and something that nearly is.
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

/// What stands in values, and a little else.
const CHARACTERS: &[char] = &['0', '1', '9', '+', '-', '.', ':', '_', '@', '/', ' ', 'a', 'Z', 'T', 'e', '=', '\u{e4}'];

/// Another value for a random leaf; whether there is one.
fn change(place: &mut Place<'_>, make: impl FnOnce(&mut Place<'_>, SimpleId, &str) -> Option<String>) -> bool {
    let typed = |node: &Node| matches!(node, Node::Text { simple: Some(_), .. });
    let Some(path) = place.element(|element| element.content.iter().any(typed)) else { return attribute(place, make) };
    let node =
        place.document.at(&path).and_then(|element| element.content.iter().position(typed).map(|at| (at, element)));
    let Some((at, element)) = node else { return false };
    let Node::Text { text, simple: Some(simple) } = element.content[at].clone() else { return false };
    let Some(new) = make(place, simple, &text) else { return false };
    let Some(element) = place.document.at(&path) else { return false };
    let changed = new != text;
    element.content[at] = Node::Text { text: new, simple: Some(simple) };
    changed
}

/// The same for a random attribute.
fn attribute(place: &mut Place<'_>, make: impl FnOnce(&mut Place<'_>, SimpleId, &str) -> Option<String>) -> bool {
    let Some(path) = place.element(|element| element.attributes.iter().any(|a| a.simple.is_some())) else {
        return false;
    };
    let Some(element) = place.document.at(&path) else { return false };
    let Some(at) = element.attributes.iter().position(|a| a.simple.is_some()) else { return false };
    let old = element.attributes[at].clone();
    let Some(new) = old.simple.and_then(|simple| make(place, simple, &old.value)) else { return false };
    let Some(element) = place.document.at(&path) else { return false };
    let changed = new != old.value;
    element.attributes[at].value = new;
    changed
}

pub(super) fn empty(place: &mut Place<'_>) -> bool {
    let is_filled = |element: &crate::tree::Element| {
        is_leaf(element) && matches!(&element.content[0], Node::Text { text, .. } if !text.is_empty())
    };
    let Some(path) = place.element(is_filled) else { return false };
    let keep = place.rng.bool();
    let Some(element) = place.document.at(&path) else { return false };
    if keep && let Node::Text { text, .. } = &mut element.content[0] {
        text.clear();
    } else {
        element.content.clear();
    }
    true
}

pub(super) fn bound(place: &mut Place<'_>) -> bool {
    change(place, |place, simple, _| {
        let simple = &place.protocol.model.simples[simple];
        let Primitive::BuiltIn(name) = &simple.primitive else { return None };
        let family = Family::of(name);
        let mut values: Vec<String> = simple.facets.iter().flat_map(|facet| at_bound(family, facet)).collect();
        if let Family::Integer(min, max) = family {
            values.extend([min - 1, min, min + 1, max - 1, max, max + 1].map(|n| n.to_string()));
        }
        for facet in &simple.facets {
            if let Facet::Enumeration(listed) = facet {
                values.extend(listed.iter().flat_map(|value| [value.to_uppercase(), format!("{value}x")]));
            }
        }
        place.rng.choice(values)
    })
}

pub(super) fn foreign(place: &mut Place<'_>) -> bool {
    change(place, |place, _, _| match place.rng.bool() {
        true => Some(place.one(VALUES).to_owned()),
        false => {
            let all = &place.protocol.examples;
            let examples = place.rng.choice(all)?;
            place.rng.choice(examples).map(|example| example.text.clone())
        }
    })
}

/// What a value may also be written as, if it is one of a type that allows it.
pub(super) fn respell(place: &mut Place<'_>) -> bool {
    change(place, |place, simple, text| {
        let Primitive::BuiltIn(name) = &place.protocol.model.simples[simple].primitive else { return None };
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
        place.rng.choice(spellings)
    })
}

pub(super) fn blank(place: &mut Place<'_>) -> bool {
    change(place, |place, _, text| {
        let space = place.one(&[" ", "\t", "\n", "\r", "  ", "\u{a0}", "\u{2003}"]);
        let within = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        Some(match place.rng.u8(..5) {
            0 => format!("{space}{text}"),
            1 => format!("{text}{space}"),
            2 => format!("{space}{text}{space}"),
            3 => space.to_owned(),
            _ => {
                let (before, after) = text.split_at(place.rng.choice(within).unwrap_or(0));
                format!("{before}{space}{after}")
            }
        })
    })
}

pub(super) fn misspell(place: &mut Place<'_>) -> bool {
    change(place, |place, _, text| {
        let mut characters: Vec<char> = text.chars().collect();
        let c = place.rng.choice(CHARACTERS).copied().unwrap_or('x');
        let at = place.rng.usize(..=characters.len());
        match place.rng.u8(..3) {
            0 if at < characters.len() => characters[at] = c,
            1 if at < characters.len() => drop(characters.remove(at)),
            _ => characters.insert(at, c),
        }
        Some(characters.into_iter().collect())
    })
}
