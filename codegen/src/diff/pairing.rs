//! Which member of the one content is which of the other.

use std::collections::BTreeSet;

use super::likeness::{alike, similar};
use crate::model::{Member, MemberKind, Model, TypeId};

/// Which members of two contents belong together, by their places.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// Those that are on both sides, and whether they are called otherwise.
    pub(super) both: Vec<(usize, usize, bool)>,
    /// Those that were elements of their own and are a choice or group now, or the other way round.
    pub(super) regrouped: Vec<(Vec<usize>, Vec<usize>)>,
    /// Those that are gone.
    pub(super) gone: Vec<usize>,
    /// Those that came.
    pub(super) came: Vec<usize>,
}

/// Pairs the members of two contents.
pub(super) fn pair(old: &Model, new: &Model, was: &[Member], is: &[Member]) -> Pairing {
    let mut pairing = Pairing::default();
    let mut gone: Vec<usize> = (0..was.len()).collect();
    let mut came: Vec<usize> = (0..is.len()).collect();
    let same_name = |a: usize, b: usize| was[a].name == is[b].name;
    // A choice or group is called by what it holds, or as any other: what it holds is what counts.
    let common = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (part(&was[a]), part(&is[b])) else { return false };
        !names_within(old, a).is_disjoint(&names_within(new, b))
    };
    let neither = |a: usize, b: usize| part(&was[a]).is_none() && part(&is[b]).is_none();
    let both = &mut pairing.both;
    take(&mut gone, &mut came, both, false, |a, b| same_name(a, b) && (neither(a, b) || common(a, b)));
    take(&mut gone, &mut came, both, false, common);
    regroup(old, was, &mut gone, new, is, &mut came, &mut pairing.regrouped, false);
    regroup(new, is, &mut came, old, was, &mut gone, &mut pairing.regrouped, true);
    let parts = |a: usize, b: usize| part(&was[a]).is_some() && part(&is[b]).is_some();
    take(&mut gone, &mut came, &mut pairing.both, false, |a, b| same_name(a, b) && parts(a, b));
    // The two are called otherwise if they stand between the same members, hold the same, and are called alike or hold
    // so much that it can be nothing else.
    let both = pairing.both.clone();
    let neighbours = |at: usize, old_side: bool| {
        let places = || both.iter().map(|(a, b, _)| if old_side { (*a, *b) } else { (*b, *a) });
        let before = places().filter(|(own, _)| *own < at).max_by_key(|(own, _)| *own);
        let after = places().filter(|(own, _)| *own > at).min_by_key(|(own, _)| *own);
        let order = |pair: Option<(usize, usize)>| pair.map(|(a, b)| if old_side { (a, b) } else { (b, a) });
        (order(before), order(after))
    };
    let renamed = |a: usize, b: usize| {
        let (x, y) = (&was[a], &is[b]);
        if part(x).is_some() || part(y).is_some() || x.occurs != y.occurs || !alike(old, new, x, y) {
            return false;
        }
        let ((before_a, after_a), (before_b, after_b)) = (neighbours(a, true), neighbours(b, false));
        let same_place = before_a == before_b || after_a == after_b;
        let substance = x.ty().map_or(0, |id| old.types[id].members().len());
        same_place && (similar(&x.name, &y.name) || substance > 1)
    };
    take(&mut gone, &mut came, &mut pairing.both, true, renamed);
    (pairing.gone, pairing.came) = (gone, came);
    pairing.both.sort_unstable();
    pairing
}

/// Moves those that belong together from both lists into `both`.
fn take(
    gone: &mut Vec<usize>,
    came: &mut Vec<usize>,
    both: &mut Vec<(usize, usize, bool)>,
    renamed: bool,
    together: impl Fn(usize, usize) -> bool,
) {
    gone.retain(|a| match came.iter().position(|b| together(*a, *b)) {
        Some(at) => {
            both.push((*a, came.remove(at), renamed));
            false
        }
        None => true,
    });
}

/// Takes elements of the one side that stand within a new choice or group of the other.
#[allow(clippy::too_many_arguments)]
fn regroup(
    left: &Model,
    left_members: &[Member],
    left_free: &mut Vec<usize>,
    right: &Model,
    right_members: &[Member],
    right_free: &mut Vec<usize>,
    regrouped: &mut Vec<(Vec<usize>, Vec<usize>)>,
    turned: bool,
) {
    right_free.retain(|b| {
        let Some(within) = part(&right_members[*b]).map(|id| names_within(right, id)) else { return true };
        let holds = |a: &usize| match part(&left_members[*a]) {
            Some(id) => !names_within(left, id).is_disjoint(&within),
            None => within.contains(left_members[*a].name.as_str()),
        };
        let moved: Vec<usize> = left_free.iter().copied().filter(holds).collect();
        if moved.is_empty() {
            return true;
        }
        left_free.retain(|a| !moved.contains(a));
        regrouped.push(if turned { (vec![*b], moved) } else { (moved, vec![*b]) });
        false
    });
}

/// The type of a choice or group without an element of its own.
pub(super) fn part(member: &Member) -> Option<TypeId> {
    match member.kind {
        MemberKind::Choice(id) | MemberKind::Group(id) => Some(id),
        _ => None,
    }
}

/// The elements in a content, those of its choices and groups included.
fn names_within(model: &Model, id: TypeId) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for member in model.types[id].members() {
        match part(member) {
            // What has no element of its own cannot contain itself.
            Some(inner) => found.extend(names_within(model, inner)),
            None => _ = found.insert(member.name.as_str()),
        }
    }
    found
}

/// Those of `pairs`, sorted by their old places, that must move for the others to keep their order: as few as can be.
pub(super) fn moved(pairs: &[(usize, usize, bool)]) -> Vec<usize> {
    // The longest ascending run of new places, the earlier one if there are several.
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, (_, place, _)) in pairs.iter().enumerate() {
        let before = (0..at).filter(|other| pairs[*other].1 < *place).max_by_key(|other| (best[*other].0, at - other));
        best.push((before.map_or(1, |other| best[other].0 + 1), before));
    }
    let mut kept = BTreeSet::new();
    let mut next = (0..pairs.len()).max_by_key(|at| (best[*at].0, pairs.len() - at));
    while let Some(at) = next {
        kept.insert(at);
        next = best[at].1;
    }
    (0..pairs.len()).filter(|at| !kept.contains(at)).collect()
}
