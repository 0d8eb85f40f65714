//! `cargo xtask bench`: measures reading, writing and checking beside other libraries.

use clap::Args;

use crate::cargo::cargo;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Print one object per line: name, yardstick, ratio, low, high, target, met
    #[arg(long)]
    json: bool,
    /// Measure only what has this in its name, and leave docs/performance.md as it is
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Count instructions with callgrind, and fail if one of the counts in bench/instruction-counts.json grew by more than 3 %
    #[arg(long, conflicts_with_all = ["json", "only"])]
    counts: bool,
    /// Count instructions, and write the counts to bench/instruction-counts.json
    #[arg(long, conflicts_with_all = ["json", "only", "counts"])]
    update_counts: bool,
}

impl Arguments {
    /// Returns the arguments that compare the instruction counts.
    pub(crate) fn counts() -> Self {
        Self { json: false, only: None, counts: true, update_counts: false }
    }
}

/// Builds the programs of `bench/` with optimizations, and runs them. Returns `true` if they could measure, and no count of
/// instructions grew.
pub(crate) fn bench(arguments: &Arguments) -> Result<bool, String> {
    const MANIFEST: &str = "bench/Cargo.toml";
    if !cargo(&["build", "--quiet", "--release", "--locked", "--manifest-path", MANIFEST], &[])? {
        return Ok(false);
    }
    let mut command =
        vec!["run", "--quiet", "--release", "--locked", "--manifest-path", MANIFEST, "--bin", "bench", "--"];
    for (is_set, argument) in
        [(arguments.json, "--json"), (arguments.counts, "--counts"), (arguments.update_counts, "--update-counts")]
    {
        if is_set {
            command.push(argument);
        }
    }
    if let Some(only) = &arguments.only {
        command.extend(["--only", only]);
    }
    cargo(&command, &[])
}
