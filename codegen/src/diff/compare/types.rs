//! Compares types with content, and the members of both versions.

use super::comparison::{Comparison, MemberPair, RenameCause, default_change, with_content};
use crate::diff::change::ChangeKind::{Added, Moved, Occurrence, Regrouped, Removed, Renamed, Retyped};
use crate::diff::change::{Subject, WireImpact};
use crate::diff::describe;
use crate::diff::matching::{Pair, model_group, moved, pair};
use crate::diff::raw_change::{Construct, RawChange, Version};
use crate::model::{Kind, Member, Occurs, Role, TypeId};

impl<'a> Comparison<'a> {
    /// Compares two types.
    pub(super) fn compare_types(&mut self, old_id: TypeId, new_id: TypeId, cause: RenameCause) {
        if !self.seen.insert((old_id, new_id)) {
            return;
        }
        self.types.push((old_id, new_id, cause));
        let (old, new) = (&self.old.types[old_id], &self.new.types[new_id]);
        self.compare_documentation(&old.doc, &new.doc, || new.origin.to_string());
        let change = |subject, kind, wire, before: &str, after: &str| {
            let change = RawChange::new(subject, kind, wire).with_old(before).with_new(after);
            change.at_both(Construct::Type(old_id), Construct::Type(new_id))
        };
        match (&old.kind, &new.kind) {
            (Kind::Record(old), Kind::Record(new)) => {
                self.compare_attributes((old_id, old), (new_id, new), cause);
                self.compare_element_text((old_id, old), (new_id, new), cause);
                if old.any_order != new.any_order {
                    let text = |any| if any { "in any order" } else { "in this order" };
                    let wire = if new.any_order { WireImpact::Wider } else { WireImpact::Narrower };
                    self.add(change(Subject::Type, Regrouped, wire, text(old.any_order), text(new.any_order)));
                }
                if old.outcome != new.outcome {
                    let text = |is_result| if is_result { "a result" } else { "no result" };
                    let wire = WireImpact::Different;
                    self.add(change(Subject::Type, Retyped, wire, text(old.outcome), text(new.outcome)));
                }
                self.compare_members(old_id, new_id, cause);
            }
            (Kind::Choice(old), Kind::Choice(new)) => {
                if old.may_be_empty != new.may_be_empty {
                    let text = |may_be_empty| if may_be_empty { "may be empty" } else { "not empty" };
                    let wire = if new.may_be_empty { WireImpact::Wider } else { WireImpact::Narrower };
                    let (before, after) = (text(old.may_be_empty), text(new.may_be_empty));
                    self.add(change(Subject::Group, Occurrence, wire, before, after));
                }
                self.compare_members(old_id, new_id, cause);
            }
            (Kind::Untyped, Kind::Untyped) => {}
            (Kind::Untyped, _) | (_, Kind::Untyped) => {
                let wire = if matches!(new.kind, Kind::Untyped) { WireImpact::Wider } else { WireImpact::Narrower };
                let (before, after) = (describe::content(self.old, old_id), describe::content(self.new, new_id));
                self.add(change(Subject::Type, Retyped, wire, &before, &after));
            }
            (Kind::Record(_), Kind::Choice(_)) | (Kind::Choice(_), Kind::Record(_)) => {
                let wire = match &new.kind {
                    Kind::Choice(_) if old.members().len() == 1 => WireImpact::Wider,
                    Kind::Record(_) if new.members().len() == 1 => WireImpact::Narrower,
                    _ => WireImpact::Different,
                };
                let before = describe::content_model(self.old, old_id);
                let after = describe::content_model(self.new, new_id);
                self.add(change(Subject::Type, Regrouped, wire, &before, &after));
                for old_member in old.members() {
                    if let Some(new_member) = new.members().iter().find(|member| member.name == old_member.name) {
                        let pair = MemberPair { old_type: old_id, old: old_member, new_type: new_id, new: new_member };
                        self.compare_contents(pair, cause);
                    }
                }
            }
        }
    }

