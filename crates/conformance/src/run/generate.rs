//! Generates the cases of a run.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use plesk_codegen::model::TypeId;

use super::case::Case;
use crate::Direction;
use crate::coverage::{Goal, GoalCounts, all_goals, describe, type_goals};
use crate::mutation::{Mutation, Mutator};
use crate::packet::Document;
use crate::protocol::Protocol;
use crate::samples::{Generator, Strategy, types_within};

/// The options of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The number of packets to generate.
    pub cases: usize,
    /// The seed of the randomness. The same seed generates the same cases.
    pub seed: u64,
    /// The only operator to generate operations of.
    pub operator: Option<String>,
}

/// A generator of cases, with the coverage that they reach.
pub(super) struct CaseGenerator<'p> {
    protocol: &'p Protocol,
    seed: u64,
    generators: BTreeMap<Direction, Generator<'p>>,
    /// The operations to generate packets of: the types of their requests and replies.
    operations: Vec<[TypeId; 2]>,
    /// Whether packets may also contain other operations.
    any_operator: bool,
    counts: GoalCounts,
    goals: BTreeSet<(Direction, Goal)>,
}

impl<'p> CaseGenerator<'p> {
    pub(super) fn new(protocol: &'p Protocol, options: &Options) -> Result<Self, String> {
        let is_included = |operator: &String| options.operator.as_ref().is_none_or(|only| only == operator);
        let operations = protocol.model.operations.iter().filter(|operation| is_included(&operation.operator));
        let operations: Vec<_> = operations.map(|operation| [operation.request, operation.reply]).collect();
        if operations.is_empty() {
            let known: BTreeSet<&str> = protocol.model.operations.iter().map(|it| it.operator.as_str()).collect();
            let known: Vec<&str> = known.into_iter().collect();
            let operator = options.operator.as_deref().unwrap_or_default();
            return Err(format!("no operator `{operator}`; expected one of {}", known.join(", ")));
        }
        let mut goals = BTreeSet::new();
        for direction in Direction::BOTH {
            if options.operator.is_none() {
                goals.extend(all_goals(protocol, direction));
                continue;
            }
            for operation in &operations {
                let types = types_within(protocol, operation[direction as usize]);
                let goals_of_types = types.into_iter().flat_map(|id| type_goals(protocol, id));
                goals.extend(goals_of_types.map(|goal| (direction, goal)));
            }
        }
        let generators =
            Direction::BOTH.map(|direction| (direction, Generator::new(protocol, direction, Strategy::Minimal)));
        Ok(Self {
            protocol,
            seed: options.seed,
            generators: generators.into(),
            operations,
            any_operator: options.operator.is_none(),
            counts: GoalCounts::default(),
            goals,
        })
    }

    /// Returns the number of coverage goals.
    pub(super) fn goal_count(&self) -> usize {
        self.goals.len()
    }

    /// Describes the coverage goals that the cases did not reach.
    pub(super) fn missed(&self) -> Vec<String> {
        self.counts.missed(&self.goals).iter().map(|(_, goal)| describe(self.protocol, *goal)).collect()
    }

    /// Returns `true` if the schemas have something to apply the mutation to.
    pub(super) fn is_applicable(&self, mutation: Mutation) -> bool {
        mutation != Mutation::Shuffle || self.has_any_order()
    }

    /// Returns `true` if there is content whose order is free (`xs:all`).
    fn has_any_order(&self) -> bool {
        self.goals.iter().any(|(_, goal)| match goal {
            Goal::Present(id, _) => self.protocol.model.types[*id].record().is_some_and(|record| record.any_order),
            _ => false,
        })
    }

    /// Generates the case of a number: always the same one for the same seed and the same cases before it.
    pub(super) fn case(&mut self, number: usize) -> Case {
        let mut rng = Rng::with_seed(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64);
        let direction = Direction::BOTH[number % 2];
        let operation = rng.choice(&self.operations).map(|types| types[direction as usize]);
        let operation = operation.filter(|_| !self.any_operator || rng.u8(..8) > 0);
        let strategy = if rng.u8(..8) == 0 { Strategy::Covering } else { Strategy::Random(rng.fork()) };
        let Some(generator) = self.generators.get_mut(&direction) else {
            unreachable!("there is a generator for each direction")
        };
        generator.strategy = strategy;
        let mut document = Document::new(generator.packet(operation, &mut self.counts));
        let mut mutations = Vec::new();
        // One packet in five is not mutated and stays valid.
        for _ in 0..[0, 1, 1, 1, 2][rng.usize(..5)] {
            let Some(mutation) = rng.choice(Mutation::ALL).copied() else { break };
            let mut mutator = Mutator { document: &mut document, protocol: self.protocol, rng: &mut rng };
            if mutation.apply(&mut mutator) {
                mutations.push(mutation);
            }
        }
        Case { number, direction, document, mutations }
    }
}
