//! Rejects elements and texts where XML Schema does not allow them.
//!
//! xsd-parser does not always report them. It may end the parent element instead and misread the rest of the file: an
//! attribute within a sequence would turn the elements after it into global ones.

use std::ops::Range;

use roxmltree::{Document, Node};

use super::spelling::{allows_any_content, nearest};
use super::{XSD, start_tag};
use crate::error::{Problem, SpanHint};

const FACET: &[&str] = &["annotation"];
const GROUP: &[&str] = &["annotation", "any", "choice", "element", "group", "sequence"];
const ANNOTATION: &[&str] = &["annotation"];
const KEY: &[&str] = &["annotation", "field", "selector"];
const DERIVATION: &[&str] = &["annotation", "extension", "restriction"];

/// The elements of XML Schema with the elements that each may contain, regardless of order and number. Later stages
/// report the unsupported ones.
const ALLOWED_CHILDREN: &[(&str, &[&str])] = &[
    ("all", &["annotation", "element"]),
    ("alternative", &["annotation", "complexType", "simpleType"]),
    ("annotation", &["appinfo", "documentation"]),
    ("any", ANNOTATION),
    ("anyAttribute", ANNOTATION),
    ("assert", ANNOTATION),
    ("assertion", ANNOTATION),
    ("attribute", &["annotation", "simpleType"]),
    ("attributeGroup", &["annotation", "anyAttribute", "attribute", "attributeGroup"]),
    ("choice", GROUP),
    ("complexContent", DERIVATION),
    (
        "complexType",
        &[
            "all",
            "annotation",
            "anyAttribute",
            "assert",
            "attribute",
            "attributeGroup",
            "choice",
            "complexContent",
            "group",
            "openContent",
            "sequence",
            "simpleContent",
        ],
    ),
    ("defaultOpenContent", &["annotation", "any"]),
    ("element", &["alternative", "annotation", "complexType", "key", "keyref", "simpleType", "unique"]),
    ("enumeration", FACET),
    ("explicitTimezone", FACET),
    (
        "extension",
        &[
            "all",
            "annotation",
            "anyAttribute",
            "assert",
            "attribute",
            "attributeGroup",
            "choice",
            "group",
            "openContent",
            "sequence",
        ],
    ),
    ("field", ANNOTATION),
    ("fractionDigits", FACET),
    ("group", &["all", "annotation", "choice", "sequence"]),
    ("import", ANNOTATION),
    ("include", ANNOTATION),
    ("key", KEY),
    ("keyref", KEY),
    ("length", FACET),
    ("list", &["annotation", "simpleType"]),
    ("maxExclusive", FACET),
    ("maxInclusive", FACET),
    ("maxLength", FACET),
    ("minExclusive", FACET),
    ("minInclusive", FACET),
    ("minLength", FACET),
    ("notation", ANNOTATION),
    ("openContent", &["annotation", "any"]),
    (
        "override",
        &["annotation", "attribute", "attributeGroup", "complexType", "element", "group", "notation", "simpleType"],
    ),
    ("pattern", FACET),
    ("redefine", &["annotation", "attributeGroup", "complexType", "group", "simpleType"]),
    (
        "restriction",
        &[
            "all",
            "annotation",
            "anyAttribute",
            "assert",
            "assertion",
            "attribute",
            "attributeGroup",
            "choice",
            "enumeration",
            "explicitTimezone",
            "fractionDigits",
            "group",
            "length",
            "maxExclusive",
            "maxInclusive",
            "maxLength",
            "minExclusive",
            "minInclusive",
            "minLength",
            "openContent",
            "pattern",
            "sequence",
            "simpleType",
            "totalDigits",
            "whiteSpace",
        ],
    ),
    (
        "schema",
        &[
            "annotation",
            "attribute",
            "attributeGroup",
            "complexType",
            "defaultOpenContent",
            "element",
            "group",
            "import",
            "include",
            "notation",
            "override",
            "redefine",
            "simpleType",
        ],
    ),
    ("selector", ANNOTATION),
    ("sequence", GROUP),
    ("simpleContent", DERIVATION),
    ("simpleType", &["annotation", "list", "restriction", "union"]),
    ("totalDigits", FACET),
    ("union", &["annotation", "simpleType"]),
    ("unique", KEY),
    ("whiteSpace", FACET),
];

