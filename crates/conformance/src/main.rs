//! `cargo xtask conformance`: compares our verdicts on random packets with those of libxml2.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use plesk_conformance::protocol;
use plesk_conformance::run::{Failure, Options, Report, run};
use plesk_conformance::{external, libxml2, w3c};

/// The number of cases from which every coverage goal must be reached.
const ENOUGH: usize = 100_000;

/// The number of failures and missed goals of each kind that are shown.
const MAX_SHOWN: usize = 20;

#[derive(Parser)]
#[command(name = "cargo xtask conformance", about = "Compares our verdicts on random packets with those of libxml2")]
struct Arguments {
    /// The number of packets to generate; with 100000 or more, they must cover everything in the schemas
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    cases: usize,
    /// The seed of the random packets: the same seed generates the same packets
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Only generate operations of this operator
    #[arg(long, value_name = "X")]
    operator: Option<String>,
    /// Use the schemas in this directory: generate a crate from them, and run packets of every operation through it
    #[arg(long, value_name = "DIR", requires = "protocol")]
    schemas: Option<PathBuf>,
    /// The protocol version of these schemas
    #[arg(long, value_name = "V", requires = "schemas")]
    protocol: Option<String>,
    /// The layer of the configuration [default: that of the protocol version]
    #[arg(long, value_name = "NAME", requires = "schemas")]
    layer: Option<String>,
    /// Run the parts of NIST and Microsoft of the W3C's test suite for XML Schema, which is in this directory
    #[arg(long, value_name = "DIR", conflicts_with = "schemas")]
    w3c: Option<PathBuf>,
}

fn main() -> ExitCode {
    let Arguments { cases, seed, operator, schemas, protocol, layer, w3c } = Arguments::parse();
    let passed = match (schemas, protocol) {
        _ if w3c.is_some() => check_w3c(&w3c.unwrap_or_default()),
        (Some(schemas), Some(protocol)) => check_external(&schemas, &protocol, layer.as_deref()),
        _ => check_current(&Options { cases, seed, operator }),
    };
    match passed {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Runs random packets of the current schemas. Returns `true` if the run passed.
fn check_current(options: &Options) -> Result<bool, String> {
    let protocol = protocol::current().map_err(|problems| problems.to_string())?;
    Ok(show(&run(&protocol, options)?))
}

/// Runs samples of other schemas. Returns `true` if the run passed.
fn check_external(schemas: &Path, protocol: &str, layer: Option<&str>) -> Result<bool, String> {
    let (reports, elapsed) = external::run(schemas, protocol, layer)?;
    println!("protocol {protocol}: generated, built and run in {:.1} s", elapsed.as_secs_f64());
    let passed: Vec<bool> = reports.iter().map(show_external).collect();
    Ok(passed.into_iter().all(|passed| passed))
}

/// Runs the test suite of the W3C. Returns `true` if no verdict was wrong.
fn check_w3c(directory: &Path) -> Result<bool, String> {
    let mut passed = true;
    for run in [w3c::run_nist, w3c::run_microsoft] {
        let report = run(directory)?;
        println!("{report}");
        let lists = [("refused", &report.refused), ("unchecked", &report.unchecked), ("disputed", &report.disputed)];
        for (word, list) in lists.into_iter().chain([("wrong", &report.wrong)]) {
            list.iter().for_each(|verdict| println!("  {word}: {verdict}"));
        }
        passed &= report.wrong.is_empty();
    }
    Ok(passed)
}

/// Shows the result of one direction of other schemas. Returns `true` if it passed.
fn show_external(report: &external::Report) -> bool {
    let external::Report { direction, operations, samples, written_back, goals, missed, failures, .. } = report;
    failures.iter().take(MAX_SHOWN).for_each(|failure| println!("{failure}\n"));
    println!("{direction:?}: {samples} packets of {operations} operations, {} failures", failures.len());
    println!("  covered {} of {goals} goals of the model", goals - missed.len());
    missed.iter().take(MAX_SHOWN).for_each(|missed| println!("  not covered: {missed}"));
    println!("  read, accepted and written back unchanged: {written_back}");
    match (report.valid, report.valid_as_written_back) {
        (Some(valid), Some(again)) => println!("  accepted by libxml2: {valid}, and {again} as written back"),
        _ => println!("  nothing was compared with libxml2: xmllint is not installed (Debian: libxml2-utils)"),
    }
    failures.is_empty() && missed.is_empty() && report.valid.is_some()
}

/// Shows the result of a run. Returns `true` if it passed.
fn show(report: &Report) -> bool {
    report.failures.iter().for_each(show_failure);
    let failures = report.failures.len() + report.not_shown;
    let refused = report.cases - report.accepted;
    let seconds = report.elapsed.as_secs_f64();
    println!("{} packets, {} valid and {refused} invalid, in {seconds:.1} s", report.cases, report.accepted);
    match libxml2::version().filter(|_| report.compared) {
        Some(version) => {
            let expected: usize = report.expected_divergences.values().sum();
            println!("libxml2 {version}: {failures} failures, {expected} expected divergences");
            report.expected_divergences.iter().for_each(|(kind, count)| println!("  {kind:?}: {count}"));
        }
        None => println!("nothing was compared with libxml2: xmllint is not installed (Debian: libxml2-utils)"),
    }
    let mutations: Vec<String> = report.mutations.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
    println!("mutations: {}", mutations.join(", "));
    println!("covered {} of {} goals of the model", report.goals - report.missed.len(), report.goals);
    for missed in report.missed.iter().chain(&report.unused_mutations).take(MAX_SHOWN) {
        println!("  not covered: {missed}");
    }
    let is_complete = report.missed.is_empty() && report.unused_mutations.is_empty();
    failures == 0 && report.compared && (is_complete || report.cases < ENOUGH)
}

fn show_failure(failure: &Failure) {
    let Failure { case, reason, ours, theirs } = failure;
    println!("case {} ({:?}, {:?}): {reason}", case.number, case.direction, case.mutations);
    println!("  packet:  {}", case.document.to_xml());
    println!("  ours:    {ours}");
    println!("  libxml2: {theirs}\n");
}
