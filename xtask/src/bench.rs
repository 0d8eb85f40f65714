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
}

/// Builds the programs of `bench/` with optimizations, and runs them. Returns `true` if they could measure.
pub(crate) fn bench(arguments: &Arguments) -> Result<bool, String> {
    const MANIFEST: &str = "bench/Cargo.toml";
    if !cargo(&["build", "--quiet", "--release", "--locked", "--manifest-path", MANIFEST], &[])? {
        return Ok(false);
    }
    let mut command =
        vec!["run", "--quiet", "--release", "--locked", "--manifest-path", MANIFEST, "--bin", "bench", "--"];
    if arguments.json {
        command.push("--json");
    }
    if let Some(only) = &arguments.only {
        command.extend(["--only", only]);
    }
    cargo(&command, &[])
}
