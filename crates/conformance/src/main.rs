//! `cargo xtask conformance`: holds our verdicts on random packets against libxml2's.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use plesk_conformance::protocol::Protocol;
use plesk_conformance::run::{Fault, Options, Report, run};
use plesk_conformance::{foreign, reference};

/// From this many cases on, everything must have been reached.
const ENOUGH: usize = 100_000;

#[derive(Parser)]
#[command(name = "cargo xtask conformance", about = "Holds our verdicts on random packets against libxml2's")]
struct Arguments {
    /// How many packets to make; with 100000 or more, everything in the schemas must have been reached
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    cases: usize,
    /// What the chance begins with: the same seed makes the same packets
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Only operations of this operator
    #[arg(long, value_name = "X")]
    operator: Option<String>,
    /// Other schemas: packets of every operation are held against libxml2 and the crate that is generated from them
    #[arg(long, value_name = "DIR", requires = "protocol")]
    schemas: Option<PathBuf>,
    /// The protocol version of these schemas
    #[arg(long, value_name = "V", requires = "schemas")]
    protocol: Option<String>,
}

fn main() -> ExitCode {
    let Arguments { cases, seed, operator, schemas, protocol } = Arguments::parse();
    if let (Some(schemas), Some(protocol)) = (schemas, protocol) {
        return elsewhere(&schemas, &protocol);
    }
    let report = Protocol::current()
        .map_err(|problems| problems.to_string())
        .and_then(|protocol| run(&protocol, &Options { cases, seed, operator }));
    match report {
        Ok(report) if show(&report) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Holds the packets of other schemas.
fn elsewhere(schemas: &Path, protocol: &str) -> ExitCode {
    match foreign::run(schemas, protocol) {
        Ok((reports, elapsed)) => {
            println!("protocol {protocol}: generated, built and run in {:.1} s", elapsed.as_secs_f64());
            let well: Vec<bool> = reports.iter().map(show_foreign).collect();
            if well.into_iter().all(|well| well) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Shows what came of one direction; whether all was well.
fn show_foreign(report: &foreign::Report) -> bool {
    let foreign::Report { direction, operations, specimens, written_back, points, missed, troubles, .. } = report;
    troubles.iter().take(20).for_each(|trouble| println!("{trouble}\n"));
    println!("{direction:?}: {specimens} packets of {operations} operations, {} faults", troubles.len());
    println!("  reached {} of {points} points of the model", points - missed.len());
    missed.iter().take(20).for_each(|missed| println!("  not reached: {missed}"));
    println!("  read, found valid and written back as they were: {written_back}");
    match (report.valid, report.valid_again) {
        (Some(valid), Some(again)) => println!("  valid for libxml2: {valid}, and {again} as written back"),
        _ => println!("  xmllint is not installed, so nothing was held against libxml2 (Debian: libxml2-utils)"),
    }
    troubles.is_empty() && missed.is_empty() && report.valid.is_some()
}

/// Shows what came of a run; whether all was well.
fn show(report: &Report) -> bool {
    let seconds = report.elapsed.as_secs_f64();
    let version = reference::version().unwrap_or_else(|| "missing".to_owned());
    for fault in &report.faults {
        show_fault(fault);
    }
    let meant: usize = report.meant.values().sum();
    let faults = report.faults.len() + report.unshrunk;
    let refused = report.cases - report.accepted;
    println!("{} packets, {} valid and {refused} not, in {seconds:.1} s", report.cases, report.accepted);
    if report.asked {
        println!("libxml2 {version}: {faults} faults, {meant} differences that are meant");
        report.meant.iter().for_each(|(kind, count)| println!("  {kind:?}: {count}"));
    } else {
        println!("xmllint is not installed, so nothing was held against libxml2 (Debian: libxml2-utils)");
    }
    let kinds: Vec<String> = report.mutations.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
    println!("changes: {}", kinds.join(", "));
    println!("reached {} of {} points of the model", report.points - report.missed.len(), report.points);
    for missed in report.missed.iter().chain(&report.unmade).take(20) {
        println!("  not reached: {missed}");
    }
    let complete = report.missed.is_empty() && report.unmade.is_empty();
    faults == 0 && report.asked && (complete || report.cases < ENOUGH)
}

fn show_fault(fault: &Fault) {
    let Fault { case, what, ours, theirs } = fault;
    println!("case {} ({:?}, {:?}): {what}", case.number, case.direction, case.mutations);
    println!("  packet:  {}", case.document.to_xml());
    println!("  ours:    {ours}");
    println!("  libxml2: {theirs}\n");
}
