//! Finds the impact of each change on the emitted crate.
//!
//! The differences are read from the public items of both crates, so the required version bump is right whatever the
//! explanation is. Each difference is then assigned to the change that names the item, or to the one that renamed its
//! type. A difference without an explanation becomes a change of its own.

use std::cmp::Reverse;

use super::affected_items::AffectedItems;
use crate::config::Config;
use crate::diff::api::{ApiDifference, PublicApi, RenamedType, differences};
use crate::diff::change::{ApiImpact, ChangeKind, Subject, WireImpact};
use crate::diff::compare::Comparison;
use crate::diff::raw_change::{Construct, RawChange, Version};

/// Returns the impact of each change on the emitted crate. Adds a change for each unexplained difference.
pub(in crate::diff) fn attribute(
    comparison: &mut Comparison<'_>,
    old: &PublicApi,
    new: &PublicApi,
    configs: [&Config; 2],
) -> Vec<ApiImpact> {
    let renamed = renamed_types(comparison, old, new);
    let mut differences = differences(old, new, &renamed);
    // The most severe comes first.
    differences.sort_by_key(|difference| Reverse(difference.bump));
    let affected: Vec<AffectedItems> =
        comparison.changes.iter().map(|change| AffectedItems::of(change, comparison, [old, new], configs)).collect();
    let mut impacts = vec![ApiImpact::default(); comparison.changes.len()];
    let mut unexplained = Vec::new();
    for difference in differences {
        let explanations = explanations(&difference, &affected, &renamed);
        for at in &explanations {
            impacts[*at].add(&difference);
        }
        if explanations.is_empty() {
            unexplained.push(difference);
        }
    }
    for difference in unexplained {
        let mut change = RawChange::new(Subject::Rust, ChangeKind::Changed, WireImpact::Same);
        change.constructs = constructs(&difference, [old, new]);
        let is_same = |known: &RawChange| known.subject == Subject::Rust && known.constructs == change.constructs;
        let known = comparison.changes.iter().position(is_same);
        let at = known.unwrap_or_else(|| {
            comparison.changes.push(change);
            impacts.push(ApiImpact::default());
            impacts.len() - 1
        });
        impacts[at].add(&difference);
    }
    impacts
}

/// Returns the indexes of the changes that explain a difference. The most specific kind of explanation counts.
fn explanations(difference: &ApiDifference, affected: &[AffectedItems], renamed: &[RenamedType]) -> Vec<usize> {
    let all = |explains: &dyn Fn(&AffectedItems) -> bool| -> Vec<usize> {
        (0..affected.len()).filter(|at| explains(&affected[*at])).collect()
    };
    let first = |mut found: Vec<usize>| {
        found.truncate(1);
        found
    };
    let by_item = all(&|items| items.includes_item(difference));
    if !by_item.is_empty() {
        return by_item;
    }
    let by_type = all(&|items| items.includes_type(difference));
    if !by_type.is_empty() {
        return by_type;
    }
    let by_rename = renamed.iter().filter(|it| difference.is_about(it)).filter_map(|it| it.cause).next();
    if let Some(cause) = by_rename {
        return vec![cause];
    }
    first(all(&|items| items.includes_owner(difference)))
}

impl ApiImpact {
    fn add(&mut self, difference: &ApiDifference) {
        self.bump = self.bump.max(difference.bump);
        self.differences.push(difference.text.clone());
    }
}

/// Returns the types of both versions whose Rust path changed: the old path is gone, and the new one is new.
fn renamed_types(comparison: &Comparison<'_>, old: &PublicApi, new: &PublicApi) -> Vec<RenamedType> {
    let types = comparison.types.iter().map(|(old_id, new_id, cause)| {
        (old.names.types[*old_id].to_string(), new.names.types[*new_id].to_string(), *cause)
    });
    let simples = comparison
        .simples
        .iter()
        .filter_map(|(old_id, new_id, cause)| Some((old.simple_path(*old_id)?, new.simple_path(*new_id)?, *cause)));
    let mut found: Vec<RenamedType> = Vec::new();
    for (old_path, new_path, cause) in types.chain(simples) {
        let is_removed = old.types.contains_key(&old_path) && !new.types.contains_key(&old_path);
        let is_added = new.types.contains_key(&new_path) && !old.types.contains_key(&new_path);
        let is_known = found.iter().any(|known| known.old == old_path || known.new == new_path);
        if is_removed && is_added && !is_known {
            found.push(RenamedType { old: old_path, new: new_path, cause });
        }
    }
    found
}

/// Returns the types of the models that a difference is about.
fn constructs(difference: &ApiDifference, apis: [&PublicApi; 2]) -> Vec<(Version, Construct)> {
    let mut constructs = Vec::new();
    for ((version, api), path) in [Version::Old, Version::New].into_iter().zip(apis).zip(&difference.paths) {
        let Some(path) = path else { continue };
        let ty = api.names.types.iter().position(|name| name.to_string() == *path).map(Construct::Type);
        let simple = || {
            let id = (0..api.names.simples.len()).find(|id| api.simple_path(*id).as_ref() == Some(path))?;
            Some(Construct::Simple(id, None))
        };
        constructs.extend(ty.or_else(simple).map(|construct| (version, construct)));
    }
    constructs
}
