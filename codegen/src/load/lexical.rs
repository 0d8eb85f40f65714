//! Checks the values of attributes that the syntax tree takes as they are: names, references and IDs.

use std::collections::HashSet;

use roxmltree::{Attribute, Node};

use super::{Loaded, XSD};
use crate::error::{Problem, SpanHint};

/// The attributes that refer to a declaration.
const REFERENCES: &[&str] = &["base", "itemType", "memberTypes", "ref", "substitutionGroup", "type"];

/// Reports the attributes of an element of XSD whose values are not possible. `ids` are the values of `id` so far.
pub(super) fn check<'a>(file: &str, node: Node<'a, '_>, ids: &mut HashSet<&'a str>, loaded: &mut Loaded) {
    for attribute in node.attributes() {
        let Some((message, advice)) = find_problem(node, attribute, ids) else { continue };
        let construct = format!("xs:{}", node.tag_name().name());
        let problem = Problem::new(file, construct, message).at(SpanHint::Bytes(attribute.range()));
        loaded.problems.push(problem.advice(advice));
        let name = node.ancestors().find_map(|outer| outer.attribute("name").or(outer.attribute("ref")));
        loaded.files.misspelled.insert((file.to_owned(), name.unwrap_or_default().to_owned()));
    }
}

/// Returns a message and advice if the value of the attribute is not possible.
fn find_problem<'a>(
    node: Node<'a, '_>,
    attribute: Attribute<'a, '_>,
    ids: &mut HashSet<&'a str>,
) -> Option<(String, &'static str)> {
    let (name, value) = (attribute.name(), attribute.value().trim());
    if attribute.namespace() == Some(XSD) {
        return Some((format!("the attribute `{name}` must not have a prefix"), "remove the prefix"));
    }
    if attribute.namespace().is_some() {
        return None;
    }
    let outer = node.parent_element().map_or("", |parent| parent.tag_name().name());
    match name {
        "id" if !is_name(value) => Some((format!("'{value}' is not an ID"), "begin it with a letter, or remove it")),
        "id" if !ids.insert(attribute.value()) => {
            Some((format!("the ID '{value}' occurs twice"), "remove one of them"))
        }
        // A missing name is another problem.
        "name" if !is_name(value) && !value.is_empty() => Some((
            format!("'{value}' is not a name"),
            "begin it with a letter, and use letters, digits, `.`, `-` and `_`",
        )),
        "name" if matches!(node.tag_name().name(), "complexType" | "simpleType") && !holds_declarations(outer) => Some(
            ("a type that is declared inside has no name".to_owned(), "remove it, or move the type to the top level"),
        ),
        "minOccurs" | "maxOccurs" if outer == "group" => Some((
            format!("`{name}` is not allowed on the content of a group"),
            "set it where the group is referred to",
        )),
        "maxOccurs" if node.tag_name().name() == "all" && value != "1" => {
            Some(("xs:all occurs at most once".to_owned(), "remove the attribute, or use a repeated xs:choice"))
        }
        _ if REFERENCES.contains(&name) && value.split_whitespace().any(|word| !is_qualified_name(word)) => {
            Some((format!("'{value}' is not a reference to a declaration"), "write the name of one"))
        }
        _ => None,
    }
}

/// Returns `true` for the elements of XSD that contain declarations with names.
fn holds_declarations(element: &str) -> bool {
    matches!(element, "schema" | "redefine" | "override")
}

fn is_qualified_name(text: &str) -> bool {
    text.split_once(':').map_or_else(|| is_name(text), |(prefix, name)| is_name(prefix) && is_name(name))
}

/// Returns `true` for a name without a colon. Of characters that are not ASCII, all but spaces are taken for letters.
fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_' || !(c.is_ascii() || c.is_whitespace());
    text.starts_with(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit() || matches!(c, '.' | '-'))
}
