//! Where our verdict is meant to differ from that of libxml2: each with its reason, each recognised by its shape.
//!
//! What we refuse on purpose is known by the reason that we give. A fault of libxml2 is known by its cure: with the
//! construct in question written otherwise, and nothing else changed, libxml2 accepts the packet as we do.

use plesk_codegen::model::{Facet, Primitive, SimpleId};
use plesk_wire::xml::Violations;
use quick_xml::events::Event;

use crate::document::Document;
use crate::free_content::{self, DECLARED};
use crate::protocol::Protocol;
use crate::resolve::{simple_at, type_at};
use crate::tree::{Element, Node};
use crate::{Direction, verdict};

/// A difference that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Divergence {
    /// Document type declarations bring entities, and with them all that can be done with these. No packet needs one.
    Doctype,
    /// Packets deeper, larger or with more attributes than any of the protocol are refused, to be safe from those that
    /// want to do harm.
    Limit,
    /// The schemas bound some integers on one side only. What does not fit 64 bits would not fit what servers keep it in.
    WideInteger,
    /// White space around numbers, dates and times collapses before anything is checked (XML Schema Part 2, 4.3.6), and
    /// a plus sign or `-0` is a non-negative integer (3.3.20.1). libxml2 refuses both in most types with bounds.
    BlankOrSign,
    /// Base64 has no characters but those of its alphabet and single spaces (XML Schema Part 2, 3.2.16). libxml2 passes
    /// over all others.
    LooseBase64,
    /// The content of some answers does not say which of two places an element is for. Whoever gives it to the first
    /// one, as we do, may find nothing left for the second, which libxml2 then misses.
    Ambiguous,
    /// A wildcard for elements of no namespace takes those of any here, as one for any namespace does: no element of the
    /// protocol has one, and lenient readers keep what they meet.
    Namespace,
    /// Where content is free, libxml2 holds an element that the schemas declare by its name against its declaration (lax
    /// processing). None has a meaning there.
    Declared,
    /// The entry points declare the element `descriptor` beside `packet`, so that it is a document for libxml2. Servers
    /// take packets.
    OtherRoot,
    /// `\p{L}` and the like hold what Unicode says (XML Schema Part 2, F.1.1). The tables of libxml2 are of an old one.
    OldUnicode,
}

/// Why we refuse what libxml2 accepts, if all of it is meant.
pub fn refused(
    protocol: &Protocol,
    direction: Direction,
    document: &Document,
    violations: &Violations,
) -> Option<Divergence> {
    let kinds = violations.as_slice().iter().map(|violation| match violation.rule {
        "xml" => document.prolog.contains("<!DOCTYPE").then_some(Divergence::Doctype),
        "limit" => Some(Divergence::Limit),
        "unknown" if violation.expected == "<packet>" => {
            DECLARED.contains(&document.root.name.as_str()).then_some(Divergence::OtherRoot)
        }
        "range" => is_wide(violation.value.as_deref()?).then_some(Divergence::WideInteger),
        "type" if violation.expected.contains("Base64") => Some(Divergence::LooseBase64),
        _ => None,
    });
    let kinds: Vec<Divergence> = kinds.collect::<Option<_>>()?;
    let first = *kinds.first()?;
    let is_meant = first != Divergence::LooseBase64 || {
        let mut copy = document.clone();
        walk(protocol, direction, &mut copy.root, &mut Vec::new(), in_alphabet)
            && verdict::check(direction, copy.to_xml().as_bytes()).is_ok()
    };
    is_meant.then_some(first)
}

/// Whether a number could be one that 64 bits do not hold.
fn is_wide(number: &str) -> bool {
    number.trim().trim_start_matches(['+', '-', '0']).len() >= 19
}

