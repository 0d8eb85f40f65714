//! The structure of elements.

use serde::{Deserialize, Serialize};

use crate::{SimpleTypeId, TypeId};

/// The content of an element, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Type {
    /// The declaration in the schemas, with the path of elements in it: `ClientTypeRequest/set/values`.
    pub name: String,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Its Rust type, in the crate `plesk`; `None` if it has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rust: Option<String>,
    /// The attributes of the element.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// What is between the tags.
    pub content: Content,
    /// Present if it chooses the objects that an operation acts on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<Selector>,
    /// Present if it pairs a name with a value that may be a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
}

/// What is between the tags of an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// Text.
    Text(SimpleTypeId),
    /// Particles in this order. Without any, the element is empty.
    Sequence(Vec<Particle>),
    /// Particles in any order.
    All(Vec<Particle>),
    /// One of these particles.
    Choice(Vec<Particle>),
    /// One of these particles, or none.
    OptionalChoice(Vec<Particle>),
    /// Anything.
    Any,
}

impl Content {
    /// Returns the particles; none for text and free content.
    pub fn particles(&self) -> &[Particle] {
        match self {
            Self::Sequence(particles)
            | Self::All(particles)
            | Self::Choice(particles)
            | Self::OptionalChoice(particles) => particles,
            Self::Text(_) | Self::Any => &[],
        }
    }

    /// Returns `true` if the particles are alternatives.
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::Choice(_) | Self::OptionalChoice(_))
    }
}

/// A part of a sequence or of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particle {
    /// The name of the element. For a choice or a group, the common prefix of the names in it, or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// The value that the server assumes if the element is absent or empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The least number of occurrences.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub min: usize,
    /// The greatest number of occurrences; `None` if there is no bound.
    #[serde(default = "at_most_one", skip_serializing_if = "is_at_most_one")]
    pub max: Option<usize>,
    /// Its kind.
    pub kind: ParticleKind,
}

/// The kinds of particles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParticleKind {
    /// An element with text.
    Text {
        /// The type of the text.
        ty: SimpleTypeId,
        /// `true` if the element may be `xsi:nil`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        nillable: bool,
        /// `true` if the text is a secret.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        secret: bool,
    },
    /// An element with attributes or elements.
    Element(TypeId),
    /// An element that is always empty.
    Flag,
    /// An element without a type.
    Untyped(Untyped),
    /// One of several particles, without an element around them.
    Choice(TypeId),
    /// Several particles, without an element around them.
    Group(TypeId),
    /// Any elements.
    Wildcard,
}

/// What is known of an element that has no type in the schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untyped {
    /// It is always empty.
    Flag,
    /// It contains text.
    Text,
    /// It may contain anything.
    Raw,
}

/// An attribute of an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// The value that the server assumes if it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// `true` if it must be present.
    pub required: bool,
    /// The type of its value.
    pub ty: SimpleTypeId,
}

/// What is special about a type that chooses objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selector {
    /// The objects that it chooses if it is empty or absent; `None` if it cannot be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
    /// The variant of its Rust type for that: `Everything`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rust_empty: Option<String>,
    /// The alternatives that choose everything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub everything: Vec<String>,
    /// The alternatives that are stable keys: no other object can ever have the same value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stable_keys: Vec<String>,
}

/// The settings of a name-value pair whose values are not secrets. All other values are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The element with the name.
    pub name: String,
    /// The element with the value.
    pub value: String,
    /// The names whose values may be shown.
    pub names: Vec<String>,
}

fn one() -> usize {
    1
}

fn is_one(number: &usize) -> bool {
    *number == 1
}

fn at_most_one() -> Option<usize> {
    Some(1)
}

fn is_at_most_one(max: &Option<usize>) -> bool {
    *max == Some(1)
}