    /// Compares the members of two types of one kind.
    fn compare_members(&mut self, old_id: TypeId, new_id: TypeId, cause: RenameCause) {
        let (old, new) = (self.old, self.new);
        let (old_type, new_type) = (&old.types[old_id], &new.types[new_id]);
        let (old_members, new_members) = (old_type.members(), new_type.members());
        let is_choice = new_type.is_choice();
        let pairing = pair(old, new, old_members, new_members);
        for member in pairing.removed.iter().map(|at| &old_members[*at]) {
            if !self.is_operation(Version::Old, old_id, member) {
                let optional = is_choice || member.occurs.is_optional();
                let wire = if optional { WireImpact::Narrower } else { WireImpact::Different };
                let change = RawChange::new(subject(member), Removed, wire).with_old(describe::member(old, member));
                self.add(with_content(change, Version::Old, old, old_id, member));
            }
        }
        for member in pairing.added.iter().map(|at| &new_members[*at]) {
            if !self.is_operation(Version::New, new_id, member) {
                let optional = is_choice || member.occurs.is_optional();
                let wire = if optional { WireImpact::Wider } else { WireImpact::Different };
                let change = RawChange::new(subject(member), Added, wire).with_new(describe::member(new, member));
                self.add(with_content(change, Version::New, new, new_id, member));
            }
        }
        for (old_indexes, new_indexes) in &pairing.regrouped {
            self.compare_regrouped((old_id, old_indexes), (new_id, new_indexes), cause);
        }
        // The order of alternatives is not significant.
        let moved = if is_choice { Vec::new() } else { moved(&pairing.pairs) };
        for (index, pair) in pairing.pairs.iter().enumerate() {
            let members = MemberPair {
                old_type: old_id,
                old: &old_members[pair.old],
                new_type: new_id,
                new: &new_members[pair.new],
            };
            let cause = if pair.is_renamed {
                match self.renamed(members) {
                    Some(cause) => Some(cause),
                    None => continue,
                }
            } else {
                cause
            };
            if moved.contains(&index) {
                self.add_move(members, *pair);
            }
            self.compare_member(members, cause);
        }
    }

    /// Returns the index of the change that renamed a member.
    ///
    /// Operators and operations have such a change already. If one has none, it is reported as removed and added, and
    /// there is nothing to compare.
    fn renamed(&mut self, members: MemberPair<'_>) -> RenameCause {
        let MemberPair { old_type, old, new_type, new } = members;
        if self.is_operation(Version::Old, old_type, old) || self.is_operation(Version::New, new_type, new) {
            let names_member = |path: &String| path.rsplit('/').next() == Some(&old.name);
            let is_rename =
                |change: &RawChange| change.kind == Renamed && change.old.as_ref().is_some_and(names_member);
            return self.changes.iter().position(is_rename);
        }
        let change = RawChange::new(Subject::Element, Renamed, WireImpact::Different);
        Some(self.add(members.mark(change.with_old(&*old.name).with_new(&*new.name))))
    }

    /// Adds the change that a member has another position.
    fn add_move(&mut self, members: MemberPair<'_>, pair: Pair) {
        let position = |members: &[Member], at: usize| match at.checked_sub(1) {
            Some(before) => format!("after {}", members[before].name),
            None => "first".to_owned(),
        };
        let new_type = &self.new.types[members.new_type];
        let any_order = new_type.record().is_some_and(|record| record.any_order);
        let wire = if any_order { WireImpact::Same } else { WireImpact::Different };
        let change = RawChange::new(subject(members.new), Moved, wire)
            .with_old(position(self.old.types[members.old_type].members(), pair.old))
            .with_new(position(new_type.members(), pair.new));
        self.add(members.mark(change));
    }

    /// Compares a member of both versions.
    fn compare_member(&mut self, members: MemberPair<'_>, cause: RenameCause) {
        let MemberPair { old, new_type, new, .. } = members;
        self.compare_documentation(&old.doc, &new.doc, || Construct::member(new_type, new).origin(self.new));
        if old.occurs != new.occurs {
            let change = RawChange::new(subject(new), Occurrence, occurrence_impact(old.occurs, new.occurs));
            let change = change.with_old(describe::occurs(old.occurs)).with_new(describe::occurs(new.occurs));
            self.add(members.mark(change));
        }
        if old.default != new.default {
            self.add(members.mark(default_change(Subject::Element, old.default.as_ref(), new.default.as_ref())));
        }
        self.compare_contents(members, cause);
    }

    /// Returns `true` if the member is an operator or operation. These are compared by name, before all contents.
    fn is_operation(&self, version: Version, id: TypeId, member: &Member) -> bool {
        let model = if version == Version::Old { self.old } else { self.new };
        match &model.types[id].role {
            Role::Operators => model.operations.iter().any(|operation| operation.operator == member.name),
            Role::OperationItem { operator, path } => model.operations.iter().any(|operation| {
                operation.operator == *operator
                    && operation.path.strip_prefix(&path[..]).is_some_and(|rest| rest.first() == Some(&member.name))
            }),
            _ => false,
        }
    }
}

/// Returns the subject of a change of a member.
fn subject(member: &Member) -> Subject {
    if model_group(member).is_some() { Subject::Group } else { Subject::Element }
}

fn occurrence_impact(old: Occurs, new: Occurs) -> WireImpact {
    let max = |occurs: Occurs| occurs.max.unwrap_or(usize::MAX);
    match (new.min <= old.min && max(new) >= max(old), new.min >= old.min && max(new) <= max(old)) {
        (true, _) => WireImpact::Wider,
        (_, true) => WireImpact::Narrower,
        _ => WireImpact::Different,
    }
}