/// What else libxml2 would have to accept if it refused the document only for what is known to be its fault: the
/// document without it.
pub fn cured(protocol: &Protocol, direction: Direction, document: &Document) -> Vec<(Divergence, Document)> {
    let cures: [(Divergence, Cure); 2] =
        [(Divergence::BlankOrSign, without_blank_or_sign), (Divergence::OldUnicode, in_ascii)];
    let mut found = Vec::new();
    for (divergence, cure) in cures {
        let mut copy = document.clone();
        if walk(protocol, direction, &mut copy.root, &mut Vec::new(), cure) {
            found.push((divergence, copy));
        }
    }
    let mut copy = document.clone();
    if fill(protocol, direction, &mut copy.root, &mut Vec::new()) {
        found.push((Divergence::Ambiguous, copy));
    }
    let without_namespaces = free_content::without_namespaces(protocol, direction, document);
    found.extend(without_namespaces.map(|copy| (Divergence::Namespace, copy)));
    let without_declared = free_content::without_declared(protocol, direction, document);
    found.extend(without_declared.map(|copy| (Divergence::Declared, copy)));
    found
}

/// Puts an element for the second place at the end of each ambiguous content; whether there was one.
fn fill(protocol: &Protocol, direction: Direction, element: &mut Element, names: &mut Vec<String>) -> bool {
    names.push(element.name.clone());
    let way: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut changed = type_at(protocol, direction, &way).is_some_and(|id| protocol.is_ambiguous(id));
    if changed {
        element.content.push(Node::Element(Element::new("novelty")));
    }
    for node in &mut element.content {
        if let Node::Element(child) = node {
            changed |= fill(protocol, direction, child, names);
        }
    }
    names.pop();
    changed
}

/// What is written in place of a text of this type, if it has the fault in question.
type Cure = fn(&Protocol, SimpleId, &str) -> Option<String>;

/// Cures the values in an element, which stands at the end of `names`; whether there was one.
fn walk(protocol: &Protocol, direction: Direction, element: &mut Element, names: &mut Vec<String>, cure: Cure) -> bool {
    names.push(element.name.clone());
    let mut changed = false;
    let way: Vec<&str> = names.iter().map(String::as_str).collect();
    if let (Some(simple), Some(text)) = (simple_at(protocol, direction, &way), text_of(element))
        && let Some(text) = cure(protocol, simple, &text)
    {
        element.content = vec![Node::Text { text, simple: Some(simple) }];
        changed = true;
    }
    for node in &mut element.content {
        if let Node::Element(child) = node {
            changed |= walk(protocol, direction, child, names, cure);
        }
    }
    names.pop();
    changed
}

/// The text of an element that holds no others.
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

fn without_blank_or_sign(protocol: &Protocol, simple: SimpleId, text: &str) -> Option<String> {
    let trimmed = text.trim_matches([' ', '\t', '\n', '\r']);
    let cured = match built_in(protocol, simple) {
        "long" | "int" | "short" | "byte" | "date" | "dateTime" | "time" | "duration" => trimmed,
        "unsignedLong" | "unsignedInt" | "unsignedShort" | "unsignedByte" => {
            let digits = trimmed.trim_start_matches(['+', '-']);
            let is_zero = digits.bytes().all(|b| b == b'0') && !digits.is_empty();
            if trimmed.starts_with('+') || is_zero { digits } else { trimmed }
        }
        _ => return None,
    };
    (cured != text).then(|| cured.to_owned())
}

fn in_alphabet(protocol: &Protocol, simple: SimpleId, text: &str) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let is_base64 = built_in(protocol, simple) == "base64Binary" && !text.chars().all(is_digit);
    is_base64.then(|| text.chars().filter(|c| is_digit(*c)).collect())
}

fn in_ascii(protocol: &Protocol, simple: SimpleId, text: &str) -> Option<String> {
    let facets = &protocol.model.simples[simple].facets;
    let has_property = facets.iter().any(|facet| match facet {
        Facet::Pattern(patterns) => patterns.iter().any(|pattern| pattern.xsd.contains(r"\p{")),
        _ => false,
    });
    if text.is_ascii() || !has_property {
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
