//! Model groups as nodes: sequences, choices, `xs:all`, references to named groups and to elements.

use super::lines::wildcard;
use super::tree::{Node, Term, Tree};
use crate::load::syntax;
use crate::lower::declarations::{Declared, resolve};
use crate::lower::particle::occurs;

impl<'a> Tree<'a> {
    pub(super) fn group(&mut self, kind: &'static str, node: &'a syntax::GroupType, file: &'a str) -> Option<Node<'a>> {
        let empty = node.content.iter().all(|part| matches!(part, syntax::GroupTypeContent::Annotation(_)));
        if empty { None } else { self.inner_group(kind, node, file) }
    }

    /// A group in a group, which stands there even if it is empty.
    fn inner_group(&mut self, kind: &'static str, node: &'a syntax::GroupType, file: &'a str) -> Option<Node<'a>> {
        let occurs = occurs(node.min_occurs, node.max_occurs);
        if occurs.max == Some(0) {
            return None;
        }
        let mut items = Vec::new();
        for part in &node.content {
            use syntax::GroupTypeContent as Part;
            match part {
                Part::Annotation(_) => {}
                Part::Element(node) => items.extend(self.element(node, file)),
                Part::Sequence(group) => items.extend(self.inner_group("sequence", group, file)),
                Part::Choice(group) => items.extend(self.inner_group("choice", group, file)),
                Part::All(group) => items.extend(self.inner_group("all", group, file)),
                Part::Group(group) => items.extend(self.group_reference(group, file)),
                Part::Any(any) => items.extend(wildcard(any)),
            }
        }
        Some(Node { term: Term::Group(kind, items), occurs })
    }

    /// `<xs:group ref="…"/>`: the group, as often as the reference says.
    pub(super) fn group_reference(&mut self, node: &'a syntax::GroupType, file: &'a str) -> Option<Node<'a>> {
        let (_, name) = resolve(node.ref_.as_ref()?);
        let Some(declared) = self.declarations.groups.get(name.as_str()).copied() else {
            self.problem(file, &name, "the group is not declared".to_owned());
            return None;
        };
        let group = self.guarded(format!("the group {name} contains itself"), file, |tree| {
            declared.node.content.iter().find_map(|part| match part {
                syntax::GroupTypeContent::Sequence(group) => tree.group("sequence", group, declared.file),
                syntax::GroupTypeContent::Choice(group) => tree.group("choice", group, declared.file),
                syntax::GroupTypeContent::All(group) => tree.group("all", group, declared.file),
                _ => None,
            })
        });
        let occurs = occurs(node.min_occurs, node.max_occurs);
        group.filter(|_| occurs.max != Some(0)).map(|group| Node { occurs, ..group })
    }

    fn element(&mut self, node: &'a syntax::ElementType, file: &'a str) -> Option<Node<'a>> {
        let occurs = occurs(node.min_occurs, node.max_occurs);
        if occurs.max == Some(0) {
            return None;
        }
        let Some(reference) = &node.ref_ else {
            return Some(Node { term: Term::Element(Declared { file, node }), occurs });
        };
        let (_, name) = resolve(reference);
        let Some(declared) = self.declarations.elements.get(name.as_str()).copied() else {
            self.problem(file, &name, "the element is not declared".to_owned());
            return None;
        };
        Some(Node { term: Term::Element(declared), occurs })
    }
}
