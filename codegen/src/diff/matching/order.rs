//! Finds the members that changed their position.

use std::collections::BTreeSet;

use super::pairing::Pair;

/// Returns the indexes of as few `pairs` as possible that must move for the others to keep their order.
///
/// The pairs are sorted by their old positions. Those that stay are the longest ascending subsequence of new positions,
/// the earlier one if there are several.
pub(in crate::diff) fn moved(pairs: &[Pair]) -> Vec<usize> {
    // For each pair: the length of the longest subsequence that ends with it, and the pair before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        let before =
            (0..at).filter(|other| pairs[*other].new < pair.new).max_by_key(|other| (best[*other].0, at - other));
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
