//! Cases made by chance, and the verdicts on them held against each other.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use plesk_codegen::model::TypeId;
use plesk_wire::xml::Violations;

use crate::coverage::{Point, Reached, describe, own_points, points};
use crate::divergence::{self, Divergence};
use crate::document::Document;
use crate::mutation::{Mutation, Place};
use crate::protocol::Protocol;
use crate::reference::{self, Verdict};
use crate::specimen::{Generator, Style, types_within};
use crate::{Direction, canonical, shrink, verdict};

/// xmllint is asked about this many packets in one call.
const BATCH: usize = 4000;

/// This many faults are told; whoever has more has enough to look at.
const SHRUNK: usize = 20;

/// What to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many packets to make.
    pub cases: usize,
    /// What the chance begins with: the same cases every time.
    pub seed: u64,
    /// Only operations of this operator.
    pub operator: Option<String>,
}

/// What came of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many packets were made.
    pub cases: usize,
    /// How many of them we found valid.
    pub accepted: usize,
    /// How many differences were meant, by kind.
    pub meant: BTreeMap<Divergence, usize>,
    /// Each difference that was not.
    pub faults: Vec<Fault>,
    /// How many more differences there are, beyond those that are told.
    pub unshrunk: usize,
    /// How often each kind of change was made.
    pub mutations: BTreeMap<Mutation, usize>,
    /// How much of the model there is to reach.
    pub points: usize,
    /// What was not reached, in words.
    pub missed: Vec<String>,
    /// The kinds of change that were never made.
    pub unmade: Vec<String>,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether libxml2 was asked.
    pub asked: bool,
}

/// A packet, and what was made of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its number.
    pub number: usize,
    /// Who sends it.
    pub direction: Direction,
    /// The packet.
    pub document: Document,
    /// The changes that were made to it.
    pub mutations: Vec<Mutation>,
}

/// A case in which something is wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The case, its packet as small as it could be made.
    pub case: Case,
    /// What is wrong: who accepts, or what was written back.
    pub what: String,
    /// What we say.
    pub ours: String,
    /// What libxml2 says.
    pub theirs: String,
}

/// Runs `options.cases` cases.
///
/// # Errors
/// If there is no such operator.
pub fn run(protocol: &Protocol, options: &Options) -> Result<Report, String> {
    let start = Instant::now();
    let mut cases = Cases::new(protocol, options)?;
    let mut report = Report { cases: options.cases, asked: reference::version().is_some(), ..Report::default() };
    thread::scope(|scope| {
        let mut before = None;
        for first in (0..options.cases).step_by(BATCH) {
            let batch = cases.batch(first..options.cases.min(first + BATCH), &mut report);
            // libxml2 reads one batch while we make the next one.
            let batch = scope.spawn(move || judged(batch));
            finish(protocol, before.replace(batch), &mut report);
        }
        finish(protocol, before, &mut report);
    });
    report.points = cases.all.len();
    report.missed = cases.reached.missed(&cases.all).iter().map(|(_, point)| describe(protocol, *point)).collect();
    let possible = |kind: &&Mutation| **kind != Mutation::Shuffle || cases.has_any_order();
    let unmade = Mutation::ALL.iter().filter(possible).filter(|kind| !report.mutations.contains_key(kind));
    report.unmade = unmade.map(|kind| format!("{kind:?}")).collect();
    report.elapsed = start.elapsed();
    Ok(report)
}

/// Makes the cases, one after the other.
struct Cases<'p> {
    protocol: &'p Protocol,
    seed: u64,
    generators: BTreeMap<Direction, Generator<'p>>,
    /// The operations to make packets of: the types of request and answer.
    operations: Vec<[TypeId; 2]>,
    /// Whether packets may hold other operations too.
    any_operator: bool,
    reached: Reached,
    all: BTreeSet<(Direction, Point)>,
}

/// A case with our verdict: what is written back, or the reason why it is refused.
type Judged = (Case, Result<Vec<u8>, Violations>);

impl<'p> Cases<'p> {
    fn new(protocol: &'p Protocol, options: &Options) -> Result<Self, String> {
        let wanted = |operator: &String| options.operator.as_ref().is_none_or(|wanted| wanted == operator);
        let operations = protocol.model.operations.iter().filter(|operation| wanted(&operation.operator));
        let operations: Vec<_> = operations.map(|operation| [operation.request, operation.answer]).collect();
        if operations.is_empty() {
            let known: BTreeSet<&str> = protocol.model.operations.iter().map(|it| it.operator.as_str()).collect();
            let known: Vec<&str> = known.into_iter().collect();
            return Err(format!("no such operator; there are {}", known.join(", ")));
        }
        let mut all = BTreeSet::new();
        for direction in Direction::BOTH {
            if options.operator.is_none() {
                all.extend(points(protocol, direction));
                continue;
            }
            for operation in &operations {
                let types = types_within(protocol, operation[direction as usize]);
                let own = types.into_iter().flat_map(|id| own_points(protocol, id));
                all.extend(own.map(|point| (direction, point)));
            }
        }
        let generators =
            Direction::BOTH.map(|direction| (direction, Generator::new(protocol, direction, Style::Minimal)));
        Ok(Self {
            protocol,
            seed: options.seed,
            generators: generators.into(),
            operations,
            any_operator: options.operator.is_none(),
            reached: Reached::default(),
            all,
        })
    }

    /// Whether there is content whose order is free.
    fn has_any_order(&self) -> bool {
        self.all.iter().any(|(_, point)| match point {
            Point::Present(id, _) => self.protocol.model.types[*id].record().is_some_and(|record| record.any_order),
            _ => false,
        })
    }

