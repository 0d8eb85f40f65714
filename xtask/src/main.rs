//! The project's own tasks, as `cargo xtask TASK`; `cargo xtask help` lists them.
//!
//! Links the generator only: a generated crate that does not compile never stops `regenerate`.

mod bump;
mod ci;
mod conformance;
mod demo;
mod dependencies;
mod diagnostics;
mod diff;
mod features;
mod manifest;
mod outline;
mod package;
mod regenerate;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

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
    /// Emits the generated crate from the schemas; writes only files that differ
    Regenerate(regenerate::Arguments),
    /// Makes other schema files those of the crates: checks, compares and places them, and regenerates
    Bump(bump::Arguments),
    /// Shows the structure of the schemas: the packet, the operators, or operations of them
    Outline(outline::Arguments),
    /// Regenerates, then performs requests against a simulated server and shows what crosses the socket
    Demo,
    /// Holds our verdicts on random packets against libxml2's
    Conformance(conformance::Arguments),
    /// Compares the schemas of two versions: what changed, what it means for the wire and for the emitted crate
    Diff(diff::Arguments),
    /// What continuous integration checks: tests, format, lints, features, documentation, dependencies, freshness
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    let Arguments { task, root } = Arguments::parse();
    if let Some(root) = root {
        // It is set once, before anything asks for it.
        let _ = ROOT.set(root);
    }
    let done = match task {
        Task::Regenerate(arguments) => regenerate::regenerate(&arguments),
        Task::Bump(arguments) => bump::bump(&arguments),
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

/// What `--root` says.
static ROOT: OnceLock<PathBuf> = OnceLock::new();

/// The root of the workspace.
fn root() -> PathBuf {
    let built_in = || Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned();
    ROOT.get().cloned().unwrap_or_else(built_in)
}
