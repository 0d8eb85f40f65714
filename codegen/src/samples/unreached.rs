//! Finds types that lead to something: to goals that were not reached yet, and to an operation.

use std::collections::BTreeSet;

use crate::model::{Member, TypeId};

use super::coverage::{Goal, GoalCounts, member_goals, type_goals};
use super::direction::Direction;
use super::protocol::Protocol;

/// The types with unreached goals, at any depth.
#[derive(Clone, Debug, Default)]
pub(super) struct Unreached(BTreeSet<TypeId>);

impl Unreached {
    /// Finds the types with unreached goals in `scope`.
    pub(super) fn find(protocol: &Protocol, direction: Direction, counts: &GoalCounts, scope: &[TypeId]) -> Self {
        let is_new = |goal: &Goal| counts.count(direction, *goal) == 0;
        let mut unreached: BTreeSet<TypeId> =
            scope.iter().copied().filter(|id| type_goals(protocol, *id).iter().any(is_new)).collect();
        loop {
            let before = unreached.len();
            for id in scope.iter().rev() {
                let members = protocol.model.types[*id].members();
                if members.iter().filter_map(|member| member.ty()).any(|inner| unreached.contains(&inner)) {
                    unreached.insert(*id);
                }
            }
            if unreached.len() == before {
                return Self(unreached);
            }
        }
    }

    /// Returns `true` if `goal` is unreached itself, or leads to a member with an unreached goal.
    pub(super) fn contains(&self, protocol: &Protocol, direction: Direction, counts: &GoalCounts, goal: Goal) -> bool {
        let is_new = |goal: &Goal| counts.count(direction, *goal) == 0;
        let (Goal::Present(id, index)
        | Goal::Repeated(id, index)
        | Goal::Alternative(id, index)
        | Goal::OutcomeBody(id, index, true)) = goal
        else {
            return is_new(&goal);
        };
        let member = &protocol.model.types[id].members()[index];
        is_new(&goal)
            || member.ty().is_some_and(|inner| self.0.contains(&inner))
            || member_goals(protocol, id, index).iter().any(is_new)
    }
}

/// Returns `id` and the types in it, at any depth.
pub fn types_within(protocol: &Protocol, id: TypeId) -> Vec<TypeId> {
    let mut found = vec![id];
    let mut seen = BTreeSet::from([id]);
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        let members = protocol.model.types[id].members();
        found.extend(members.iter().filter_map(|member| member.ty()).filter(|inner| seen.insert(*inner)));
        next += 1;
    }
    found
}

/// Returns for each type whether it is `target` or contains it at any depth.
pub(super) fn leads_to(protocol: &Protocol, target: TypeId) -> Vec<bool> {
    let types = &protocol.model.types;
    let mut leads = vec![false; types.len()];
    leads[target] = true;
    loop {
        let more: Vec<TypeId> = (0..types.len())
            .filter(|id| !leads[*id] && types[*id].members().iter().filter_map(Member::ty).any(|inner| leads[inner]))
            .collect();
        if more.is_empty() {
            return leads;
        }
        more.into_iter().for_each(|id| leads[id] = true);
    }
}
