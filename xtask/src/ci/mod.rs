//! `cargo xtask ci`: runs every check that a commit must pass.

mod dependencies;
mod features;
mod tools;

use clap::Args;

use crate::cargo::cargo;
use crate::{bench, regenerate};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Build every feature alone instead of a sample, compare the version bumps of `diff` with cargo-semver-checks, and the
    /// instruction counts with those of the repository
    #[arg(long)]
    full: bool,
}

/// Runs every check, even after one has failed. Returns `true` if all passed.
pub(crate) fn ci(arguments: &Arguments) -> Result<bool, String> {
    // Without the reference, hundreds of tests would pass without comparing anything.
    tools::require_xmllint()?;
    if arguments.full {
        tools::require_valgrind()?;
    }
    let mut failed = Vec::new();
    let mut record = |check: &'static str, passed: bool| {
        if !passed {
            failed.push(check);
        }
    };
    let is_fresh = regenerate::regenerate(&regenerate::Arguments::check()).unwrap_or_else(|message| {
        eprintln!("error: {message}");
        false
    });
    record("freshness of the generated crate", is_fresh);
    record("dependencies", dependencies::check()?);
    record("format", cargo(&["fmt", "--all", "--", "--check"], &[])?);
    let lints = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
    record("lints", cargo(&lints, &[])?);
    record("features", features::check(arguments.full)?);
    let documentation = ["doc", "--workspace", "--no-deps", "--all-features"];
    record("documentation", cargo(&documentation, &[("RUSTDOCFLAGS", "-D warnings")])?);
    let mut environment = vec![(tools::REQUIRE_XMLLINT, "1"), (tools::REQUIRE_SHELL_TOOLS, "1")];
    if arguments.full {
        record("cargo-semver-checks", tools::install_semver_checks()?);
        environment.push((tools::REQUIRE_SEMVER_CHECKS, "1"));
        // Without them, a measurement could be wrong for long.
        let tests = ["test", "--quiet", "--release", "--locked", "--lib", "--manifest-path", "bench/Cargo.toml"];
        record("tests of the bench", cargo(&tests, &[])?);
        record("instruction counts", bench::bench(&bench::Arguments::counts())?);
    }
    record("tests", cargo(&["test", "--workspace", "--no-fail-fast"], &environment)?);
    if failed.is_empty() {
        println!("all checks passed");
    } else {
        println!("failed: {}", failed.join(", "));
    }
    Ok(failed.is_empty())
}
