//! Starting other programs.

use std::process::Command;

use crate::root;

/// Runs `cargo` with `arguments` in the workspace; whether it succeeded.
pub(crate) fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Result<bool, String> {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    println!("$ cargo {}", arguments.join(" "));
    let status = Command::new(&program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(root())
        .status()
        .map_err(|e| format!("cannot start {program}: {e}"))?;
    Ok(status.success())
}
