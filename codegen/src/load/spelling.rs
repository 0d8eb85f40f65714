//! What xsd-parser passes over: attributes that XSD does not know (`minOccur` is no `minOccurs`),
//! a root element that is no schema, and whatever follows it.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::error::Problem;

const XSD: Namespace<'_> = Namespace("http://www.w3.org/2001/XMLSchema");

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

/// The misspellings in the schema file `file` with this `text`.
pub(super) fn misspellings(file: &str, text: &str) -> Vec<Problem> {
    let mut reader = NsReader::from_str(text);
    let mut problems = Vec::new();
    let mut open = 0_usize;
    let mut roots = 0_usize;
    // How deep in documentation, which may hold anything.
    let mut free = 0_usize;
    loop {
        let (event, is_start) = match reader.read_event() {
            Ok(Event::Start(tag)) => (tag, true),
            Ok(Event::Empty(tag)) => (tag, false),
            Ok(Event::End(_)) => {
                open = open.saturating_sub(1);
                free = free.saturating_sub(1);
                continue;
            }
            Ok(Event::Eof) => break,
            Ok(_) => continue,
            Err(error) => {
                problems.push(Problem::new(file, "", format!("not well-formed XML: {error}")));
                return problems;
            }
        };
        let is_xsd = matches!(reader.resolver().resolve_element(event.name()).0, ResolveResult::Bound(ns) if ns == XSD);
        let position = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let line = text[..position].matches('\n').count() + 1;
        let local = event.local_name();
        let name = local.as_ref();
        if open == 0 {
            roots += 1;
            if roots > 1 || !is_xsd || name != "schema" {
                problems.push(Problem::new(
                    file,
                    "",
                    format!("not an XML schema: line {line}: the root is not xs:schema alone"),
                ));
                return problems;
            }
        }
        if free == 0 && is_xsd {
            problems.extend(unknown_attributes(&event).into_iter().map(|(element, attribute)| {
                let message = format!("line {line}: xs:{element} has no attribute {attribute}");
                Problem::new(file, format!("xs:{element}"), message)
            }));
        }
        if is_start {
            open += 1;
            if free > 0 || matches!(name, "documentation" | "appinfo") {
                free += 1;
            }
        }
    }
    if open > 0 {
        problems.push(Problem::new(file, "", "not well-formed XML: it ends before its elements do"));
    }
    problems
}

/// The attributes that an element of XSD does not have, without those of other namespaces.
fn unknown_attributes(tag: &BytesStart<'_>) -> Vec<(&'static str, String)> {
    let local = tag.local_name();
    let Some((element, known)) = ATTRIBUTES.iter().find(|(name, _)| *name == local.as_ref()) else {
        return Vec::new();
    };
    let names = tag.attributes().flatten().map(|attribute| attribute.key.as_ref().to_owned());
    names
        .filter(|name| name != "xmlns" && !name.contains(':') && !known.contains(&name.as_str()))
        .map(|name| (*element, name))
        .collect()
}
