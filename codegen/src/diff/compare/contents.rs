//! Compares the contents of members: types, results of operations, and elements that are grouped differently.

use super::comparison::{Comparison, MemberPair, RenameCause, with_content};
use crate::diff::change::ChangeKind::{Added, Changed, Nillable, Occurrence, Regrouped, Removed, Renamed, Retyped};
use crate::diff::change::{Subject, WireImpact};
use crate::diff::describe;
use crate::diff::matching::model_group;
use crate::diff::raw_change::{Construct, RawChange, Version};
use crate::model::{Body, Member, MemberKind, Model, TypeId};

impl<'a> Comparison<'a> {
    /// Compares the contents of a member.
    pub(super) fn compare_contents(&mut self, members: MemberPair<'_>, cause: RenameCause) {
        let (old, new) = (self.old, self.new);
        let mark = |change| members.mark(change);
        match (&members.old.kind, &members.new.kind) {
            (
                MemberKind::Text { simple: old_simple, nillable: old_nillable, secret: old_secret },
                MemberKind::Text { simple: new_simple, nillable: new_nillable, secret: new_secret },
            ) => {
                if old_nillable != new_nillable {
                    let text = |nillable| if nillable { "may be nil" } else { "never nil" };
                    let wire = if *new_nillable { WireImpact::Wider } else { WireImpact::Narrower };
                    let change = RawChange::new(Subject::Element, Nillable, wire);
                    self.add(mark(change.with_old(text(*old_nillable)).with_new(text(*new_nillable))));
                }
                if old_secret != new_secret {
                    let text = |secret| if secret { "secret" } else { "not secret" };
                    let change = RawChange::new(Subject::Element, Changed, WireImpact::Same);
                    self.add(mark(change.with_old(text(*old_secret)).with_new(text(*new_secret))));
                }
                self.compare_text_types(*old_simple, *new_simple, Subject::Element, mark, cause);
            }
            (MemberKind::Element(old), MemberKind::Element(new)) => {
                self.compare_element_types(*old, *new, mark, cause);
            }
            (MemberKind::Choice(old), MemberKind::Choice(new)) | (MemberKind::Group(old), MemberKind::Group(new)) => {
                self.compare_types(*old, *new, cause);
            }
            (MemberKind::Outcome(old), MemberKind::Outcome(new)) => self.compare_bodies(*old, *new, mark, cause),
            (MemberKind::Flag, MemberKind::Flag) | (MemberKind::Wildcard, MemberKind::Wildcard) => {}
            (MemberKind::Untyped(old), MemberKind::Untyped(new)) if old == new => {}
            (MemberKind::Choice(_) | MemberKind::Group(_), MemberKind::Choice(_) | MemberKind::Group(_)) => {
                let change = RawChange::new(Subject::Group, Regrouped, WireImpact::Different)
                    .with_old(describe::particle(old, members.old))
                    .with_new(describe::particle(new, members.new));
                self.add(members.mark_with_content(change, old, new));
            }
            (old_kind, new_kind) => {
                let wire = match (old_kind, new_kind) {
                    (_, MemberKind::Untyped(_) | MemberKind::Wildcard) => WireImpact::Wider,
                    (MemberKind::Untyped(_) | MemberKind::Wildcard, _) => WireImpact::Narrower,
                    _ => WireImpact::Different,
                };
                let change = RawChange::new(Subject::Element, Retyped, wire)
                    .with_old(describe::member_type(old, members.old))
                    .with_new(describe::member_type(new, members.new));
                self.add(members.mark_with_content(change, old, new));
            }
        }
    }

    /// Compares the results of an operation.
    fn compare_bodies(
        &mut self,
        old_body: Body,
        new_body: Body,
        mark: impl Fn(RawChange) -> RawChange,
        cause: RenameCause,
    ) {
        let content = |body| match body {
            Body::Nothing => None,
            Body::Record(id) | Body::Optional(id) => Some(id),
        };
        let is_optional = |body| matches!(body, Body::Optional(_));
        let may_be_empty = |model: &Model, body, id: TypeId| {
            is_optional(body) || model.types[id].members().iter().all(|member| member.occurs.is_optional())
        };
        match (content(old_body), content(new_body)) {
            (None, None) => {}
            (Some(old_id), Some(new_id)) => {
                if is_optional(old_body) != is_optional(new_body) {
                    let text = |optional| if optional { "all or none" } else { "in every result" };
                    let wire = if is_optional(new_body) { WireImpact::Wider } else { WireImpact::Narrower };
                    let change = RawChange::new(Subject::Group, Occurrence, wire);
                    let change = change.with_old(text(is_optional(old_body))).with_new(text(is_optional(new_body)));
                    self.add(mark(change));
                }
                self.compare_types(old_id, new_id, cause);
            }
            (None, Some(id)) => {
                let optional = may_be_empty(self.new, new_body, id);
                let wire = if optional { WireImpact::Wider } else { WireImpact::Different };
                let change = RawChange::new(Subject::Group, Added, wire);
                let change = change.with_new(format!("({})", describe::content_model(self.new, id)));
                self.add(mark(change).at(Version::New, Construct::TypeTree(id)));
            }
            (Some(id), None) => {
                let optional = may_be_empty(self.old, old_body, id);
                let wire = if optional { WireImpact::Narrower } else { WireImpact::Different };
                let change = RawChange::new(Subject::Group, Removed, wire);
                let change = change.with_old(format!("({})", describe::content_model(self.old, id)));
                self.add(mark(change).at(Version::Old, Construct::TypeTree(id)));
            }
        }
    }

