//! Finds the bytes of a construct that a label underlines.

use std::ops::Range;

use roxmltree::{Attribute, Node};

use super::constructs::{Documents, FileNode, is_any, refers_to};
use crate::error::{Label, SpanHint};
use crate::load::start_tag;
use crate::regex;

/// The attributes with references to declarations.
const REFERENCES: &[&str] = &["type", "base", "ref", "itemType", "memberTypes"];

/// Returns the file and the bytes of `label`. If they cannot be found exactly, returns the closest construct; `None` if
/// the file is not well-formed.
pub(super) fn locate<'t>(documents: &'t Documents<'t>, label: &'t Label) -> Option<(&'t str, Range<usize>)> {
    let Label { file, construct, span: hint, .. } = label;
    let candidates = match hint {
        SpanHint::TopLevel(kinds, _) => documents.top_level(file, kinds),
        _ => documents.find_construct(file, construct),
    };
    let nth = match hint {
        SpanHint::Construct(nth) | SpanHint::TopLevel(_, nth) => *nth,
        _ => 0,
    };
    let is_target = |(at, node): &&FileNode<'t>| match hint {
        SpanHint::TopLevel(..) => at == file && node.attribute("name").is_none_or(|name| name == construct),
        _ => at == file,
    };
    let whole = candidates.iter().filter(is_target).nth(nth).or(candidates.first());
    let whole = whole.map(|(file, node)| (*file, name_bytes(documents.text(file), *node)));
    let within = candidates.iter().map(|at| vec![*at]).chain(candidates.iter().map(|at| documents.contents_of(*at)));
    let exact: Vec<_> = within
        .flatten()
        .filter_map(|(file, node)| find_part(documents.text(file), node, hint).map(|bytes| (file, bytes)))
        .collect();
    let own = exact.iter().position(|(at, _)| at == file).unwrap_or(0);
    exact.into_iter().nth(own).or(whole).or_else(|| {
        let (file, root) = documents.root(file)?;
        Some((file, start_tag(documents.text(file), root)))
    })
}

/// Returns the bytes of `node` that `hint` selects, if it selects a part of it.
fn find_part(text: &str, node: Node<'_, '_>, hint: &SpanHint) -> Option<Range<usize>> {
    match hint {
        SpanHint::Construct(_) | SpanHint::TopLevel(..) | SpanHint::Bytes(_) | SpanHint::Directory => None,
        SpanHint::Attribute(names) => names.iter().find_map(|name| node.attribute_node(*name)).map(|it| it.range()),
        SpanHint::Xsd(kinds) => is_any(node, kinds).then(|| start_tag(text, node)),
        SpanHint::Reference(name) => {
            REFERENCES.iter().filter_map(|it| node.attribute_node(*it)).find_map(|it| find_reference(text, it, name))
        }
        SpanHint::Occurs(min, max) => {
            let number = |name| node.attribute(name).map_or(Some(1), |text| text.trim().parse::<usize>().ok());
            let matches = (number("minOccurs"), number("maxOccurs")) == (Some(*min), Some(*max));
            let attribute = node.attribute_node("minOccurs").or_else(|| node.attribute_node("maxOccurs"));
            attribute.filter(|_| matches).map(|it| it.range())
        }
        SpanHint::Facet(name, value) => {
            let attribute = node.attribute_node("value").filter(|it| is_any(node, &[name]) && it.value() == value)?;
            let error = if *name == "pattern" { regex::error_index(value) } else { None };
            Some(error.map_or_else(|| start_tag(text, node), |nth| character_bytes(text, attribute, nth)))
        }
    }
}

/// Returns the attribute that refers to `name`, or the name alone if the attribute lists several.
fn find_reference(text: &str, attribute: Attribute<'_, '_>, name: &str) -> Option<Range<usize>> {
    if !attribute.value().split_whitespace().any(|token| refers_to(token, name)) {
        return None;
    }
    if attribute.name() != "memberTypes" {
        return Some(attribute.range());
    }
    let value = attribute.range_value();
    let written = text.get(value.clone())?;
    let token = written.split_whitespace().find(|token| refers_to(token, name))?;
    // `token` is a slice of `written`.
    let start = value.start + (token.as_ptr() as usize - written.as_ptr() as usize);
    Some(start..start + token.len())
}

/// Returns the bytes of the character with this index in the value of an attribute. Some characters are written as
/// references.
fn character_bytes(text: &str, attribute: Attribute<'_, '_>, nth: usize) -> Range<usize> {
    let value = attribute.range_value();
    let written = text.get(value.clone()).unwrap_or_default();
    let mut start = 0;
    let length = |start: usize| {
        let rest = &written[start..];
        let reference = rest.starts_with('&').then(|| rest.find(';')).flatten().map(|end| end + 1);
        reference.or(rest.starts_with("\r\n").then_some(2)).or(rest.chars().next().map(char::len_utf8))
    };
    for _ in 0..nth {
        start += length(start).unwrap_or_default();
    }
    value.start + start..value.start + start + length(start).unwrap_or_default()
}

/// Returns the attribute with the name of the construct, or else its start tag.
fn name_bytes(text: &str, node: Node<'_, '_>) -> Range<usize> {
    let named = node.attribute_node("name").or_else(|| node.attribute_node("ref"));
    named.map_or_else(|| start_tag(text, node), |attribute| attribute.range())
}
