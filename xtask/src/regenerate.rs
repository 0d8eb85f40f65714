//! `cargo xtask regenerate`: schemas to generated crate.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use plesk_codegen::{Changes, Output, Summary, generate};

use crate::manifest::{Location, Manifest};
use crate::{bump, diagnostics, features, package, root};

#[derive(Args, Default)]
pub(crate) struct Arguments {
    /// Write nothing; exit with 1 and name the files that are not up to date
    #[arg(long)]
    check: bool,
    /// The directory of schema files [default: schemas/PROTOCOL]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// The protocol version [default: the manifest's current one]
    #[arg(long, value_name = "V")]
    protocol: Option<String>,
    /// Where the Rust files go, and a Cargo.toml if there is none there or in the directory above [default: generated/src]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show each problem on a line of its own: file:line:column: what is wrong
    #[arg(long)]
    short: bool,
}

impl Arguments {
    /// `--check` of the project's own schemas.
    pub(crate) fn check() -> Self {
        Self { check: true, ..Self::default() }
    }
}

/// Regenerates; whether all was well (with `--check`: whether all is up to date).
pub(crate) fn regenerate(arguments: &Arguments) -> Result<bool, String> {
    let start = Instant::now();
    bump::recover()?;
    let manifest = Manifest::read()?;
    let protocol = arguments.protocol.clone().unwrap_or_else(|| manifest.current.clone());
    let own = arguments.schemas.is_none();
    let location = match &arguments.schemas {
        Some(directory) => Location::new(&manifest, directory.clone(), protocol.clone()),
        None => Location::own(&manifest, &protocol)?,
    };
    let out = arguments.out.clone().unwrap_or_else(|| root().join("generated/src"));
    // The coverage and the manifests are those of what stands in the repository.
    let in_place = arguments.out.is_none();
    let coverage = in_place.then(|| root().join("generated/COVERAGE.md"));
    let target = Output { source: &out, coverage: coverage.as_deref() };
    let summary = generate(&location.schemas(), &location.config(), target, arguments.check)
        .map_err(|error| diagnostics::show(&error, &location.schemas(), None, Some(&out), arguments.short))?;
    let mut changes = summary.changes.clone();
    if own && manifest.refresh(&protocol, arguments.check)? {
        changes.written.push(Manifest::path());
    }
    if in_place {
        changes.written.extend(features::refresh(&summary.features, arguments.check)?);
    } else {
        package::refresh(&out, &protocol, &summary.features, arguments.check, &mut changes)?;
    }
    report(arguments.check, &protocol, &summary, &changes, start);
    Ok(!arguments.check || changes.is_empty())
}

fn report(check: bool, protocol: &str, summary: &Summary, changes: &Changes, start: Instant) {
    println!(
        "protocol {protocol}: {} schema files, {} operators, {} operations, {} types, {} lines of Rust",
        summary.schema_files, summary.operators, summary.operations, summary.types, summary.lines
    );
    if summary.left_out > 0 {
        println!(
            "{} operators and operations are left out, as `left_out` of codegen/src/plesk/mod.rs lists",
            summary.left_out
        );
    }
    let (written, removed) = if check { ("out of date", "to remove") } else { ("written", "removed") };
    for path in &changes.written {
        println!("  {written}: {}", shown(path));
    }
    for path in &changes.removed {
        println!("  {removed}: {}", shown(path));
    }
    let milliseconds = start.elapsed().as_millis();
    match (check, changes.is_empty()) {
        (true, true) => println!("up to date, {} files ({milliseconds} ms)", changes.unchanged),
        (true, false) => println!("not up to date; run `cargo xtask regenerate` ({milliseconds} ms)"),
        (false, _) => println!("{} files as before ({milliseconds} ms)", changes.unchanged),
    }
}

/// A path as seen from the workspace.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