    fn batch(&mut self, numbers: std::ops::Range<usize>, report: &mut Report) -> Vec<Judged> {
        let mut batch = Vec::new();
        for number in numbers {
            let case = self.case(number);
            case.mutations.iter().for_each(|kind| *report.mutations.entry(*kind).or_default() += 1);
            let ours = verdict::check(case.direction, case.document.to_xml().as_bytes());
            report.accepted += usize::from(ours.is_ok());
            batch.push((case, ours));
        }
        batch
    }

    fn case(&mut self, number: usize) -> Case {
        let mut rng = Rng::with_seed(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64);
        let direction = Direction::BOTH[number % 2];
        let operation = rng.choice(&self.operations).map(|types| types[direction as usize]);
        let operation = operation.filter(|_| !self.any_operator || rng.u8(..8) > 0);
        let style = if rng.u8(..8) == 0 { Style::Covering } else { Style::Random(rng.fork()) };
        let Some(generator) = self.generators.get_mut(&direction) else { unreachable!("there is one of each") };
        generator.style = style;
        let mut document = Document::new(generator.packet(operation, &mut self.reached));
        let mut mutations = Vec::new();
        // One in five stays valid.
        for _ in 0..[0, 1, 1, 1, 2][rng.usize(..5)] {
            let Some(kind) = rng.choice(Mutation::ALL).copied() else { break };
            let mut place = Place { document: &mut document, protocol: self.protocol, rng: &mut rng };
            if kind.apply(&mut place) {
                mutations.push(kind);
            }
        }
        Case { number, direction, document, mutations }
    }
}

/// A batch with both verdicts, and what libxml2 says of what we wrote back.
struct Batch {
    cases: Vec<(Judged, Option<Verdict>, Option<Verdict>)>,
}

/// Asks libxml2 about a batch.
fn judged(batch: Vec<Judged>) -> Batch {
    let mut cases: Vec<_> = batch.into_iter().map(|judged| (judged, None, None)).collect();
    for direction in Direction::BOTH {
        let of = |cases: &[(Judged, Option<Verdict>, Option<Verdict>)]| -> Vec<usize> {
            (0..cases.len()).filter(|at| cases[*at].0.0.direction == direction).collect()
        };
        let places = of(&cases);
        let mut packets: Vec<Vec<u8>> = places.iter().map(|at| cases[*at].0.0.document.to_xml().into_bytes()).collect();
        // What was changed and still is valid is written back otherwise: as valid as before.
        let changed = |at: &&usize| !cases[**at].0.0.mutations.is_empty();
        let again: Vec<usize> = places.iter().filter(changed).filter(|at| cases[**at].0.1.is_ok()).copied().collect();
        packets.extend(again.iter().filter_map(|at| cases[*at].0.1.clone().ok()));
        let Some(verdicts) = reference::verdicts(direction, &packets) else { continue };
        let mut verdicts = verdicts.into_iter();
        for (at, verdict) in places.iter().zip(verdicts.by_ref()) {
            cases[*at].1 = Some(verdict);
        }
        for (at, verdict) in again.iter().zip(verdicts) {
            cases[*at].2 = Some(verdict);
        }
    }
    Batch { cases }
}

/// Compares the verdicts on a batch.
fn finish(protocol: &Protocol, batch: Option<thread::ScopedJoinHandle<'_, Batch>>, report: &mut Report) {
    let Some(batch) = batch else { return };
    let batch = batch.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    for ((case, ours), theirs, again) in batch.cases {
        if theirs.as_ref().is_none_or(|theirs| theirs.valid == ours.is_ok()) {
            report.faults.extend(not_written_back(&case, &ours, again.as_ref()));
            continue;
        }
        match meant(protocol, &case, &ours) {
            Some(divergence) => *report.meant.entry(divergence).or_default() += 1,
            None if report.faults.len() < SHRUNK => {
                report.faults.push(shrink::shrunk(case, &|case, ours| meant(protocol, case, ours).is_some()))
            }
            None => report.unshrunk += 1,
        }
    }
}

/// The kind of difference that the verdicts on `case` are, if it is a meant one.
pub fn meant(protocol: &Protocol, case: &Case, ours: &Result<Vec<u8>, Violations>) -> Option<Divergence> {
    if let Err(violations) = ours {
        return divergence::refused(protocol, case.direction, &case.document, violations);
    }
    let (kinds, documents): (Vec<_>, Vec<_>) =
        divergence::cured(protocol, case.direction, &case.document).into_iter().unzip();
    let packets: Vec<String> = documents.iter().map(Document::to_xml).collect();
    let verdicts = reference::verdicts(case.direction, &packets)?;
    kinds.into_iter().zip(verdicts).find(|(_, verdict)| verdict.valid).map(|(kind, _)| kind)
}

/// What is wrong with what we wrote back: valid packets that no one changed must come back as they were, others must
/// be as valid as before.
fn not_written_back(case: &Case, ours: &Result<Vec<u8>, Violations>, again: Option<&Verdict>) -> Option<Fault> {
    let fault = |what: &str, ours: String, theirs: String| {
        Some(Fault { case: case.clone(), what: what.to_owned(), ours, theirs })
    };
    let written = match ours {
        Ok(written) => String::from_utf8_lossy(written).into_owned(),
        Err(violations) if case.mutations.is_empty() => {
            return fault("a packet that is valid by construction is refused", violations.to_string(), String::new());
        }
        Err(_) => return None,
    };
    if let Some(again) = again.filter(|verdict| !verdict.valid) {
        return fault("what we write back is not valid", written, again.messages.join("\n"));
    }
    let (before, after) = (canonical::canonical(&case.document.to_xml()), canonical::canonical(&written));
    if case.mutations.is_empty() && before != after {
        return fault("what we write back is another packet", written, format!("{before:?}\n{after:?}"));
    }
    None
}
