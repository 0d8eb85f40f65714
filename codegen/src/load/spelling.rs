//! What xsd-parser passes over: attributes that XSD does not know (`minOccur` is no `minOccurs`),
//! a root element that is no schema, and whatever follows it.

use roxmltree::{Document, Node};

use super::{Loaded, XSD, start_tag};
use crate::error::{Error, Problem, SpanHint};

const FACET: &[&str] = &["fixed", "id", "value"];
const GROUP: &[&str] = &["id", "maxOccurs", "minOccurs"];

/// The elements of XSD that are supported, each with its attributes. What else there is, the
/// stages after this one refuse.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("all", GROUP),
    ("annotation", &["id"]),
    ("any", &["id", "maxOccurs", "minOccurs", "namespace", "processContents"]),
    ("attribute", &["default", "fixed", "form", "id", "name", "ref", "type", "use"]),
    ("attributeGroup", &["id", "name", "ref"]),
    ("choice", GROUP),
    ("complexContent", &["id", "mixed"]),
    ("complexType", &["abstract", "block", "final", "id", "mixed", "name"]),
    (
        "element",
        &[
            "abstract",
            "block",
            "default",
            "final",
            "fixed",
            "form",
            "id",
            "maxOccurs",
            "minOccurs",
            "name",
            "nillable",
            "ref",
            "substitutionGroup",
            "type",
        ],
    ),
    ("enumeration", FACET),
    ("extension", &["base", "id"]),
    ("fractionDigits", FACET),
    ("group", &["id", "maxOccurs", "minOccurs", "name", "ref"]),
    ("include", &["id", "schemaLocation"]),
    ("length", FACET),
    ("list", &["id", "itemType"]),
    ("maxExclusive", FACET),
    ("maxInclusive", FACET),
    ("maxLength", FACET),
    ("minExclusive", FACET),
    ("minInclusive", FACET),
    ("minLength", FACET),
    ("pattern", FACET),
    ("restriction", &["base", "id"]),
    (
        "schema",
        &[
            "attributeFormDefault",
            "blockDefault",
            "defaultAttributes",
            "elementFormDefault",
            "finalDefault",
            "id",
            "targetNamespace",
            "version",
        ],
    ),
    ("sequence", GROUP),
    ("simpleContent", &["id"]),
    ("simpleType", &["final", "id", "name"]),
    ("totalDigits", FACET),
    ("union", &["id", "memberTypes"]),
    ("whiteSpace", FACET),
];

/// How deep elements may nest: what reads them goes as deep itself.
const MAX_DEPTH: usize = 200;

/// Notes the misspellings in the schema file `file`.
///
/// # Errors
/// What makes it no schema at all, or none that can be read.
pub(super) fn check(file: &str, document: &Document<'_>, loaded: &mut Loaded) -> Result<(), Error> {
    let text = document.input_text();
    let root = document.root_element();
    if !root.has_tag_name((XSD, "schema")) {
        let name = root.tag_name().name();
        let message = format!("not an XML schema: the root is <{name}>, not xs:schema");
        let problem = Problem::new(file, "", message).at(SpanHint::Bytes(start_tag(text, root)));
        return Err(problem.advice(format!("put a schema in its place; its namespace is {XSD}")).into());
    }
    for node in document.descendants().filter(Node::is_element) {
        if node.ancestors().take(MAX_DEPTH + 2).count() > MAX_DEPTH + 1 {
            let message = format!("elements nest deeper than {MAX_DEPTH}, which no schema needs");
            let problem = Problem::new(file, "", message).at(SpanHint::Bytes(start_tag(text, node)));
            return Err(problem.advice("give the inner types names, and refer to them").into());
        }
        if node.tag_name().namespace() == Some(XSD) && !node.ancestors().any(allows_any_content) {
            check_attributes(file, node, loaded);
            check_name(file, node, loaded);
        }
    }
    Ok(())
}

/// Whether it may hold anything.
pub(super) fn allows_any_content(node: Node<'_, '_>) -> bool {
    node.has_tag_name((XSD, "documentation")) || node.has_tag_name((XSD, "appinfo"))
}

/// Notes a declaration without the name that it needs.
fn check_name(file: &str, node: Node<'_, '_>, loaded: &mut Loaded) {
    let element = node.tag_name().name();
    let has = |name| node.attribute(name).is_some_and(|value: &str| !value.trim().is_empty());
    let is_top = node.parent_element() == Some(node.document().root_element());
    let (needed, advice) = match element {
        "complexType" | "simpleType" | "element" | "group" if is_top => (has("name"), "give it a `name`"),
        "element" | "attribute" => (has("name") || has("ref"), "give it a `name`, or a `ref` to a declaration"),
        _ => return,
    };
    if !needed {
        let construct = format!("xs:{element}");
        let at = SpanHint::Bytes(start_tag(node.document().input_text(), node));
        let problem = Problem::new(file, construct, format!("xs:{element} has no name"));
        loaded.problems.push(problem.at(at).advice(advice));
        // What it is a declaration of may be referred to.
        loaded.complete = false;
    }
}

/// Notes the attributes that an element of XSD does not have; those of other namespaces are free.
fn check_attributes(file: &str, node: Node<'_, '_>, loaded: &mut Loaded) {
    let Some((element, known)) = ATTRIBUTES.iter().find(|(name, _)| *name == node.tag_name().name()) else { return };
    for attribute in node.attributes().filter(|it| it.namespace().is_none() && !known.contains(&it.name())) {
        let message = format!("xs:{element} has no attribute {}", attribute.name());
        let advice = match nearest(attribute.name(), known) {
            Some(meant) => format!("is {meant} meant?"),
            None => format!("it has {}", known.join(", ")),
        };
        let problem = Problem::new(file, format!("xs:{element}"), message);
        loaded.problems.push(problem.at(SpanHint::Bytes(attribute.range())).advice(advice));
        let name = node.ancestors().find_map(|around| around.attribute("name").or(around.attribute("ref")));
        loaded.misspelled.insert((file.to_owned(), name.unwrap_or_default().to_owned()));
    }
}

/// The word that `word` is most likely a misspelling of.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known.iter().map(|it| (distance(&word.to_lowercase(), &it.to_lowercase()), *it));
    near.min().filter(|(distance, it)| *distance <= 2 && *distance < it.len()).map(|(_, it)| it)
}

/// How many characters have to be inserted, removed or replaced to make `b` of `a` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
