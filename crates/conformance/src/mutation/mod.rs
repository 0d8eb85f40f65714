//! Changes to packets, most of which make them invalid.

mod markup;
mod structure;
mod value;

use fastrand::Rng;
use plesk_codegen::model::{MemberKind, TypeId};

use crate::document::{Document, Path};
use crate::protocol::Protocol;
use crate::tree::{Element, Node};

macro_rules! mutations {
    ($($(#[$doc:meta])* $kind:ident => $change:expr,)*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Mutation {
            $($(#[$doc])* $kind,)*
        }

        impl Mutation {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Makes a change of this kind at a random place; whether there was one for it.
            pub fn apply(self, place: &mut Place<'_>) -> bool {
                match self {
                    $(Self::$kind => $change(place),)*
                }
            }
        }
    };
}

mutations! {
    /// An element is left out.
    Drop => structure::drop,
    /// An element stands twice.
    Duplicate => structure::duplicate,
    /// Two siblings change places.
    Swap => structure::swap,
    /// The children of an `xs:all` stand in another order.
    Shuffle => structure::shuffle,
    /// An element gets another name.
    Rename => structure::rename,
    /// An element that the type has is put in anywhere.
    Insert => structure::insert,
    /// An element moves into another one.
    Move => structure::relocate,
    /// An element is put around another one.
    Wrap => structure::wrap,
    /// An element's content stands in its place.
    Unwrap => structure::unwrap,
    /// An element loses all that it holds.
    Empty => structure::empty,
    /// A part of another element takes the place of an element.
    Graft => structure::graft,
    /// A value is empty.
    EmptyValue => value::empty,
    /// A value stands at a bound, or next to one.
    Bound => value::bound,
    /// A value is one of another type.
    Foreign => value::foreign,
    /// The same value is written otherwise.
    Respell => value::respell,
    /// White space stands around a value, or in it.
    Blank => value::blank,
    /// One character of a value is another one.
    Misspell => value::misspell,
    /// A text stands among elements or in a value.
    StrayText => markup::text,
    /// An element stands in a value.
    StrayElement => markup::element,
    /// An element has an attribute that it should not have.
    StrayAttribute => markup::attribute,
    /// An attribute is left out or given twice.
    BadAttribute => markup::bad_attribute,
    /// A comment stands somewhere.
    Comment => markup::comment,
    /// A processing instruction stands somewhere.
    Instruction => markup::instruction,
    /// CDATA stands somewhere.
    CData => markup::cdata,
    /// A reference to a character or an entity stands somewhere.
    Reference => markup::reference,
    /// An element is in a namespace, or is called as if it were.
    Namespace => markup::namespace,
    /// An element says that it is nil, or that it is not.
    Nil => markup::nil,
    /// Something unusual stands before or after the root element.
    Surroundings => markup::surroundings,
    /// The document is not well-formed.
    Broken => markup::broken,
}

/// A document to change, and what it takes to do it.
#[derive(Debug)]
pub struct Place<'a> {
    /// The document.
    pub document: &'a mut Document,
    /// The protocol.
    pub protocol: &'a Protocol,
    /// Chance.
    pub rng: &'a mut Rng,
}

impl Place<'_> {
    /// The way to a random element.
    fn any(&mut self) -> Option<Path> {
        let paths = self.document.paths();
        self.rng.choice(paths)
    }

    /// The way to the parent of a random element, and which of its nodes that is.
    fn child(&mut self) -> Option<(Path, usize)> {
        let paths = self.document.paths();
        let mut path = self.rng.choice(paths.get(1..)?)?.clone();
        let last = path.pop()?;
        Some((path, last))
    }

    /// A random element that is not the root.
    fn inner(&mut self) -> Option<&mut Element> {
        let (mut path, last) = self.child()?;
        path.push(last);
        self.document.at(&path)
    }

    /// A random element that satisfies a condition.
    fn element(&mut self, is: impl Fn(&Element) -> bool) -> Option<Path> {
        let paths = self.document.paths();
        let found: Vec<Path> = paths.into_iter().filter(|path| self.document.at(path).is_some_and(|e| is(e))).collect();
        self.rng.choice(found)
    }

    fn one<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        self.rng.choice(texts).copied().unwrap_or_default()
    }
}

/// The names of the elements that may stand in content of the type `id`.
fn names(protocol: &Protocol, id: TypeId) -> Vec<&str> {
    let ty = &protocol.model.types[id];
    let mut found = Vec::new();
    if ty.record().is_some_and(|record| record.outcome) {
        found.extend(protocol.outcome.iter().map(|member| member.name));
    }
    for member in ty.members() {
        match member.kind {
            MemberKind::Choice(inner) | MemberKind::Group(inner) => found.extend(names(protocol, inner)),
            MemberKind::Wildcard => {}
            _ => found.push(&member.name),
        }
    }
    found
}

/// Whether an element holds nothing but a text.
fn is_leaf(element: &Element) -> bool {
    matches!(element.content.as_slice(), [Node::Text { .. }])
}
