//! The document that a mutation changes, and random positions in it.

use fastrand::Rng;
use plesk_codegen::model::{MemberKind, TypeId};

use crate::packet::{Document, Element, NodePath};
use crate::protocol::Protocol;

/// A document to mutate, with the protocol and the source of randomness that mutations need.
#[derive(Debug)]
pub struct Mutator<'a> {
    /// The document.
    pub document: &'a mut Document,
    /// The protocol.
    pub protocol: &'a Protocol,
    /// The source of randomness.
    pub rng: &'a mut Rng,
}

impl Mutator<'_> {
    /// Returns the path of a random element.
    pub(super) fn random_path(&mut self) -> Option<NodePath> {
        let paths = self.document.paths();
        self.rng.choice(paths)
    }

    /// Returns the path of a random element that satisfies `condition`.
    pub(super) fn random_path_where(&mut self, condition: impl Fn(&Element) -> bool) -> Option<NodePath> {
        let paths = self.document.paths().into_iter();
        let found: Vec<NodePath> =
            paths.filter(|path| self.document.element_mut(path).is_some_and(|element| condition(element))).collect();
        self.rng.choice(found)
    }

    /// Returns the position of a random element other than the root: the path of its parent, and its index there.
    pub(super) fn random_child(&mut self) -> Option<(NodePath, usize)> {
        let paths = self.document.paths();
        let mut path = self.rng.choice(paths.get(1..)?)?.clone();
        let index = path.pop()?;
        Some((path, index))
    }

    /// Returns a random element other than the root.
    pub(super) fn random_descendant(&mut self) -> Option<&mut Element> {
        let (mut path, index) = self.random_child()?;
        path.push(index);
        self.document.element_mut(&path)
    }

    /// Returns a random one of `texts`.
    pub(super) fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        self.rng.choice(texts).copied().unwrap_or_default()
    }
}

/// Returns the names of the elements that are declared in content of the type `id`.
pub(super) fn child_names(protocol: &Protocol, id: TypeId) -> Vec<&str> {
    let ty = &protocol.model.types[id];
    let mut found = Vec::new();
    if ty.record().is_some_and(|record| record.outcome) {
        found.extend(protocol.outcome.iter().map(|member| member.name));
    }
    for member in ty.members() {
        match member.kind {
            MemberKind::Choice(inner) | MemberKind::Group(inner) => found.extend(child_names(protocol, inner)),
            MemberKind::Wildcard => {}
            _ => found.push(&member.name),
        }
    }
    found
}
