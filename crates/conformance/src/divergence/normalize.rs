//! Packets without the constructs that libxml2 is known to judge wrongly.

use plesk_codegen::model::{Facet, Primitive, SimpleId};
use quick_xml::events::Event;

use super::free_content;
use super::kind::Divergence;
use super::types::{content_type_at, simple_type_at};
use crate::Direction;
use crate::packet::{Document, Element, Node};
use crate::protocol::Protocol;

/// Returns a copy of the document for each known mistake of libxml2 that may concern it, without the construct in question.
///
/// If libxml2 accepts the copy, it refused the original only because of that mistake.
pub(super) fn normalized(
    protocol: &Protocol,
    direction: Direction,
    document: &Document,
) -> Vec<(Divergence, Document)> {
    let copies = [
        (Divergence::WhiteSpaceOrSign, with_values(protocol, direction, document, without_space_or_sign)),
        (Divergence::OldUnicode, with_values(protocol, direction, document, in_ascii)),
        (Divergence::AmbiguousContent, with_second_members(protocol, direction, document)),
        (Divergence::WildcardNamespace, free_content::without_namespaces(protocol, direction, document)),
        (Divergence::DeclaredElement, free_content::without_declared(protocol, direction, document)),
    ];
    copies.into_iter().filter_map(|(divergence, copy)| Some((divergence, copy?))).collect()
}

/// Returns the document without the characters in Base64 values that are not of its alphabet, if there are any.
pub(super) fn with_base64_alphabet_only(
    protocol: &Protocol,
    direction: Direction,
    document: &Document,
) -> Option<Document> {
    with_values(protocol, direction, document, in_base64_alphabet)
}

/// Returns the document with an element for the second member at the end of each ambiguous content, if there is such content.
fn with_second_members(protocol: &Protocol, direction: Direction, document: &Document) -> Option<Document> {
    let mut copy = document.clone();
    add_second_members(protocol, direction, &mut copy.root, &mut Vec::new()).then_some(copy)
}

fn add_second_members(
    protocol: &Protocol,
    direction: Direction,
    element: &mut Element,
    names: &mut Vec<String>,
) -> bool {
    names.push(element.name.clone());
    let path: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut changed = content_type_at(protocol, direction, &path).is_some_and(|id| protocol.is_ambiguous(id));
    if changed {
        element.content.push(Node::Element(Element::new("novelty")));
    }
    for node in &mut element.content {
        if let Node::Element(child) = node {
            changed |= add_second_members(protocol, direction, child, names);
        }
    }
    names.pop();
    changed
}

/// Returns the normalized spelling of a text of this type, or `None` if nothing is to be changed.
type Normalization = fn(&Protocol, SimpleId, &str) -> Option<String>;

/// Returns the document with its values normalized, if this changes any.
fn with_values(
    protocol: &Protocol,
    direction: Direction,
    document: &Document,
    normalize: Normalization,
) -> Option<Document> {
    let mut copy = document.clone();
    normalize_values(protocol, direction, &mut copy.root, &mut Vec::new(), normalize).then_some(copy)
}

fn normalize_values(
    protocol: &Protocol,
    direction: Direction,
    element: &mut Element,
    names: &mut Vec<String>,
    normalize: Normalization,
) -> bool {
    names.push(element.name.clone());
    let mut changed = false;
    let path: Vec<&str> = names.iter().map(String::as_str).collect();
    if let (Some(simple), Some(text)) = (simple_type_at(protocol, direction, &path), text_of(element))
        && let Some(text) = normalize(protocol, simple, &text)
    {
        element.content = vec![Node::Text { text, simple: Some(simple) }];
        changed = true;
    }
    for node in &mut element.content {
        if let Node::Element(child) = node {
            changed |= normalize_values(protocol, direction, child, names, normalize);
        }
    }
    names.pop();
    changed
}

/// Returns the text of an element without child elements.
fn text_of(element: &Element) -> Option<String> {
    let bare = Element { content: element.content.clone(), ..Element::new("a") }.to_xml();
    let mut reader = quick_xml::Reader::from_str(&bare);
    let (mut text, mut depth) = (String::new(), 0);
    loop {
        match reader.read_event().ok()? {
            Event::Start(_) | Event::Empty(_) if depth > 0 => return None,
            Event::Start(_) => depth += 1,
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(c) => text.push(c),
                None => text.push_str(quick_xml::escape::resolve_xml_entity(name.as_ref())?),
            },
            Event::Eof => return Some(text),
            _ => {}
        }
    }
}

fn built_in(protocol: &Protocol, simple: SimpleId) -> &str {
    match &protocol.model.simples[simple].primitive {
        Primitive::BuiltIn(name) => name,
        Primitive::Union(_) | Primitive::List(_) => "",
    }
}

fn without_space_or_sign(protocol: &Protocol, simple: SimpleId, text: &str) -> Option<String> {
    let trimmed = text.trim_matches([' ', '\t', '\n', '\r']);
    let normalized = match built_in(protocol, simple) {
        "long" | "int" | "short" | "byte" | "date" | "dateTime" | "time" | "duration" => trimmed,
        "unsignedLong" | "unsignedInt" | "unsignedShort" | "unsignedByte" => {
            let digits = trimmed.trim_start_matches(['+', '-']);
            let is_zero = digits.bytes().all(|b| b == b'0') && !digits.is_empty();
            if trimmed.starts_with('+') || is_zero { digits } else { trimmed }
        }
        _ => return None,
    };
    (normalized != text).then(|| normalized.to_owned())
}

fn in_base64_alphabet(protocol: &Protocol, simple: SimpleId, text: &str) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let has_others = built_in(protocol, simple) == "base64Binary" && !text.chars().all(is_digit);
    has_others.then(|| text.chars().filter(|c| is_digit(*c)).collect())
}

fn in_ascii(protocol: &Protocol, simple: SimpleId, text: &str) -> Option<String> {
    let facets = &protocol.model.simples[simple].facets;
    let has_unicode_property = facets.iter().any(|facet| match facet {
        Facet::Pattern(patterns) => patterns.iter().any(|pattern| pattern.xsd.contains(r"\p{")),
        _ => false,
    });
    if text.is_ascii() || !has_unicode_property {
        return None;
    }
    let ascii = |c: char| match c {
        c if c.is_ascii() => c,
        c if c.is_numeric() => '1',
        c if c.is_alphabetic() => 'a',
        c => c,
    };
    Some(text.chars().map(ascii).collect())
}
