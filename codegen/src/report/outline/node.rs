//! The nodes of an outline.

use crate::load::syntax;
use crate::lower::declarations::Declared;
use crate::model::Occurs;

/// A part of a content model.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) term: Term<'a>,
    pub(super) occurs: Occurs,
}

#[derive(Clone, Debug)]
pub(super) enum Term<'a> {
    /// An element. Its content is resolved on demand, as it may contain the element itself.
    Element(Declared<'a, syntax::ElementType>),
    /// A sequence, a choice or an `all`, with its content.
    Group(&'static str, Vec<Node<'a>>),
    /// Anything else as text: an attribute, a wildcard.
    Line(String),
}

/// The content of an element.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// The content of a named type. Empty if the type is simple.
    Named(String, Vec<Node<'a>>),
    /// The text of an anonymous type that restricts the named one.
    Simple(String),
    /// The content of an anonymous type.
    Anonymous(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    pub(super) fn line(text: String) -> Self {
        Self { term: Term::Line(text), occurs: Occurs::ONCE }
    }

    pub(super) fn group(kind: &'static str, items: Vec<Self>) -> Self {
        Self { term: Term::Group(kind, items), occurs: Occurs::ONCE }
    }

    /// Returns the name of an element, or an empty one.
    pub(super) fn name(&self) -> &'a str {
        match self.term {
            Term::Element(element) => element.node.name.as_deref().unwrap_or_default(),
            Term::Group(..) | Term::Line(_) => "",
        }
    }
}
