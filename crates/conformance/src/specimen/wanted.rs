//! The way to things: to what was not reached yet, and to an operation.

use std::collections::BTreeSet;

use plesk_codegen::model::{Member, TypeId};

use crate::Direction;
use crate::coverage::{Point, Reached, own_points, own_points_of_member};
use crate::protocol::Protocol;

/// The types that hold something that was not reached yet, at any depth.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted(BTreeSet<TypeId>);

impl Wanted {
    /// Looks through the types of `scope`.
    pub(super) fn of(protocol: &Protocol, direction: Direction, reached: &Reached, scope: &[TypeId]) -> Self {
        let is_new = |point: &Point| reached.count(direction, *point) == 0;
        let mut wanted: BTreeSet<TypeId> =
            scope.iter().copied().filter(|id| own_points(protocol, *id).iter().any(is_new)).collect();
        loop {
            let before = wanted.len();
            for id in scope.iter().rev() {
                let members = protocol.model.types[*id].members();
                if members.iter().filter_map(|member| member.ty()).any(|inner| wanted.contains(&inner)) {
                    wanted.insert(*id);
                }
            }
            if wanted.len() == before {
                return Self(wanted);
            }
        }
    }

    /// Whether it holds something new what `point` stands for, or is new itself.
    pub(super) fn has(&self, protocol: &Protocol, direction: Direction, reached: &Reached, point: Point) -> bool {
        let is_new = |point: &Point| reached.count(direction, *point) == 0;
        let (Point::Present(id, at) | Point::Several(id, at) | Point::Branch(id, at) | Point::Body(id, at, true)) =
            point
        else {
            return is_new(&point);
        };
        let member = &protocol.model.types[id].members()[at];
        is_new(&point)
            || member.ty().is_some_and(|inner| self.0.contains(&inner))
            || own_points_of_member(protocol, id, at).iter().any(is_new)
    }
}

/// `id` and the types in it, at any depth.
pub fn scope(protocol: &Protocol, id: TypeId) -> Vec<TypeId> {
    let mut found = vec![id];
    let mut seen = BTreeSet::from([id]);
    let mut at = 0;
    while let Some(id) = found.get(at).copied() {
        let members = protocol.model.types[id].members();
        found.extend(members.iter().filter_map(|member| member.ty()).filter(|inner| seen.insert(*inner)));
        at += 1;
    }
    found
}

/// For each type, whether `target` is it or is in it.
pub(super) fn ways(protocol: &Protocol, target: TypeId) -> Vec<bool> {
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
