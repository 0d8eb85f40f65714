//! What stands where XML Schema has no place for it. xsd-parser says so in words of its own, or ends what is parent and
//! reads the rest as something else: an attribute within a sequence would make the elements after it global ones.

use roxmltree::{Document, Node};

use super::spelling::{allows_any_content, nearest};
use super::{XSD, start_tag};
use crate::error::{Error, Problem, SpanHint};

const FACET: &[&str] = &["annotation"];
const GROUP: &[&str] = &["all", "annotation", "any", "choice", "element", "group", "sequence"];
const ANNOTATION: &[&str] = &["annotation"];
const KEY: &[&str] = &["annotation", "field", "selector"];
const DERIVATION: &[&str] = &["annotation", "extension", "restriction"];

/// The elements of XML Schema, each with those that may stand in it, whatever their order and number. What is not
/// supported of it, later stages refuse.
const ALLOWED_CHILDREN: &[(&str, &[&str])] = &[
    ("all", GROUP),
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

/// Notes what stands in the schema file where it may not.
///
/// # Errors
/// What does not belong there: the file would be read as something else.
pub(super) fn check(file: &str, document: &Document<'_>) -> Result<(), Error> {
    let mut problems = Vec::new();
    for node in document.root_element().descendants().skip(1) {
        if node.ancestors().skip(1).any(allows_any_content) {
            continue;
        }
        let Some(parent) = node.parent_element() else { continue };
        if node.is_text() {
            problems.extend(check_text(file, node, parent));
        } else if node.is_element() {
            problems.extend(check_element(file, node, parent));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error(problems)) }
}

/// The problem of a text that is not blank.
fn check_text(file: &str, node: Node<'_, '_>, parent: Node<'_, '_>) -> Option<Problem> {
    let range = node.range();
    let written = node.document().input_text().get(range.clone())?;
    let words = written.trim();
    node.text().is_some_and(|text| !text.trim().is_empty()).then(|| {
        let start = range.start + (written.len() - written.trim_start().len());
        let line = words.lines().next().map_or(0, str::len);
        let name = parent.tag_name().name();
        let problem = Problem::new(file, format!("xs:{name}"), format!("xs:{name} has no text of its own"));
        problem.at(SpanHint::Bytes(start..start + line)).advice("remove it, or put it into an xs:documentation")
    })
}

/// The problem of an element that may not stand there.
fn check_element(file: &str, node: Node<'_, '_>, parent: Node<'_, '_>) -> Option<Problem> {
    let (name, outer) = (node.tag_name().name(), parent.tag_name().name());
    // In what is not known itself, anything may be meant.
    let (_, inside) = ALLOWED_CHILDREN.iter().find(|(known, _)| parent.has_tag_name((XSD, *known)))?;
    let is_of_xsd = node.tag_name().namespace() == Some(XSD);
    if is_of_xsd && inside.contains(&name) {
        return None;
    }
    let is_known = is_of_xsd && (allows_any_content(node) || ALLOWED_CHILDREN.iter().any(|(known, _)| *known == name));
    let (message, advice) = if is_known {
        (format!("xs:{name} cannot stand in xs:{outer}"), format!("xs:{outer} may hold {}", inside.join(", ")))
    } else if is_of_xsd {
        let advice = match nearest(name, inside) {
            Some(meant) => format!("is xs:{meant} meant?"),
            None => format!("xs:{outer} may hold {}", inside.join(", ")),
        };
        (format!("XML Schema has no element {name}"), advice)
    } else {
        let advice = "remove it, or put it into an xs:appinfo".to_owned();
        (format!("<{name}> is no element of XML Schema"), advice)
    };
    let at = SpanHint::Bytes(start_tag(node.document().input_text(), node));
    Some(Problem::new(file, format!("xs:{outer}"), message).at(at).advice(advice))
}