    /// Compares elements that are grouped differently. The indexes are those of members of both types.
    pub(super) fn compare_regrouped(
        &mut self,
        (old_id, old_indexes): (TypeId, &[usize]),
        (new_id, new_indexes): (TypeId, &[usize]),
        cause: RenameCause,
    ) {
        let (old, new) = (self.old, self.new);
        let members = |model: &'a Model, id: TypeId, indexes: &[usize]| -> Vec<&'a Member> {
            indexes.iter().map(|at| &model.types[id].members()[*at]).collect()
        };
        let (old_members, new_members) = (members(old, old_id, old_indexes), members(new, new_id, new_indexes));
        let content_model = |model, members: &[&Member]| {
            members.iter().map(|member| describe::particle(model, member)).collect::<Vec<_>>().join(", ")
        };
        let is_required_choice = |members: &[&Member]| match members {
            [Member { kind: MemberKind::Choice(_), occurs, .. }] => !occurs.is_optional(),
            _ => false,
        };
        let wire = match (&old_members[..], &new_members[..]) {
            // There are alternatives to the element now, or no longer.
            ([one], now) if model_group(one).is_none() && is_required_choice(now) => WireImpact::Wider,
            (before, [one]) if model_group(one).is_none() && is_required_choice(before) => WireImpact::Narrower,
            _ => WireImpact::Different,
        };
        let mut change = RawChange::new(Subject::Group, Regrouped, wire)
            .with_old(content_model(old, &old_members))
            .with_new(content_model(new, &new_members));
        for member in &new_members {
            change = with_content(change, Version::New, new, new_id, member);
        }
        for member in &old_members {
            change = with_content(change, Version::Old, old, old_id, member);
        }
        self.add(change);
        let new_elements = elements(new, new_id, &new_members);
        for (old_type, old) in elements(old, old_id, &old_members) {
            if let Some((new_type, new)) = new_elements.iter().find(|(_, new)| new.name == old.name) {
                self.compare_contents(MemberPair { old_type, old, new_type: *new_type, new }, cause);
            }
        }
    }

    /// Compares the types of an element with content.
    fn compare_element_types(
        &mut self,
        old_id: TypeId,
        new_id: TypeId,
        mark: impl Fn(RawChange) -> RawChange,
        cause: RenameCause,
    ) {
        let old_name = &self.old.types[old_id].origin.type_name;
        let new_name = &self.new.types[new_id].origin.type_name;
        // A type that the other version has too was not renamed.
        let is_kept = old_name.as_deref().is_some_and(|name| self.is_new_type(name))
            || new_name.as_deref().is_some_and(|name| self.is_old_type(name));
        if old_name == new_name {
            self.compare_types(old_id, new_id, cause);
        } else if is_kept {
            let wire = wire_impact(self.old, self.new, old_id, new_id);
            let change = RawChange::new(Subject::Element, Retyped, wire)
                .with_old(describe::ty(self.old, old_id))
                .with_new(describe::ty(self.new, new_id));
            self.add(mark(change).at_both(Construct::TypeTree(old_id), Construct::TypeTree(new_id)));
        } else {
            let is_seen = self.seen.contains(&(old_id, new_id));
            let cause = if is_seen { cause } else { Some(self.add_type_rename(old_id, new_id)) };
            self.compare_types(old_id, new_id, cause);
        }
    }

    /// Compares the types of an operation's requests or answers.
    pub(super) fn compare_operation_types(&mut self, old_id: TypeId, new_id: TypeId, cause: RenameCause) {
        let old_name = &self.old.types[old_id].origin.type_name;
        let new_name = &self.new.types[new_id].origin.type_name;
        let cause = if old_name == new_name { cause } else { Some(self.add_type_rename(old_id, new_id)) };
        self.compare_types(old_id, new_id, cause);
    }

    fn add_type_rename(&mut self, old_id: TypeId, new_id: TypeId) -> usize {
        let name = |model: &Model, id: TypeId| {
            model.types[id].origin.type_name.clone().unwrap_or_else(|| "anonymous".to_owned())
        };
        let change = RawChange::new(Subject::Type, Renamed, WireImpact::Same);
        let change = change.with_old(name(self.old, old_id)).with_new(name(self.new, new_id));
        self.add(change.at_both(Construct::Type(old_id), Construct::Type(new_id)))
    }
}

/// Returns the impact on documents if one type replaces another.
fn wire_impact(old: &Model, new: &Model, old_id: TypeId, new_id: TypeId) -> WireImpact {
    let mut comparison = Comparison::new(old, new);
    comparison.compare_types(old_id, new_id, None);
    comparison.changes.iter().fold(WireImpact::Same, |impact, change| impact.combine(change.wire))
}

/// Returns the elements among members and in their choices and groups, each with the type that it belongs to.
fn elements<'m>(model: &'m Model, id: TypeId, members: &[&'m Member]) -> Vec<(TypeId, &'m Member)> {
    let mut found = Vec::new();
    for member in members {
        match model_group(member) {
            Some(inner) => {
                let members: Vec<_> = model.types[inner].members().iter().collect();
                found.extend(elements(model, inner, &members));
            }
            None => found.push((id, *member)),
        }
    }
    found
}
