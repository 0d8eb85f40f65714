//! Content of which the schemas do not say what it is: where libxml2 looks closer than we do, written otherwise.

use plesk_codegen::model::MemberKind;

use crate::Direction;
use crate::document::Document;
use crate::protocol::Protocol;
use crate::resolve::{simple_at, type_at};
use crate::tree::{Element, Node};

/// The elements that the entry points declare beside each other. Wherever content is free they must be valid as such.
pub(crate) const DECLARED: [&str; 2] = ["packet", "descriptor"];

/// The document without namespaces where a wildcard stands, if there are any.
pub(crate) fn without_namespaces(protocol: &Protocol, direction: Direction, document: &Document) -> Option<Document> {
    changed(document, &mut |names, element| {
        let id = type_at(protocol, direction, names)?;
        let is_wild = |kind: &MemberKind| matches!(kind, MemberKind::Wildcard);
        protocol.model.types[id].members().iter().find(|member| is_wild(&member.kind))?;
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

/// The document with other names for declared elements in free content, if there are any.
pub(crate) fn without_declared(protocol: &Protocol, direction: Direction, document: &Document) -> Option<Document> {
    changed(document, &mut |names, element| {
        let is_known = type_at(protocol, direction, names).is_some() || simple_at(protocol, direction, names).is_some();
        let is_declared = DECLARED.contains(&element.name.as_str());
        (!is_known && is_declared).then(|| element.name = "novelty".to_owned())
    })
}

/// Changes an element, which stands at the end of the names on the way to it, if there is something to change.
type Change<'c> = &'c mut dyn FnMut(&[&str], &mut Element) -> Option<()>;

/// The document with every element changed that there is something to change of; `None` if there is none.
fn changed(document: &Document, change: Change<'_>) -> Option<Document> {
    let mut copy = document.clone();
    walk(&mut copy.root, &mut Vec::new(), change).then_some(copy)
}

fn walk(element: &mut Element, names: &mut Vec<String>, change: Change<'_>) -> bool {
    names.push(element.name.clone());
    let way: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut changed = change(&way, element).is_some();
    for node in &mut element.content {
        if let Node::Element(child) = node {
            changed |= walk(child, names, change);
        }
    }
    names.pop();
    changed
}
