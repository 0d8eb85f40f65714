//! What dependencies may be: their licences, their origin, what is known against them.

use std::time::Duration;

use crate::run;

/// How long the database of advisories may take to come. Where it cannot be reached, it is tried for minutes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Holds the dependencies against `deny.toml`; whether they pass. Without `cargo-deny` nothing is checked, which is
/// said.
pub(crate) fn dependencies() -> Result<bool, String> {
    if !run::cargo(&["deny", "--version"], &[])? {
        println!(
            "cargo-deny is missing, so dependencies are not checked; `cargo install cargo-deny --locked` brings it"
        );
        return Ok(true);
    }
    let policy = run::cargo(&["deny", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"], &[])?;
    // The advisories come from elsewhere, which is no reason to fail where that cannot be reached.
    if !run::cargo_within(PATIENCE, &["deny", "fetch", "db"])? {
        println!("the database of advisories cannot be reached, so they are not checked");
        return Ok(policy);
    }
    Ok(policy & run::cargo(&["deny", "check", "--disable-fetch", "--hide-inclusion-graph", "advisories"], &[])?)
}
