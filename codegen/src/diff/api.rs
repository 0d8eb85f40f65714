//! What becomes of the emitted crate, and by which change.
//!
//! What differs is read from both crates' public items, so that the verdict is right whatever the reasons are. Then each
//! difference goes to the change that names the item, or else to the one that named its type anew; what is left is a
//! change of its own.

use std::cmp::Reverse;

use super::change::{Api, ChangeKind, Subject, Wire};
use super::claims::Claims;
use super::differences::{Difference, RenamedType, differences};
use super::draft::{Draft, Side, Spot};
use super::surface::Surface;
use super::walk::Walk;
use crate::config::Config;

/// What each draft of `walk` does to the emitted crate. What no draft explains is added to them.
pub(super) fn attribute(walk: &mut Walk<'_>, old: &Surface, new: &Surface, configs: [&Config; 2]) -> Vec<Api> {
    let renamed = renamed(walk, old, new);
    let mut differences = differences(old, new, &renamed);
    // The worst comes first.
    differences.sort_by_key(|difference| Reverse(difference.verdict));
    let claims: Vec<Claims> = walk.drafts.iter().map(|draft| Claims::of(draft, walk, [old, new], configs)).collect();
    let mut apis = vec![Api::default(); walk.drafts.len()];
    let mut left = Vec::new();
    for difference in differences {
        let by_part = positions(&claims, |claims| claims.has_part(&difference));
        let by_type = || positions(&claims, |claims| claims.has_type(&difference));
        let by_name = || renamed.iter().filter(|it| difference.is_of(it)).filter_map(|it| it.cause).take(1).collect();
        let by_owner = || positions(&claims, |claims| claims.owns(&difference)).into_iter().take(1).collect();
        let ways: [&dyn Fn() -> Vec<usize>; 4] = [&|| by_part.clone(), &by_type, &by_name, &by_owner];
        let takers = ways.iter().map(|way| way()).find(|takers| !takers.is_empty()).unwrap_or_default();
        for taker in &takers {
            apis[*taker].add(&difference);
        }
        if takers.is_empty() {
            left.push(difference);
        }
    }
    for difference in left {
        let draft = Draft::new(Subject::Rust, ChangeKind::Changed, Wire::Same);
        let draft =
            difference.spots(walk, [old, new]).into_iter().fold(draft, |draft, (side, spot)| draft.at(side, spot));
        let known = walk.drafts.iter().position(|known| known.subject == Subject::Rust && known.spots == draft.spots);
        let at = known.unwrap_or_else(|| {
            walk.drafts.push(draft);
            apis.push(Api::default());
            apis.len() - 1
        });
        apis[at].add(&difference);
    }
    apis
}

fn positions(claims: &[Claims], holds: impl Fn(&Claims) -> bool) -> Vec<usize> {
    (0..claims.len()).filter(|at| holds(&claims[*at])).collect()
}

impl Api {
    fn add(&mut self, difference: &Difference) {
        self.verdict = self.verdict.max(difference.verdict);
        self.effects.push(difference.words.clone());
    }
}

/// The types that are the same, but not in Rust: what they were called is not there any more, and what they are called
/// was not there.
fn renamed(walk: &Walk<'_>, old: &Surface, new: &Surface) -> Vec<RenamedType> {
    let types = walk
        .types
        .iter()
        .map(|(was, is, cause)| (old.names.types[*was].to_string(), new.names.types[*is].to_string(), *cause));
    let simples = walk
        .simples
        .iter()
        .filter_map(|(was, is, cause)| Some((old.simple_path(*was)?, new.simple_path(*is)?, *cause)));
    let mut found: Vec<RenamedType> = Vec::new();
    for (was, is, cause) in types.chain(simples) {
        let gone = old.types.contains_key(&was) && !new.types.contains_key(&was);
        let came = new.types.contains_key(&is) && !old.types.contains_key(&is);
        if gone && came && !found.iter().any(|known| known.old == was || known.new == is) {
            found.push(RenamedType { old: was, new: is, cause });
        }
    }
    found
}

impl Difference {
    /// The types of the models that it is about.
    fn spots(&self, walk: &Walk<'_>, surfaces: [&Surface; 2]) -> Vec<(Side, Spot)> {
        let sides = [(Side::Old, walk.old), (Side::New, walk.new)];
        let mut spots = Vec::new();
        for (((side, _), surface), path) in sides.into_iter().zip(surfaces).zip(&self.paths) {
            let Some(path) = path else { continue };
            let simples =
                || (0..surface.names.simples.len()).find(|id| surface.simple_path(*id).as_ref() == Some(path));
            let ty = surface.names.types.iter().position(|name| name.to_string() == *path);
            spots.extend(ty.map(Spot::Type).or_else(|| Some(Spot::Simple(simples()?, None))).map(|spot| (side, spot)));
        }
        spots
    }
}
