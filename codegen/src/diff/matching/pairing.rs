//! Pairs the members of two contents.

use std::collections::BTreeSet;

use super::names::are_similar;
use super::structure::{model_group, same_structure};
use crate::model::{Member, Model, TypeId};

/// The counterparts among the members of two contents, all by index.
#[derive(Debug)]
pub(in crate::diff) struct Pairing {
    /// The members that both versions have.
    pub(in crate::diff) pairs: Vec<Pair>,
    /// The members that were elements and are a choice or group now, or the other way round.
    pub(in crate::diff) regrouped: Vec<(Vec<usize>, Vec<usize>)>,
    pub(in crate::diff) removed: Vec<usize>,
    pub(in crate::diff) added: Vec<usize>,
}

/// A member that both versions have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diff) struct Pair {
    pub(in crate::diff) old: usize,
    pub(in crate::diff) new: usize,
    pub(in crate::diff) is_renamed: bool,
}

/// The members of one version, and the indexes of those without a counterpart so far.
struct Unpaired<'m> {
    model: &'m Model,
    members: &'m [Member],
    free: Vec<usize>,
}

impl<'m> Unpaired<'m> {
    fn new(model: &'m Model, members: &'m [Member]) -> Self {
        Self { model, members, free: (0..members.len()).collect() }
    }
}

/// Pairs the members of two contents.
pub(in crate::diff) fn pair(
    old_model: &Model,
    new_model: &Model,
    old_members: &[Member],
    new_members: &[Member],
) -> Pairing {
    let mut old = Unpaired::new(old_model, old_members);
    let mut new = Unpaired::new(new_model, new_members);
    let same_name = |a: usize, b: usize| old_members[a].name == new_members[b].name;
    let are_elements =
        |a: usize, b: usize| model_group(&old_members[a]).is_none() && model_group(&new_members[b]).is_none();
    // The name of a choice or group follows from its content or is a general one, so the content decides.
    let share_elements = |a: usize, b: usize| match (model_group(&old_members[a]), model_group(&new_members[b])) {
        (Some(a), Some(b)) => !element_names(old_model, a).is_disjoint(&element_names(new_model, b)),
        _ => false,
    };
    let are_groups =
        |a: usize, b: usize| model_group(&old_members[a]).is_some() && model_group(&new_members[b]).is_some();

    let mut pairs = Vec::new();
    let by_name = |a, b| same_name(a, b) && (are_elements(a, b) || share_elements(a, b));
    pairs.extend(take_pairs(&mut old, &mut new, by_name));
    pairs.extend(take_pairs(&mut old, &mut new, share_elements));
    let mut regrouped = take_regrouped(&mut old, &mut new);
    regrouped.extend(take_regrouped(&mut new, &mut old).into_iter().map(|(new, old)| (old, new)));
    pairs.extend(take_pairs(&mut old, &mut new, |a, b| same_name(a, b) && are_groups(a, b)));
    let renamed = take_renamed(&mut old, &mut new, &pairs);
    pairs.extend(renamed);
    pairs.sort_unstable();
    Pairing { pairs, regrouped, removed: old.free, added: new.free }
}

/// Pairs each free old member with the first free new one that satisfies `is_pair`.
fn take_pairs(old: &mut Unpaired<'_>, new: &mut Unpaired<'_>, is_pair: impl Fn(usize, usize) -> bool) -> Vec<Pair> {
    let mut pairs = Vec::new();
    old.free.retain(|a| match new.free.iter().position(|b| is_pair(*a, *b)) {
        Some(at) => {
            pairs.push(Pair { old: *a, new: new.free.remove(at), is_renamed: false });
            false
        }
        None => true,
    });
    pairs
}

/// Takes members of `left` that are part of a choice or group of `right` now, each set with that group.
fn take_regrouped(left: &mut Unpaired<'_>, right: &mut Unpaired<'_>) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut regrouped = Vec::new();
    right.free.retain(|b| {
        let Some(group) = model_group(&right.members[*b]) else { return true };
        let elements = element_names(right.model, group);
        let is_part = |a: &usize| match model_group(&left.members[*a]) {
            Some(group) => !element_names(left.model, group).is_disjoint(&elements),
            None => elements.contains(left.members[*a].name.as_str()),
        };
        let parts: Vec<usize> = left.free.iter().copied().filter(is_part).collect();
        if parts.is_empty() {
            return true;
        }
        left.free.retain(|a| !parts.contains(a));
        regrouped.push((parts, vec![*b]));
        false
    });
    regrouped
}

/// Pairs elements that have the same structure and neighbor but another name.
///
/// The names must be similar, or the structure so large that it can hardly be a coincidence.
fn take_renamed(old: &mut Unpaired<'_>, new: &mut Unpaired<'_>, pairs: &[Pair]) -> Vec<Pair> {
    let (old_model, new_model) = (old.model, new.model);
    let (old_members, new_members) = (old.members, new.members);
    // The nearest paired members before and after a member.
    let neighbors = |at: usize, index: fn(&Pair) -> usize| {
        let before = pairs.iter().filter(|pair| index(pair) < at).max_by_key(|pair| index(pair));
        let after = pairs.iter().filter(|pair| index(pair) > at).min_by_key(|pair| index(pair));
        (before, after)
    };
    let is_renamed = |a: usize, b: usize| {
        let (old_member, new_member) = (&old_members[a], &new_members[b]);
        if model_group(old_member).is_some()
            || model_group(new_member).is_some()
            || old_member.occurs != new_member.occurs
            || !same_structure(old_model, new_model, old_member, new_member)
        {
            return false;
        }
        let (old_before, old_after) = neighbors(a, |pair| pair.old);
        let (new_before, new_after) = neighbors(b, |pair| pair.new);
        let same_position = old_before == new_before || old_after == new_after;
        let size = old_member.ty().map_or(0, |id| old_model.types[id].members().len());
        same_position && (are_similar(&old_member.name, &new_member.name) || size > 1)
    };
    let renamed = take_pairs(old, new, is_renamed);
    renamed.into_iter().map(|pair| Pair { is_renamed: true, ..pair }).collect()
}

/// Returns the names of the elements in a content, including those in its choices and groups.
fn element_names(model: &Model, id: TypeId) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for member in model.types[id].members() {
        match model_group(member) {
            // A group cannot contain itself, so this ends.
            Some(inner) => names.extend(element_names(model, inner)),
            None => _ = names.insert(member.name.as_str()),
        }
    }
    names
}
