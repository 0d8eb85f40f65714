//! Changes as the comparison of the models finds them, before it is known where they are used and what becomes of the
//! emitted crate.

use super::change::{ChangeKind, Subject, Wire};
use crate::model::{Member, Model, Origin, SimpleId, TypeId};

/// One of the two models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Old,
    New,
}

/// What of a model a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// A member, attribute or text of a type, by its name and the name that a fix-up gives it.
    Member(TypeId, String, Option<String>),
    /// A type as such.
    Type(TypeId),
    /// A type with all that stands in it alone.
    Whole(TypeId),
    /// A simple type, and perhaps one of its values.
    Simple(SimpleId, Option<String>),
    /// An operation, by its place in the list.
    Operation(usize),
    /// An operator.
    Operator(String),
}

/// A change.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) subject: Subject,
    pub(super) kind: ChangeKind,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) wire: Wire,
    /// What it is about, on each side. The first spot of the new side, or else of the old, says where it stands.
    pub(super) spots: Vec<(Side, Spot)>,
}

impl Draft {
    pub(super) fn new(subject: Subject, kind: ChangeKind, wire: Wire) -> Self {
        Self { subject, kind, old: None, new: None, wire, spots: Vec::new() }
    }

    pub(super) fn from(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    pub(super) fn to(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    pub(super) fn at(mut self, side: Side, spot: Spot) -> Self {
        self.spots.push((side, spot));
        self
    }

    /// Where it stands: the first spot of the new side if there is one, else of the old.
    pub(super) fn place(&self) -> Option<&(Side, Spot)> {
        self.spots.iter().find(|(side, _)| *side == Side::New).or_else(|| self.spots.first())
    }

    /// Whether `other` is the same change, found at another type that the same schema type became.
    pub(super) fn is_same(&self, other: &Self, old: &Model, new: &Model) -> bool {
        let place = |draft: &Self| {
            let (side, spot) = draft.place()?.clone();
            Some(spot.schema(if side == Side::New { new } else { old }))
        };
        let head = |draft: &Self| (draft.subject, draft.kind, draft.old.clone(), draft.new.clone());
        head(self) == head(other) && place(self) == place(other)
    }
}

impl Spot {
    /// A member of a type.
    pub(super) fn member(ty: TypeId, member: &Member) -> Self {
        Self::Member(ty, member.name.clone(), member.renamed.clone())
    }

    /// Where it stands in the schemas.
    pub(super) fn schema(&self, model: &Model) -> String {
        let within = |origin: &Origin, name: &str| format!("{}/{name} in {}", origin.path, origin.file);
        match self {
            Self::Member(ty, name, _) => within(&model.types[*ty].origin, name),
            Self::Type(ty) | Self::Whole(ty) => model.types[*ty].origin.to_string(),
            Self::Simple(simple, _) => model.simples[*simple].origin.to_string(),
            Self::Operation(at) => model.types[model.operations[*at].request].origin.to_string(),
            Self::Operator(name) => {
                let request = model.operations.iter().find(|operation| operation.operator == *name);
                request.map_or_else(String::new, |o| format!("{name} in {}", model.types[o.request].origin.file))
            }
        }
    }
}
