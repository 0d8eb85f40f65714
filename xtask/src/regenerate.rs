//! `cargo xtask regenerate`: generates a crate from the schemas.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use plesk_codegen::config::Config;
use plesk_codegen::{Changes, Output, Summary, generate};

use crate::lock::WriteLock;
use crate::schema_manifest::Manifest;
use crate::schema_set::{SchemaSet, parse_protocol};
use crate::workspace::{relative_to_root, root};
use crate::{bump, crate_features, crate_manifest, diagnostics};

#[derive(Args, Default)]
pub(crate) struct Arguments {
    /// Write nothing; list the files that are out of date, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// The directory of the schema files [default: schemas/PROTOCOL]
    #[arg(long, value_name = "DIR", requires_all = ["protocol", "out"])]
    schemas: Option<PathBuf>,
    /// The protocol version; another one than the current needs `--out` [default: the current one of schemas/manifest.toml]
    #[arg(long, value_name = "V", value_parser = parse_protocol)]
    protocol: Option<String>,
    /// The layer of the configuration [default: that of the protocol version]
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// The directory of the Rust files; gets a Cargo.toml unless it or its parent has one [default: generated/src]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show each problem on one line: file:line:column: message
    #[arg(long)]
    short: bool,
}

impl Arguments {
    /// Returns the arguments that check the project's own crate.
    pub(crate) fn check() -> Self {
        Self { check: true, ..Self::default() }
    }
}

/// Generates the crate. With `--check`, returns `true` if everything is up to date.
pub(crate) fn regenerate(arguments: &Arguments) -> Result<bool, String> {
    let start = Instant::now();
    // Schemas and output elsewhere have nothing to do with the workspace.
    let is_elsewhere = arguments.schemas.is_some();
    let _lock = if is_elsewhere { None } else { Some(WriteLock::acquire()?) };
    if !is_elsewhere {
        bump::recover()?;
    }
    let manifest = Manifest::read()?;
    let protocol = arguments.protocol.clone().unwrap_or_else(|| manifest.current.clone());
    if arguments.out.is_none() && protocol != manifest.current {
        return Err(format!(
            "the crate in generated/ is that of protocol {}; pass another directory as `--out`, or replace the protocol with \
             `cargo xtask bump`",
            manifest.current
        ));
    }
    let is_own = arguments.schemas.is_none();
    let schema_set = match &arguments.schemas {
        Some(directory) => SchemaSet::new(&manifest, directory.clone(), protocol.clone()),
        None => SchemaSet::own(&manifest, &protocol)?,
    }
    .with_layer(arguments.layer.as_deref())?;
    let out = arguments.out.clone().unwrap_or_else(|| root().join("generated/src"));
    // The coverage document, the description of the operations and the features of the manifests belong to the crate in the
    // repository.
    let in_place = arguments.out.is_none();
    let coverage = in_place.then(|| root().join("generated/COVERAGE.md"));
    let description = in_place.then(|| root().join("crates/model"));
    let target = Output { source: &out, coverage: coverage.as_deref(), description: description.as_deref() };
    // Only the crate in the repository has a client to show in examples.
    let config = Config { client: schema_set.config().client.filter(|_| in_place), ..schema_set.config() };
    let summary = generate(&schema_set.schemas(), &config, target, arguments.check)
        .map_err(|error| diagnostics::print(&error, &schema_set.schemas(), None, Some(&out), arguments.short))?;
    let mut changes = summary.changes.clone();
    if is_own && manifest.refresh(&protocol, arguments.check)? {
        changes.written.push(Manifest::path());
    }
    if in_place {
        changes.written.extend(crate_features::refresh(&summary.features, arguments.check)?);
    } else {
        crate_manifest::refresh(&out, &protocol, &summary.features, arguments.check, &mut changes)?;
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
            "{} operators and operations are left out; see `left_out` in codegen/src/plesk/mod.rs",
            summary.left_out
        );
    }
    let (written, removed) = if check { ("out of date", "to be removed") } else { ("written", "removed") };
    for path in &changes.written {
        println!("  {written}: {}", relative_to_root(path).display());
    }
    for path in &changes.removed {
        println!("  {removed}: {}", relative_to_root(path).display());
    }
    let milliseconds = start.elapsed().as_millis();
    match (check, changes.is_empty()) {
        (true, true) => println!("{} files are up to date ({milliseconds} ms)", changes.unchanged),
        (true, false) => println!("not up to date; run `cargo xtask regenerate` ({milliseconds} ms)"),
        (false, _) => println!("{} files unchanged ({milliseconds} ms)", changes.unchanged),
    }
}
