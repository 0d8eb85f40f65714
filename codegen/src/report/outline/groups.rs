//! Resolves model groups: sequences, choices, `xs:all`, and references to named groups and to elements.

use super::lines::wildcard;
use super::node::{Node, Term};
use super::resolver::Resolver;
use crate::load::syntax;
use crate::lower::declarations::{Declared, resolve};
use crate::lower::particle::occurs;

impl<'a> Resolver<'a> {
    /// Resolves the group of a complex type, unless it is empty.
    pub(super) fn group(&mut self, kind: &'static str, node: &'a syntax::GroupType, file: &'a str) -> Option<Node<'a>> {
        let empty = node.content.iter().all(|part| matches!(part, syntax::GroupTypeContent::Annotation(_)));
        if empty { None } else { self.inner_group(kind, node, file) }
    }

    /// Resolves a group in a group, even if it is empty.
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

    /// Resolves `<xs:group ref="…"/>`: the group with the occurrence of the reference.
    pub(super) fn group_reference(&mut self, node: &'a syntax::GroupType, file: &'a str) -> Option<Node<'a>> {
        let (_, name) = resolve(node.ref_.as_ref()?);
        let Some(declared) = self.declarations.groups.get(name.as_str()).copied() else {
            self.add_problem(file, &name, "the group is not declared".to_owned());
            return None;
        };
        let group = self.without_cycle(format!("the group {name} contains itself"), file, |resolver| {
            declared.node.content.iter().find_map(|part| match part {
                syntax::GroupTypeContent::Sequence(group) => resolver.group("sequence", group, declared.file),
                syntax::GroupTypeContent::Choice(group) => resolver.group("choice", group, declared.file),
                syntax::GroupTypeContent::All(group) => resolver.group("all", group, declared.file),
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
            self.add_problem(file, &name, "the element is not declared".to_owned());
            return None;
        };
        Some(Node { term: Term::Element(declared), occurs })
    }
}
