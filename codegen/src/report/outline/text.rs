//! Renders nodes as indented lines.

use std::collections::BTreeSet;

use super::node::{Content, Node, Term};
use super::operators::{elements, is_operator_choice};
use super::resolver::Resolver;
use crate::load::syntax;

/// The lines of an outline so far.
pub(super) struct Renderer<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    lines: String,
    /// The named types that have been expanded.
    shown: BTreeSet<String>,
    /// The elements around the current line. One with an anonymous type may contain itself.
    open: Vec<*const syntax::ElementType>,
    /// The operators, if the next choice of operators is only counted.
    counted: Option<&'r BTreeSet<String>>,
}

impl<'r, 'a> Renderer<'r, 'a> {
    /// Renders a node with all its content.
    pub(super) fn all(resolver: &'r mut Resolver<'a>, node: &Node<'a>) -> String {
        Self::render(resolver, node, None)
    }

    /// Renders a node, but only counts the operators in it.
    pub(super) fn without_operators(
        resolver: &'r mut Resolver<'a>,
        node: &Node<'a>,
        operators: &'r BTreeSet<String>,
    ) -> String {
        Self::render(resolver, node, Some(operators))
    }

    fn render(resolver: &'r mut Resolver<'a>, node: &Node<'a>, counted: Option<&'r BTreeSet<String>>) -> String {
        let mut renderer = Self { resolver, lines: String::new(), shown: BTreeSet::new(), open: Vec::new(), counted };
        renderer.node(node, 0);
        renderer.lines
    }

    fn line(&mut self, depth: usize, line: &str, remark: &str) {
        self.lines.push_str(&"  ".repeat(depth));
        self.lines.push_str(line);
        self.lines.push_str(remark);
        self.lines.push('\n');
    }

    fn nodes(&mut self, nodes: &[Node<'a>], depth: usize) {
        nodes.iter().for_each(|node| self.node(node, depth));
    }

    fn node(&mut self, node: &Node<'a>, depth: usize) {
        let max = node.occurs.max.map_or("*".to_owned(), |max| max.to_string());
        let occurs = format!("[{}..{max}]", node.occurs.min);
        let element = match &node.term {
            Term::Line(line) => return self.line(depth, line, ""),
            Term::Group(kind, items) => {
                let line = format!("{kind} {occurs}");
                if is_operator_choice(node)
                    && let Some(operators) = self.counted.take()
                {
                    return self.line(depth, &line, &count(&elements(items), operators));
                }
                self.line(depth, &line, "");
                return self.nodes(items, depth + 1);
            }
            Term::Element(element) => *element,
        };
        let content = self.resolver.content(element);
        let nillable = if element.node.nillable == Some(true) { " nillable" } else { "" };
        let line = match &content {
            Content::Named(name, _) => format!("element {} : {name} {occurs}{nillable}", node.name()),
            Content::Simple(base) => format!("element {} : <{base}> {occurs}{nillable}", node.name()),
            Content::Anonymous(_) => format!("element {} {occurs}{nillable}", node.name()),
        };
        match content {
            Content::Named(name, nodes) if !nodes.is_empty() && !self.shown.insert(name.clone()) => {
                self.line(depth, &line, &format!("  …see type {name} above"));
            }
            Content::Anonymous(nodes) if !nodes.is_empty() && self.open.contains(&std::ptr::from_ref(element.node)) => {
                self.line(depth, &line, &format!("  …see element {} above", node.name()));
            }
            Content::Simple(_) => self.line(depth, &line, ""),
            Content::Named(_, nodes) | Content::Anonymous(nodes) => {
                self.line(depth, &line, "");
                self.open.push(element.node);
                self.nodes(&nodes, depth + 1);
                self.open.pop();
            }
        }
    }
}

/// Returns the number and the names of the operators in a packet, and of its other elements.
fn count(elements: &[Node<'_>], operators: &BTreeSet<String>) -> String {
    let (operators, others): (Vec<&str>, Vec<&str>) =
        elements.iter().map(Node::name).partition(|name| operators.contains(*name));
    let mut text = format!("   <- {} operators, one file each: {}", operators.len(), operators.join(" "));
    if !others.is_empty() {
        text.push_str(&format!("; without operations: {}", others.join(" ")));
    }
    text
}
