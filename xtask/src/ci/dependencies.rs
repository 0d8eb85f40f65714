//! Checks the dependencies: their licenses, sources and known vulnerabilities.

use std::time::Duration;

use crate::cargo::{cargo, cargo_within};

/// The time limit for downloading the advisory database. If it is unreachable, cargo-deny retries for minutes.
const FETCH_LIMIT: Duration = Duration::from_secs(30);

/// Compares the dependencies with `deny.toml`. Returns `true` if they pass.
///
/// Without `cargo-deny` nothing is checked, which is reported.
pub(super) fn check() -> Result<bool, String> {
    if !cargo(&["deny", "--version"], &[])? {
        println!(
            "skipped: cargo-deny is not installed, so dependencies are not checked; \
             run `cargo install cargo-deny --locked`"
        );
        return Ok(true);
    }
    let policy = cargo(&["deny", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"], &[])?;
    // An unreachable server says nothing about the commit, so it is no failure.
    if !cargo_within(FETCH_LIMIT, &["deny", "fetch", "db"])? {
        println!("skipped: the advisory database is unreachable, so advisories are not checked");
        return Ok(policy);
    }
    Ok(policy & cargo(&["deny", "check", "--disable-fetch", "--hide-inclusion-graph", "advisories"], &[])?)
}
