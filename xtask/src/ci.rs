//! `cargo xtask ci`: everything that must hold of a commit.

use crate::{regenerate, run};

/// Runs every check to its end; whether all held.
pub(crate) fn ci() -> Result<bool, String> {
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
    note("format", run::cargo(&["fmt", "--all", "--", "--check"], &[])?);
    note(
        "lints",
        run::cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"], &[])?,
    );
    note("documentation", run::cargo(&["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])?);
    note("tests", run::cargo(&["test", "--workspace", "--no-fail-fast"], &[])?);
    if failed.is_empty() {
        println!("all checks hold");
    } else {
        println!("failed: {}", failed.join(", "));
    }
    Ok(failed.is_empty())
}
