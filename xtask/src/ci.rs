//! `cargo xtask ci`: everything that must hold of a commit.

use std::process::Command;

use clap::Args;

use crate::{dependencies, features, regenerate, run};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Check every feature alone, not only a sample of them, and the verdicts of `diff` against cargo-semver-checks
    #[arg(long)]
    full: bool,
}

/// Runs every check to its end; whether all held.
pub(crate) fn ci(arguments: &Arguments) -> Result<bool, String> {
    let mut failed = Vec::new();
    let mut note = |what: &'static str, done: bool| {
        if !done {
            failed.push(what);
        }
    };
    let fresh = regenerate::regenerate(&regenerate::Arguments::check()).unwrap_or_else(|message| {
        eprintln!("error: {message}");
        false
    });
    note("freshness of the generated crate", fresh);
    note("dependencies", dependencies::dependencies()?);
    note("format", run::cargo(&["fmt", "--all", "--", "--check"], &[])?);
    note(
        "lints",
        run::cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"], &[])?,
    );
    note("features", features_alone(arguments.full)?);
    note(
        "documentation",
        run::cargo(&["doc", "--workspace", "--no-deps", "--all-features"], &[("RUSTDOCFLAGS", "-D warnings")])?,
    );
    if arguments.full {
        note("cargo-semver-checks", semver_checks()?);
    }
    note("tests", run::cargo(&["test", "--workspace", "--no-fail-fast"], &[])?);
    if failed.is_empty() {
        println!("all checks hold");
    } else {
        println!("failed: {}", failed.join(", "));
    }
    Ok(failed.is_empty())
}

/// The version that the verdicts of `diff` are held against, as `codegen/tests/diff` has it.
const SEMVER_CHECKS: &str = "0.51.0";

/// Whether cargo-semver-checks is there for the tests, or could be installed.
fn semver_checks() -> Result<bool, String> {
    let version = Command::new("cargo-semver-checks").args(["semver-checks", "--version"]).output();
    if version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(SEMVER_CHECKS)) {
        return Ok(true);
    }
    run::cargo(&["install", "--locked", "--quiet", &format!("cargo-semver-checks@{SEMVER_CHECKS}")], &[])
}

/// Whether the emitted crate compiles with each of five features alone, from one that implies least to one that implies
/// most, and `plesk` with the first of them, without a client and with the blocking one alone; with `all`, with each
/// there is, and `plesk` with the last too.
fn features_alone(all: bool) -> Result<bool, String> {
    let mut features = features::read()?;
    features.sort_by_key(|feature| feature.implies.len());
    let names: Vec<&str> = features.iter().map(|feature| feature.name.as_str()).collect();
    let last = names.len().saturating_sub(1);
    // The smallest build that has a client.
    let blocking = names.first().map(|name| format!("blocking,{name}")).unwrap_or_default();
    let mut tried: Vec<(&str, &str)> = names.first().map(|name| ("plesk", *name)).into_iter().collect();
    tried.push(("plesk", &blocking));
    if all {
        tried.extend(names.iter().map(|name| ("plesk-protocol", *name)));
        tried.extend(names.last().map(|name| ("plesk", *name)));
    } else {
        tried.extend((0..5).filter_map(|at| names.get(at * last / 4)).map(|name| ("plesk-protocol", *name)));
        tried.dedup();
    }
    let mut hold = true;
    for (package, feature) in tried {
        // Warnings are denied in this crate alone, so that nothing else has to be compiled again.
        let arguments = ["rustc", "--quiet", "--package", package, "--lib", "--profile", "check"];
        let alone = ["--no-default-features", "--features", feature, "--", "-D", "warnings"];
        hold &= run::cargo(&[&arguments[..], &alone].concat(), &[])?;
    }
    Ok(hold)
}
