//! Strategies: how a generator chooses where the schema leaves a choice.

use fastrand::Rng;

use super::coverage::{FreeContent, Goal, GoalCounts};
use super::direction::Direction;
use super::protocol::Protocol;
use super::unreached::Unreached;

/// The kind of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// How much occurs. The options are ordered from the least to the most.
    Amount,
    /// Which of several alternatives occurs.
    Alternative,
}

/// How a generator decides.
#[derive(Clone, Debug)]
pub enum Strategy {
    /// Takes the least that is allowed, and the first alternative.
    Minimal,
    /// Takes the most that is allowed, and the alternative that was taken least often.
    Maximal,
    /// Takes what leads to goals that were not reached yet.
    Covering,
    /// Takes what a person would show: the first alternative, each member at most once, and values from the configuration.
    /// A result is a success. A selector is never empty, because an empty one may choose every object.
    Example {
        /// Whether to take what may be absent.
        full: bool,
    },
    /// Decides at random, and takes less the deeper the element is.
    Random(Rng),
}

/// The facts on which a decision is based.
pub(super) struct Situation<'a> {
    pub(super) protocol: &'a Protocol,
    pub(super) direction: Direction,
    pub(super) counts: &'a GoalCounts,
    pub(super) unreached: &'a Unreached,
    /// How many types are open.
    pub(super) depth: usize,
}

impl Strategy {
    /// Returns the index of the option to take.
    pub(super) fn pick(&mut self, decision: Decision, options: &[Goal], situation: &Situation<'_>) -> usize {
        let Situation { protocol, direction, counts, unreached, depth } = *situation;
        let count = |index: &usize| counts.count(direction, options[*index]);
        let rarest = || (0..options.len()).min_by_key(count).unwrap_or_default();
        match self {
            Self::Minimal => 0,
            Self::Maximal if decision == Decision::Amount => options.len().saturating_sub(1),
            Self::Maximal => rarest(),
            Self::Covering => {
                let leads = |index: &usize| unreached.contains(protocol, direction, counts, options[*index]);
                let leading = (0..options.len()).filter(leads).min_by_key(count);
                leading.unwrap_or_else(|| if decision == Decision::Amount { 0 } else { rarest() })
            }
            Self::Example { full } => options.iter().position(|goal| is_exemplary(*goal, *full)).unwrap_or_default(),
            Self::Random(_) if options.len() < 2 => 0,
            Self::Random(rng) => {
                // Without this, packets of some operations would have megabytes.
                let take_least = decision == Decision::Amount && rng.usize(..12) < depth;
                if take_least { 0 } else { rng.usize(..options.len()) }
            }
        }
    }
}

/// Returns `true` if an example takes this option.
fn is_exemplary(option: Goal, full: bool) -> bool {
    match option {
        Goal::Absent(..) | Goal::NoAlternative(_) => !full,
        Goal::Attribute(_, _, present) | Goal::OutcomeBody(_, _, present) => present == full,
        Goal::OutcomeMember(_, present) => !present,
        Goal::Nil(_, _, nil) => !nil,
        Goal::FreeContent(_, _, kind) => kind == FreeContent::Empty,
        Goal::Repeated(..) => false,
        Goal::Present(..) | Goal::Alternative(..) | Goal::Example(..) => true,
    }
}
