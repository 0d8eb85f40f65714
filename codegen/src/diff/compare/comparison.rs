//! The state of a comparison, and how changes are added to it.

use std::collections::BTreeSet;

use crate::diff::change::{ChangeKind, Subject, WireImpact};
use crate::diff::raw_change::{Construct, RawChange, Version};
use crate::model::{Member, MemberKind, Model, SimpleId, TypeId};

/// The changes found so far.
///
/// A pair of types is compared once, however many paths lead to it.
#[derive(Debug)]
pub(in crate::diff) struct Comparison<'a> {
    pub(in crate::diff) old: &'a Model,
    pub(in crate::diff) new: &'a Model,
    pub(in crate::diff) changes: Vec<RawChange>,
    /// The origins of constructs whose documentation changed.
    pub(in crate::diff) documentation: BTreeSet<String>,
    /// The types that both versions have, with the change that may have renamed them in Rust.
    pub(in crate::diff) types: Vec<(TypeId, TypeId, RenameCause)>,
    /// The same for simple types.
    pub(in crate::diff) simples: Vec<(SimpleId, SimpleId, RenameCause)>,
    pub(super) seen: BTreeSet<(TypeId, TypeId)>,
    pub(super) seen_simples: BTreeSet<(SimpleId, SimpleId)>,
    old_names: BTreeSet<&'a str>,
    new_names: BTreeSet<&'a str>,
}

/// The index of the change that renamed a construct further up, if one did.
///
/// The Rust names of the types in its content depend on that name.
pub(in crate::diff) type RenameCause = Option<usize>;

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Model, new: &'a Model) -> Self {
        Self {
            old,
            new,
            changes: Vec::new(),
            documentation: BTreeSet::new(),
            types: Vec::new(),
            simples: Vec::new(),
            seen: BTreeSet::new(),
            seen_simples: BTreeSet::new(),
            old_names: type_names(old),
            new_names: type_names(new),
        }
    }

    /// Adds a change, or adds its constructs to the same change found before. Returns the index of the change.
    pub(super) fn add(&mut self, change: RawChange) -> usize {
        let (old, new) = (self.old, self.new);
        if let Some(at) = self.changes.iter().position(|known| known.is_same(&change, old, new)) {
            self.changes[at].constructs.extend(change.constructs);
            return at;
        }
        self.changes.push(change);
        self.changes.len() - 1
    }

    /// Records that the documentation of a construct changed, if it did. Line breaks do not count.
    pub(super) fn compare_documentation(&mut self, old: &str, new: &str, origin: impl FnOnce() -> String) {
        if !old.split_whitespace().eq(new.split_whitespace()) {
            self.documentation.insert(origin());
        }
    }

    /// Returns `true` if the old schemas have a type of this name.
    pub(super) fn is_old_type(&self, name: &str) -> bool {
        self.old_names.contains(name)
    }

    /// Returns `true` if the new schemas have a type of this name.
    pub(super) fn is_new_type(&self, name: &str) -> bool {
        self.new_names.contains(name)
    }
}

/// Returns the names of all types of a model.
fn type_names(model: &Model) -> BTreeSet<&str> {
    let types = model.types.iter().map(|ty| &ty.origin);
    let simples = model.simples.iter().map(|simple| &simple.origin);
    types.chain(simples).filter_map(|origin| origin.type_name.as_deref()).collect()
}

/// A member of both versions, each with the type that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct MemberPair<'m> {
    pub(super) old_type: TypeId,
    pub(super) old: &'m Member,
    pub(super) new_type: TypeId,
    pub(super) new: &'m Member,
}

impl MemberPair<'_> {
    /// Adds the member to the constructs of a change.
    pub(super) fn mark(self, change: RawChange) -> RawChange {
        change.at_both(Construct::member(self.old_type, self.old), Construct::member(self.new_type, self.new))
    }

    /// Adds the member and everything that only its content uses to the constructs of a change.
    pub(super) fn mark_with_content(self, change: RawChange, old: &Model, new: &Model) -> RawChange {
        let change = with_content(change, Version::Old, old, self.old_type, self.old);
        with_content(change, Version::New, new, self.new_type, self.new)
    }
}

/// Adds a member and everything that only its content uses to the constructs of a change.
pub(super) fn with_content(
    change: RawChange,
    version: Version,
    model: &Model,
    ty: TypeId,
    member: &Member,
) -> RawChange {
    let change = change.at(version, Construct::member(ty, member));
    let change = match member.ty() {
        Some(inner) => change.at(version, Construct::TypeTree(inner)),
        None => change,
    };
    match member.kind {
        MemberKind::Text { simple, .. } if model.simples[simple].enumeration().is_some() => {
            change.at(version, Construct::Simple(simple, None))
        }
        _ => change,
    }
}

/// Creates the change that an element or attribute has another default.
pub(super) fn default_change(subject: Subject, old: Option<&String>, new: Option<&String>) -> RawChange {
    let text =
        |value: Option<&String>| value.map_or_else(|| "no default".to_owned(), |value| format!("default {value}"));
    RawChange::new(subject, ChangeKind::Default, WireImpact::Meaning).with_old(text(old)).with_new(text(new))
}
