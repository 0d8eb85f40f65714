//! Runs cargo in the workspace.

use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::workspace::root;

/// Runs cargo with these arguments and environment variables. Returns `true` if it succeeded.
pub(crate) fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Result<bool, String> {
    let mut command = command(arguments);
    let status = command.envs(environment.iter().copied()).status().map_err(start_error)?;
    Ok(status.success())
}

/// Runs cargo, and stops it after `limit`. Returns `true` if it succeeded.
pub(crate) fn cargo_within(limit: Duration, arguments: &[&str]) -> Result<bool, String> {
    let end = Instant::now() + limit;
    let mut child = command(arguments).spawn().map_err(start_error)?;
    loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            return Ok(status.success());
        }
        if Instant::now() >= end {
            println!("stopped after {} s", limit.as_secs());
            // It may have ended in the meantime.
            let _ = child.kill();
            child.wait().map_err(|e| e.to_string())?;
            return Ok(false);
        }
        sleep(Duration::from_millis(100));
    }
}

fn command(arguments: &[&str]) -> Command {
    eprintln!("$ cargo {}", arguments.join(" "));
    let mut command = Command::new(program());
    command.args(arguments).current_dir(root());
    command
}

fn program() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

fn start_error(error: std::io::Error) -> String {
    format!("cannot start {}: {error}", program())
}
