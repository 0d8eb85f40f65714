//! How the decisions are made that a packet takes.

use fastrand::Rng;

use super::wanted::Wanted;
use crate::Direction;
use crate::coverage::{Point, Reached};
use crate::protocol::Protocol;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// How much stands there; the options go from the least to the most.
    Amount,
    /// Which of several things stands there.
    Kind,
}

/// How the decisions are made that a packet takes.
#[derive(Clone, Debug)]
pub enum Style {
    /// The least that is allowed, and the first of alternatives.
    Minimal,
    /// The most, and of alternatives the one that was taken least often.
    Maximal,
    /// Whatever leads to something that was not reached yet.
    Covering,
    /// By chance, with less the deeper it stands.
    Random(Rng),
}

/// What a decision is made by.
pub(super) struct Situation<'a> {
    pub(super) protocol: &'a Protocol,
    pub(super) direction: Direction,
    pub(super) reached: &'a Reached,
    pub(super) wanted: &'a Wanted,
    /// How many elements are open.
    pub(super) depth: usize,
}

impl Style {
    /// Which of `options` to take.
    pub(super) fn pick(&mut self, decision: Decision, options: &[Point], situation: &Situation<'_>) -> usize {
        let Situation { protocol, direction, reached, wanted, depth } = *situation;
        let count = |at: &usize| reached.count(direction, options[*at]);
        let rarest = || (0..options.len()).min_by_key(count).unwrap_or_default();
        match self {
            Self::Minimal => 0,
            Self::Maximal if decision == Decision::Amount => options.len().saturating_sub(1),
            Self::Maximal => rarest(),
            Self::Covering => {
                let leads = |at: &usize| wanted.has(protocol, direction, reached, options[*at]);
                let leading = (0..options.len()).filter(leads).min_by_key(count);
                leading.unwrap_or_else(|| if decision == Decision::Amount { 0 } else { rarest() })
            }
            Self::Random(_) if options.len() < 2 => 0,
            Self::Random(rng) => {
                // Without this, packets of some operations would be of megabytes.
                let least = decision == Decision::Amount && rng.usize(..12) < depth;
                if least { 0 } else { rng.usize(..options.len()) }
            }
        }
    }
}
