//! Renders constructs that take one line: attributes, wildcards, and the base of an anonymous simple type.

use super::node::Node;
use crate::load::syntax;
use crate::lower::declarations::resolve;
use crate::lower::particle::occurs;

/// Returns the line of an attribute: `attribute version : string optional`.
pub(super) fn attribute(node: &syntax::AttributeType) -> String {
    let reference = node.ref_.as_ref().map(|name| resolve(name).1);
    let name = node.name.clone().or(reference).unwrap_or_default();
    let ty = match (&node.type_, &node.simple_type) {
        (Some(name), _) => resolve(name).1,
        (None, Some(node)) => format!("<{}>", simple_base(node)),
        (None, None) => "anySimpleType".to_owned(),
    };
    let usage = match node.use_ {
        syntax::AttributeUseType::Optional => "optional",
        syntax::AttributeUseType::Prohibited => "prohibited",
        syntax::AttributeUseType::Required => "required",
    };
    format!("attribute {name} : {ty} {usage}")
}

/// Returns the line of a reference to an attribute group, which is not expanded.
pub(super) fn attribute_group(node: &syntax::AttributeGroupType) -> Node<'static> {
    let name = node.ref_.as_ref().map(|name| resolve(name).1);
    Node::line(format!("attributeGroup {}", name.unwrap_or_default()))
}

/// Returns the line of a wildcard, unless it may never occur: `any NS: [absent] lax [0..*]`.
pub(super) fn wildcard(any: &syntax::Any) -> Option<Node<'static>> {
    let occurs = occurs(any.min_occurs, any.max_occurs);
    if occurs.max == Some(0) {
        return None;
    }
    use syntax::{BasicNamespaceListItemType as Item, NamespaceListType as List};
    let namespaces = match &any.namespace {
        None | Some(List::Any) => "any NS".to_owned(),
        Some(List::Other) => "NS: ##other".to_owned(),
        Some(List::BasicNamespaceList(list)) => {
            let names = list.0.iter().map(|item| match item {
                Item::String(name) => name.as_str(),
                Item::TargetNamespace | Item::Local => "[absent]",
            });
            format!("NS: {}", names.collect::<Vec<_>>().join(" "))
        }
    };
    let process = match any.process_contents {
        syntax::ProcessContentsType::Lax => "lax",
        syntax::ProcessContentsType::Skip => "skip",
        syntax::ProcessContentsType::Strict => "strict",
    };
    let max = occurs.max.map_or("*".to_owned(), |max| max.to_string());
    Some(Node::line(format!("any {namespaces} {process} [{}..{max}]", occurs.min)))
}

/// Returns the name of the type that an anonymous simple type restricts.
pub(super) fn simple_base(node: &syntax::SimpleBaseType) -> String {
    let base = node.content.iter().find_map(|part| match part {
        syntax::SimpleBaseTypeContent::Restriction(node) => {
            Some(node.base.as_ref().map_or("null".to_owned(), |base| resolve(base).1))
        }
        _ => None,
    });
    base.unwrap_or_else(|| "anySimpleType".to_owned())
}
