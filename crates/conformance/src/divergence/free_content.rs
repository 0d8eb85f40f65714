//! Packets without constructs in free content that libxml2 checks more closely than we do.

use plesk_codegen::model::MemberKind;

use super::types::{content_type_at, simple_type_at};
use crate::Direction;
use crate::packet::{Document, Element, Node};
use crate::protocol::Protocol;

/// The elements that the entry points declare globally. libxml2 validates them wherever content is free.
pub(super) const DECLARED: [&str; 2] = ["packet", "descriptor"];

/// Returns the document without namespaces on the elements of wildcards, if there are any.
pub(super) fn without_namespaces(protocol: &Protocol, direction: Direction, document: &Document) -> Option<Document> {
    changed(document, &mut |names, element| {
        let id = content_type_at(protocol, direction, names)?;
        let is_wildcard = |kind: &MemberKind| matches!(kind, MemberKind::Wildcard);
        protocol.model.types[id].members().iter().find(|member| is_wildcard(&member.kind))?;
        let mut found = false;
        for node in &mut element.content {
            let Node::Element(child) = node else { continue };
            if let Some((_, local)) = child.name.split_once(':') {
                child.name = local.to_owned();
                found = true;
            }
            let count = child.attributes.len();
            child.attributes.retain(|attribute| attribute.name != "xmlns");
            found |= child.attributes.len() < count;
        }
        found.then_some(())
    })
}

/// Returns the document with other names for the declared elements in free content, if there are any.
pub(super) fn without_declared(protocol: &Protocol, direction: Direction, document: &Document) -> Option<Document> {
    changed(document, &mut |names, element| {
        let is_known = content_type_at(protocol, direction, names).is_some()
            || simple_type_at(protocol, direction, names).is_some();
        let is_declared = DECLARED.contains(&element.name.as_str());
        (!is_known && is_declared).then(|| element.name = "novelty".to_owned())
    })
}

/// Changes an element, given the names from the root to it. Returns `None` if there is nothing to change.
type Change<'c> = &'c mut dyn FnMut(&[&str], &mut Element) -> Option<()>;

/// Returns the document with `change` applied to every element, or `None` if it changes none.
fn changed(document: &Document, change: Change<'_>) -> Option<Document> {
    let mut copy = document.clone();
    apply(&mut copy.root, &mut Vec::new(), change).then_some(copy)
}

fn apply(element: &mut Element, names: &mut Vec<String>, change: Change<'_>) -> bool {
    names.push(element.name.clone());
    let path: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut changed = change(&path, element).is_some();
    for node in &mut element.content {
        if let Node::Element(child) = node {
            changed |= apply(child, names, change);
        }
    }
    names.pop();
    changed
}
