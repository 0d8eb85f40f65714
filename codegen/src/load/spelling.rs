//! Rejects what xsd-parser silently skips: attributes that XSD does not have (`minOccur` for `minOccurs`), and a root
//! element that is not a schema.

use std::collections::HashSet;

use roxmltree::{Document, Node};

use super::{Loaded, XSD, lexical, start_tag};
use crate::error::{Error, Problem, SpanHint};

const FACET: &[&str] = &["fixed", "id", "value"];
const GROUP: &[&str] = &["id", "maxOccurs", "minOccurs"];

/// The supported elements of XSD with their attributes. Later stages report the unsupported elements.
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

/// The maximum nesting of elements, because the parsers and this generator recurse into them.
const MAX_DEPTH: usize = 200;

/// Reports misspelled attributes, missing names and impossible values in the schema file `file`.
///
/// # Errors
/// Fails if the file is not a schema, or is nested too deeply to be read.
pub(super) fn check(file: &str, document: &Document<'_>, loaded: &mut Loaded) -> Result<(), Error> {
    let text = document.input_text();
    let root = document.root_element();
    if !root.has_tag_name((XSD, "schema")) {
        let name = root.tag_name().name();
        let message = format!("not an XML schema: the root element is <{name}>; expected xs:schema");
        let problem = Problem::new(file, "", message).at(SpanHint::Bytes(start_tag(text, root)));
        return Err(problem.advice(format!("write a schema with the namespace {XSD}")).into());
    }
    let mut ids = HashSet::new();
    for node in document.descendants().filter(Node::is_element) {
        if node.ancestors().take(MAX_DEPTH + 2).count() > MAX_DEPTH + 1 {
            let message = format!("elements are nested deeper than {MAX_DEPTH} levels");
            let problem = Problem::new(file, "", message).at(SpanHint::Bytes(start_tag(text, node)));
            return Err(problem.advice("replace inner types by references to named types").into());
        }
        if node.tag_name().namespace() == Some(XSD) && !node.ancestors().any(allows_any_content) {
            check_attributes(file, node, loaded);
            lexical::check(file, node, &mut ids, loaded);
            check_name(file, node, loaded);
        }
    }
    Ok(())
}

/// Returns `true` if the element may contain anything, so its content is not checked.
pub(super) fn allows_any_content(node: Node<'_, '_>) -> bool {
    node.has_tag_name((XSD, "documentation")) || node.has_tag_name((XSD, "appinfo"))
}

/// Reports a declaration that lacks its name.
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
        // Other declarations may refer to the missing name.
        loaded.unread.add_unknown();
    }
}

/// Reports attributes that an element of XSD does not have. Attributes of other namespaces are allowed.
fn check_attributes(file: &str, node: Node<'_, '_>, loaded: &mut Loaded) {
    let Some((element, known)) = ATTRIBUTES.iter().find(|(name, _)| *name == node.tag_name().name()) else { return };
    for attribute in node.attributes().filter(|it| it.namespace().is_none() && !known.contains(&it.name())) {
        let message = format!("xs:{element} has no attribute `{}`", attribute.name());
        let advice = match nearest(attribute.name(), known) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("its attributes are {}", known.join(", ")),
        };
        let problem = Problem::new(file, format!("xs:{element}"), message);
        loaded.problems.push(problem.at(SpanHint::Bytes(attribute.range())).advice(advice));
        let name = node.ancestors().find_map(|outer| outer.attribute("name").or(outer.attribute("ref")));
        loaded.files.misspelled.insert((file.to_owned(), name.unwrap_or_default().to_owned()));
    }
}

/// Returns the known word that `word` is most likely a misspelling of.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let distances = known.iter().map(|it| (strsim::levenshtein(&word.to_lowercase(), &it.to_lowercase()), *it));
    distances.min().filter(|(distance, it)| *distance <= 2 && *distance < it.len()).map(|(_, it)| it)
}
