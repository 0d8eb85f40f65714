//! Runs cases in batches, and compares the verdicts on them.

use std::ops::Range;
use std::thread;
use std::time::Instant;

use super::case::{Case, Failure};
use super::generate::{CaseGenerator, Options};
use super::report::Report;
use super::shrink::shrink;
use crate::Direction;
use crate::divergence::expected_divergence;
use crate::libxml2::{self, Verdict};
use crate::mutation::Mutation;
use crate::packet::canonicalize;
use crate::protocol::Protocol;
use crate::under_test::{Checked, check_and_write_back};

/// The number of packets that xmllint validates in one call.
const BATCH_SIZE: usize = 4000;

/// The number of failures that are shrunk and shown. Shrinking is slow, and more would not help.
const MAX_SHOWN: usize = 20;

/// Runs `options.cases` cases.
///
/// # Errors
/// If there is no such operator.
pub fn run(protocol: &Protocol, options: &Options) -> Result<Report, String> {
    let start = Instant::now();
    let mut generator = CaseGenerator::new(protocol, options)?;
    let mut report = Report { cases: options.cases, compared: libxml2::version().is_some(), ..Report::default() };
    thread::scope(|scope| {
        let mut previous = None;
        for first in (0..options.cases).step_by(BATCH_SIZE) {
            let batch = check_batch(&mut generator, first..options.cases.min(first + BATCH_SIZE), &mut report);
            // libxml2 validates one batch while the next one is generated.
            let batch = scope.spawn(move || validate_batch(batch));
            compare_batch(protocol, previous.replace(batch), &mut report);
        }
        compare_batch(protocol, previous, &mut report);
    });
    report.goals = generator.goal_count();
    report.missed = generator.missed();
    let applicable = Mutation::ALL.iter().filter(|mutation| generator.is_applicable(**mutation));
    let unused = applicable.filter(|mutation| !report.mutations.contains_key(mutation));
    report.unused_mutations = unused.map(|mutation| format!("{mutation:?}")).collect();
    report.elapsed = start.elapsed();
    Ok(report)
}

/// A case with all verdicts on it.
struct Verdicts {
    case: Case,
    ours: Checked,
    /// The verdict of libxml2.
    theirs: Option<Verdict>,
    /// The verdict of libxml2 on the packet as we write it back.
    written_back: Option<Verdict>,
}

/// Generates cases, and determines our verdicts on them.
fn check_batch(generator: &mut CaseGenerator<'_>, numbers: Range<usize>, report: &mut Report) -> Vec<Verdicts> {
    let mut batch = Vec::new();
    for number in numbers {
        let case = generator.case(number);
        case.mutations.iter().for_each(|mutation| *report.mutations.entry(*mutation).or_default() += 1);
        let ours = check_and_write_back(case.direction, case.document.to_xml().as_bytes());
        report.accepted += usize::from(ours.is_ok());
        batch.push(Verdicts { case, ours, theirs: None, written_back: None });
    }
    batch
}

/// Adds the verdicts of libxml2 to a batch.
fn validate_batch(mut batch: Vec<Verdicts>) -> Vec<Verdicts> {
    for direction in Direction::BOTH {
        let original: Vec<usize> = (0..batch.len()).filter(|index| batch[*index].case.direction == direction).collect();
        let mut packets: Vec<Vec<u8>> =
            original.iter().map(|index| batch[*index].case.document.to_xml().into_bytes()).collect();
        // A valid packet that was mutated may be written back in another form, which must be valid too. One that was not
        // mutated must be written back unchanged, so it needs no second verdict.
        let is_mutated = |index: &&usize| !batch[**index].case.mutations.is_empty();
        let rewritten: Vec<usize> =
            original.iter().filter(is_mutated).filter(|index| batch[**index].ours.is_ok()).copied().collect();
        packets.extend(rewritten.iter().filter_map(|index| batch[*index].ours.clone().ok()));
        let Some(verdicts) = libxml2::verdicts(direction, &packets) else { continue };
        let mut verdicts = verdicts.into_iter();
        for (index, verdict) in original.iter().zip(verdicts.by_ref()) {
            batch[*index].theirs = Some(verdict);
        }
        for (index, verdict) in rewritten.iter().zip(verdicts) {
            batch[*index].written_back = Some(verdict);
        }
    }
    batch
}

/// Compares the verdicts on a batch, and adds the failures to the report.
fn compare_batch(protocol: &Protocol, batch: Option<thread::ScopedJoinHandle<'_, Vec<Verdicts>>>, report: &mut Report) {
    let Some(batch) = batch else { return };
    let batch = batch.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let divergence = |case: &Case, ours: &Checked| expected_divergence(protocol, case.direction, &case.document, ours);
    for Verdicts { case, ours, theirs, written_back } in batch {
        if theirs.as_ref().is_none_or(|theirs| theirs.valid == ours.is_ok()) {
            report.failures.extend(check_written_back(&case, &ours, written_back.as_ref()));
            continue;
        }
        match divergence(&case, &ours) {
            Some(divergence) => *report.expected_divergences.entry(divergence).or_default() += 1,
            None if report.failures.len() < MAX_SHOWN => {
                report.failures.push(shrink(case, &|case, ours| divergence(case, ours).is_some()))
            }
            None => report.not_shown += 1,
        }
    }
}

/// Returns what is wrong with the packet as we write it back.
///
/// A packet that was not mutated must be accepted and written back unchanged. A mutated one must stay valid.
fn check_written_back(case: &Case, ours: &Checked, written_back: Option<&Verdict>) -> Option<Failure> {
    let failure = |reason: &str, ours: String, theirs: String| {
        Some(Failure { case: case.clone(), reason: reason.to_owned(), ours, theirs })
    };
    let written = match ours {
        Ok(written) => String::from_utf8_lossy(written).into_owned(),
        Err(violations) if case.mutations.is_empty() => {
            return failure("a packet that is valid by construction is refused", violations.to_string(), String::new());
        }
        Err(_) => return None,
    };
    if let Some(verdict) = written_back.filter(|verdict| !verdict.valid) {
        return failure("the packet as written back is not valid", written, verdict.messages.join("\n"));
    }
    let (before, after) = (canonicalize(&case.document.to_xml()), canonicalize(&written));
    if case.mutations.is_empty() && before != after {
        return failure("the packet as written back differs", written, format!("{before:?}\n{after:?}"));
    }
    None
}
