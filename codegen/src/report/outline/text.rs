//! Nodes as indented lines.

use std::collections::BTreeSet;

use super::tree::{Content, Node, Term, Tree};
use super::{elements, holds_operators};
use crate::load::syntax;

/// The lines of one outline, while they are collected.
pub(super) struct Text<'t, 'a> {
    tree: &'t mut Tree<'a>,
    lines: String,
    /// The named types that stand there already.
    shown: BTreeSet<String>,
    /// The elements with an anonymous type that the current line stands in: they may lead back to themselves.
    open: Vec<*const syntax::ElementType>,
    /// Whether the operators are only counted.
    around: bool,
}

impl<'t, 'a> Text<'t, 'a> {
    /// The outline of a node and all in it.
    pub(super) fn of(tree: &'t mut Tree<'a>, node: &Node<'a>) -> String {
        Self::write(tree, node, false)
    }

    /// The outline of what stands around the operators.
    pub(super) fn around_operators(tree: &'t mut Tree<'a>, node: &Node<'a>) -> String {
        Self::write(tree, node, true)
    }

    fn write(tree: &'t mut Tree<'a>, node: &Node<'a>, around: bool) -> String {
        let mut text = Self { tree, lines: String::new(), shown: BTreeSet::new(), open: Vec::new(), around };
        text.node(node, 0);
        text.lines
    }

    fn line(&mut self, depth: usize, line: &str, note: &str) {
        self.lines.push_str(&"  ".repeat(depth));
        self.lines.push_str(line);
        self.lines.push_str(note);
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
                if self.around && holds_operators(node) {
                    self.around = false;
                    let operators = elements(items);
                    let names: Vec<&str> = operators.iter().map(Node::name).collect();
                    let note = format!("   <- {} operators, one file each: {}", names.len(), names.join(" "));
                    return self.line(depth, &line, &note);
                }
                self.line(depth, &line, "");
                return self.nodes(items, depth + 1);
            }
            Term::Element(element) => *element,
        };
        let content = self.tree.content(element);
        let nillable = if element.node.nillable == Some(true) { " nillable" } else { "" };
        let line = match &content {
            Content::Named(name, _) => format!("element {} : {name} {occurs}{nillable}", node.name()),
            Content::Simple(base) => format!("element {} : <{base}> {occurs}{nillable}", node.name()),
            Content::Anonymous(_) => format!("element {} {occurs}{nillable}", node.name()),
        };
        match content {
            Content::Named(name, inside) if !inside.is_empty() && !self.shown.insert(name.clone()) => {
                self.line(depth, &line, &format!("  …see type {name} above"));
            }
            Content::Anonymous(inside)
                if !inside.is_empty() && self.open.contains(&std::ptr::from_ref(element.node)) =>
            {
                self.line(depth, &line, &format!("  …see element {} above", node.name()));
            }
            Content::Simple(_) => self.line(depth, &line, ""),
            Content::Named(_, inside) | Content::Anonymous(inside) => {
                self.line(depth, &line, "");
                self.open.push(element.node);
                self.nodes(&inside, depth + 1);
                self.open.pop();
            }
        }
    }
}
