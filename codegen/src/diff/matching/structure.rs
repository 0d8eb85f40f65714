//! Compares the structure of types, whatever their names: the evidence for a rename.

use std::collections::BTreeSet;

use crate::diff::simple_types;
use crate::model::{Body, Kind, Member, MemberKind, Model, Record, SimpleId, TypeId};

/// Returns the type of a choice or group, which has no element of its own.
pub(in crate::diff) fn model_group(member: &Member) -> Option<TypeId> {
    match member.kind {
        MemberKind::Choice(id) | MemberKind::Group(id) => Some(id),
        _ => None,
    }
}

/// Returns `true` if two members have the same content, whatever their names.
pub(super) fn same_structure(old: &Model, new: &Model, old_member: &Member, new_member: &Member) -> bool {
    Structures::new(old, new).same_kinds(&old_member.kind, &new_member.kind)
}

/// Returns `true` if two types have the same content, whatever their names.
pub(in crate::diff) fn same_type_structure(old: &Model, new: &Model, old_id: TypeId, new_id: TypeId) -> bool {
    Structures::new(old, new).same_types(old_id, new_id)
}

/// The state of one comparison.
struct Structures<'a> {
    old: &'a Model,
    new: &'a Model,
    /// The pairs of types whose comparison has begun. Within their own content they count as the same.
    seen: BTreeSet<(TypeId, TypeId)>,
}

impl<'a> Structures<'a> {
    fn new(old: &'a Model, new: &'a Model) -> Self {
        Self { old, new, seen: BTreeSet::new() }
    }

    fn same_kinds(&mut self, old: &MemberKind, new: &MemberKind) -> bool {
        match (old, new) {
            (
                MemberKind::Text { simple: old, nillable: old_nillable, .. },
                MemberKind::Text { simple: new, nillable: new_nillable, .. },
            ) => old_nillable == new_nillable && self.same_simple_types(*old, *new),
            (MemberKind::Element(a), MemberKind::Element(b))
            | (MemberKind::Choice(a), MemberKind::Choice(b))
            | (MemberKind::Group(a), MemberKind::Group(b)) => self.same_types(*a, *b),
            (MemberKind::Outcome(a), MemberKind::Outcome(b)) => match (a, b) {
                (Body::Record(a), Body::Record(b)) | (Body::Optional(a), Body::Optional(b)) => self.same_types(*a, *b),
                _ => a == b,
            },
            (MemberKind::Flag, MemberKind::Flag) | (MemberKind::Wildcard, MemberKind::Wildcard) => true,
            (MemberKind::Untyped(a), MemberKind::Untyped(b)) => a == b,
            _ => false,
        }
    }

    fn same_simple_types(&self, old_id: SimpleId, new_id: SimpleId) -> bool {
        let old_name = &self.old.simples[old_id].origin.type_name;
        // A named type keeps its identity, whatever changed in it.
        old_name.is_some() && *old_name == self.new.simples[new_id].origin.type_name
            || simple_types::same_values(self.old, self.new, old_id, new_id)
    }

    fn same_types(&mut self, old_id: TypeId, new_id: TypeId) -> bool {
        if !self.seen.insert((old_id, new_id)) {
            return true;
        }
        let (old, new) = (&self.old.types[old_id], &self.new.types[new_id]);
        if old.origin.type_name.is_some() && old.origin.type_name == new.origin.type_name {
            return true;
        }
        let same_heads = match (&old.kind, &new.kind) {
            (Kind::Record(old), Kind::Record(new)) => self.same_record_heads(old, new),
            (Kind::Choice(old), Kind::Choice(new)) => old.may_be_empty == new.may_be_empty,
            (Kind::Untyped, Kind::Untyped) => true,
            _ => false,
        };
        same_heads
            && old.members().len() == new.members().len()
            && old.members().iter().zip(new.members()).all(|(old, new)| {
                // The name of a choice or group follows from its content.
                (old.name == new.name || model_group(old).is_some())
                    && old.occurs == new.occurs
                    && self.same_kinds(&old.kind, &new.kind)
            })
    }

    /// Compares all of two records but their members.
    fn same_record_heads(&self, old: &Record, new: &Record) -> bool {
        let same_attributes = old.attributes.len() == new.attributes.len()
            && old.attributes.iter().zip(&new.attributes).all(|(old, new)| {
                old.name == new.name && old.required == new.required && self.same_simple_types(old.simple, new.simple)
            });
        let same_text = match (old.text, new.text) {
            (Some(old), Some(new)) => self.same_simple_types(old, new),
            (old, new) => old.is_none() == new.is_none(),
        };
        same_attributes && same_text && old.any_order == new.any_order && old.outcome == new.outcome
    }
}
