//! The project's own tasks: `cargo xtask regenerate`, `cargo xtask demo`, `cargo xtask conformance`,
//! `cargo xtask diff`, `cargo xtask ci`.
//!
//! Links the generator only: a generated crate that does not compile never stops `regenerate`.

mod ci;
mod conformance;
mod demo;
mod diff;
mod features;
mod manifest;
mod outline;
mod regenerate;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The project's own tasks")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Emits the generated crate from the schemas; writes only files that differ
    Regenerate(regenerate::Arguments),
    /// Shows the structure of the schemas: the packet, the operators, or operations of them
    Outline(outline::Arguments),
    /// Regenerates, then performs requests against a simulated server and shows what crosses the socket
    Demo,
    /// Holds our verdicts on random packets against libxml2's
    Conformance(conformance::Arguments),
    /// Compares the schemas of two versions: what changed, what it means for the wire and for the emitted crate
    Diff(diff::Arguments),
    /// What continuous integration checks: tests, format, lints, features, documentation, freshness
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Regenerate(arguments) => regenerate::regenerate(&arguments),
        Task::Outline(arguments) => outline::outline(&arguments),
        Task::Demo => demo::demo(),
        Task::Conformance(arguments) => conformance::conformance(&arguments),
        Task::Diff(arguments) => diff::diff(&arguments),
        Task::Ci(arguments) => ci::ci(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or(xtask.clone(), std::path::Path::to_path_buf)
}
