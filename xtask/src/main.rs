//! The project's own tasks, as `cargo xtask TASK`; `cargo xtask help` lists them.
//!
//! This program links the generator but not the generated crate. So a generated crate that does not compile never stops
//! `regenerate`.

mod bench;
mod bump;
mod cargo;
mod ci;
mod conformance;
mod crate_features;
mod crate_manifest;
mod demo;
mod diagnostics;
mod diff;
mod lock;
mod new_layer;
mod outline;
mod regenerate;
mod schema_manifest;
mod schema_set;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The project's own tasks")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// The workspace to work on [default: the one that this program was built in]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Task {
    /// Generates the protocol crate from the schemas; writes only files that differ
    Regenerate(regenerate::Arguments),
    /// Replaces the current schemas by another version: checks and compares them, then regenerates
    Bump(bump::Arguments),
    /// Writes the skeleton of the configuration for a new set of schema files
    NewLayer(new_layer::Arguments),
    /// Shows the structure of the schemas: the packet, operators or operations
    Outline(outline::Arguments),
    /// Regenerates, then runs example requests against a simulated server and shows the packets
    Demo,
    /// Compares our verdicts on random packets with those of libxml2
    Conformance(conformance::Arguments),
    /// Compares two versions of the schemas: shows the changes, and their impact on documents and on the generated crate
    Diff(diff::Arguments),
    /// Measures reading, writing and checking beside other libraries; writes docs/performance.md
    Bench(bench::Arguments),
    /// Runs what continuous integration runs: tests, format, lints, features, documentation, dependencies, freshness
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    let Arguments { task, root } = Arguments::parse();
    if let Some(root) = root {
        workspace::set_root(root);
    }
    let result = match task {
        Task::Regenerate(arguments) => regenerate::regenerate(&arguments),
        Task::Bump(arguments) => bump::bump(&arguments),
        Task::NewLayer(arguments) => new_layer::new_layer(&arguments),
        Task::Outline(arguments) => outline::outline(&arguments),
        Task::Demo => demo::demo(),
        Task::Conformance(arguments) => conformance::conformance(&arguments),
        Task::Diff(arguments) => diff::diff(&arguments),
        Task::Bench(arguments) => bench::bench(&arguments),
        Task::Ci(arguments) => ci::ci(&arguments),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
