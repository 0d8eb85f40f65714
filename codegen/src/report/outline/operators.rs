//! Finds the operators in the content of a packet.

use super::node::{Node, Term};

/// Returns `true` if the node is the choice of operators: the first choice that may repeat without limit.
pub(super) fn is_operator_choice(node: &Node<'_>) -> bool {
    matches!(node.term, Term::Group("choice", _)) && node.occurs.max.is_none()
}

/// Returns the elements of the choice of operators.
pub(super) fn operators<'a>(nodes: &[Node<'a>]) -> Vec<Node<'a>> {
    let found = nodes.iter().filter_map(|node| match &node.term {
        Term::Group(_, items) if is_operator_choice(node) => Some(elements(items)),
        Term::Group(_, items) => Some(operators(items)),
        _ => None,
    });
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// Returns the elements among these nodes and in their groups.
pub(super) fn elements<'a>(nodes: &[Node<'a>]) -> Vec<Node<'a>> {
    let elements = nodes.iter().flat_map(|node| match &node.term {
        Term::Element(_) => vec![node.clone()],
        Term::Group(_, items) => elements(items),
        Term::Line(_) => Vec::new(),
    });
    elements.collect()
}
