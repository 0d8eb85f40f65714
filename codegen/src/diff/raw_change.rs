//! Changes as the comparison of two models finds them.
//!
//! Their usage in packets and their impact on the emitted crate are not known yet.

use super::change::{ChangeKind, Subject, WireImpact};
use crate::model::{Member, Model, Origin, SimpleId, TypeId};

/// One of the two compared models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    Old,
    New,
}

/// A part of a model that a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Construct {
    /// A member, attribute or text of a type, by its name.
    Member(TypeId, String),
    /// A type itself.
    Type(TypeId),
    /// A type, and all types that only its content uses.
    TypeTree(TypeId),
    /// A simple type, or one of its values.
    Simple(SimpleId, Option<String>),
    /// An operation, by its index in [`Model::operations`].
    Operation(usize),
    /// An operator.
    Operator(String),
}

/// A change of the schemas.
#[derive(Clone, Debug)]
pub(super) struct RawChange {
    pub(super) subject: Subject,
    pub(super) kind: ChangeKind,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) wire: WireImpact,
    /// The constructs that the change is about, in either version.
    pub(super) constructs: Vec<(Version, Construct)>,
}

impl RawChange {
    pub(super) fn new(subject: Subject, kind: ChangeKind, wire: WireImpact) -> Self {
        Self { subject, kind, old: None, new: None, wire, constructs: Vec::new() }
    }

    pub(super) fn with_old(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    pub(super) fn with_new(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    pub(super) fn at(mut self, version: Version, construct: Construct) -> Self {
        self.constructs.push((version, construct));
        self
    }

    /// Adds the same member, attribute or text of both versions.
    pub(super) fn at_both(self, old: Construct, new: Construct) -> Self {
        self.at(Version::Old, old).at(Version::New, new)
    }

    /// Returns the construct that the change is reported at: the first new one, or else the first old one.
    pub(super) fn primary(&self) -> Option<&(Version, Construct)> {
        self.constructs.iter().find(|(version, _)| *version == Version::New).or_else(|| self.constructs.first())
    }

    /// Returns `true` if `other` is the same change of the schemas.
    ///
    /// One schema type can become several types of the model, and the change is found at each of them.
    pub(super) fn is_same(&self, other: &Self, old: &Model, new: &Model) -> bool {
        let origin = |change: &Self| {
            let (version, construct) = change.primary()?.clone();
            Some(construct.origin(if version == Version::New { new } else { old }))
        };
        let head = |change: &Self| (change.subject, change.kind, change.old.clone(), change.new.clone());
        head(self) == head(other) && origin(self) == origin(other)
    }
}

impl Construct {
    /// Creates the construct of a member of a type.
    pub(super) fn member(ty: TypeId, member: &Member) -> Self {
        Self::Member(ty, member.name.clone())
    }

    /// Returns the place in the schemas: `clientAddGenInfo/login in client_input.xsd`.
    pub(super) fn origin(&self, model: &Model) -> String {
        let within = |origin: &Origin, name: &str| format!("{}/{name} in {}", origin.path, origin.file);
        match self {
            Self::Member(ty, name) => within(&model.types[*ty].origin, name),
            Self::Type(ty) | Self::TypeTree(ty) => model.types[*ty].origin.to_string(),
            Self::Simple(simple, _) => model.simples[*simple].origin.to_string(),
            Self::Operation(at) => model.types[model.operations[*at].request].origin.to_string(),
            Self::Operator(name) => {
                let operation = model.operations.iter().find(|operation| operation.operator == *name);
                operation.map_or_else(String::new, |it| format!("{name} in {}", model.types[it.request].origin.file))
            }
        }
    }
}
