//! The result of a run.

use std::collections::BTreeMap;
use std::time::Duration;

use super::case::Failure;
use crate::divergence::Divergence;
use crate::mutation::Mutation;

/// The result of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The number of packets that were generated.
    pub cases: usize,
    /// The number of packets that we accepted.
    pub accepted: usize,
    /// The number of expected divergences, by kind.
    pub expected_divergences: BTreeMap<Divergence, usize>,
    /// The failures to show.
    pub failures: Vec<Failure>,
    /// The number of failures beyond those to show.
    pub not_shown: usize,
    /// How often each kind of mutation was applied.
    pub mutations: BTreeMap<Mutation, usize>,
    /// The number of coverage goals.
    pub goals: usize,
    /// Descriptions of the coverage goals that were not reached.
    pub missed: Vec<String>,
    /// The names of the mutations that were never applied.
    pub unused_mutations: Vec<String>,
    /// The duration of the run.
    pub elapsed: Duration,
    /// Whether the verdicts were compared with those of libxml2. They are not if xmllint is not installed.
    pub compared: bool,
}