/// Checks the nesting of all elements in the schema file. Returns a problem for every misplaced element or text, with the
/// bytes of the element or text, which xsd-parser must not read.
pub(super) fn check(file: &str, document: &Document<'_>) -> Vec<(Problem, Range<usize>)> {
    let mut problems = Vec::new();
    for node in document.root_element().descendants().skip(1) {
        if node.ancestors().skip(1).any(allows_any_content) {
            continue;
        }
        let Some(parent) = node.parent_element() else { continue };
        let problem = match node.is_text() {
            true => check_text(file, node, parent),
            false if node.is_element() => check_element(file, node, parent),
            false => None,
        };
        problems.extend(problem.map(|problem| (problem, node.range())));
    }
    problems
}

/// Returns a problem if the text is not blank.
fn check_text(file: &str, node: Node<'_, '_>, parent: Node<'_, '_>) -> Option<Problem> {
    let range = node.range();
    let written = node.document().input_text().get(range.clone())?;
    let words = written.trim();
    node.text().is_some_and(|text| !text.trim().is_empty()).then(|| {
        let start = range.start + (written.len() - written.trim_start().len());
        let line = words.lines().next().map_or(0, str::len);
        let name = parent.tag_name().name();
        let problem = Problem::new(file, format!("xs:{name}"), format!("text is not allowed in xs:{name}"));
        problem.at(SpanHint::Bytes(start..start + line)).advice("remove it, or move it into an xs:documentation")
    })
}

/// Returns a message and advice if the element, which the parent may contain, has another position there, or if this parent
/// may not contain it.
fn find_wrong_position(node: Node<'_, '_>, parent: Node<'_, '_>) -> Option<(String, &'static str)> {
    let (name, outer) = (node.tag_name().name(), parent.tag_name().name());
    let is_first = node.prev_siblings().skip(1).all(|sibling| !sibling.is_element());
    if name == "annotation" && !is_first && !matches!(outer, "schema" | "redefine" | "override") {
        return Some((
            format!("xs:annotation must be the first element in xs:{outer}"),
            "move it there, or into the first one",
        ));
    }
    if name != "annotation" && parent.has_attribute("ref") {
        let message = format!("an xs:{outer} with `ref` contains nothing but an xs:annotation");
        return Some((message, "remove the `ref`, or move the content to the declaration"));
    }
    None
}

/// Returns a problem if the parent may not contain the element.
fn check_element(file: &str, node: Node<'_, '_>, parent: Node<'_, '_>) -> Option<Problem> {
    let (name, outer) = (node.tag_name().name(), parent.tag_name().name());
    // Nothing is known about the content of an unknown parent.
    let (_, inside) = ALLOWED_CHILDREN.iter().find(|(known, _)| parent.has_tag_name((XSD, *known)))?;
    let is_of_xsd = node.tag_name().namespace() == Some(XSD);
    if is_of_xsd && inside.contains(&name) {
        let (message, advice) = find_wrong_position(node, parent)?;
        let at = SpanHint::Bytes(start_tag(node.document().input_text(), node));
        return Some(Problem::new(file, format!("xs:{outer}"), message).at(at).advice(advice));
    }
    let is_known = is_of_xsd && (allows_any_content(node) || ALLOWED_CHILDREN.iter().any(|(known, _)| *known == name));
    let (message, advice) = if is_known {
        let advice = format!("xs:{outer} may contain {}", inside.join(", "));
        (format!("xs:{name} is not allowed in xs:{outer}"), advice)
    } else if is_of_xsd {
        let advice = match nearest(name, inside) {
            Some(similar) => format!("did you mean xs:{similar}?"),
            None => format!("xs:{outer} may contain {}", inside.join(", ")),
        };
        (format!("XML Schema has no element `{name}`"), advice)
    } else {
        let advice = "remove it, or move it into an xs:appinfo".to_owned();
        (format!("<{name}> is not an element of XML Schema"), advice)
    };
    let at = SpanHint::Bytes(start_tag(node.document().input_text(), node));
    Some(Problem::new(file, format!("xs:{outer}"), message).at(at).advice(advice))
}
