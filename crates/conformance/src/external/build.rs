//! Generates a crate from schemas, and builds and runs a program on it that reads packets and writes them back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plesk_codegen::config::Config;
use plesk_codegen::{Schemas, generate};

const PROGRAM: &str = include_str!("program.rs");

/// Generates the crate in `directory`, builds the program there, and runs it on the packets in `packets`.
///
/// # Errors
/// A message if the crate cannot be generated, or the program cannot be built or run.
pub(super) fn write_back(
    schemas: &Schemas<'_>,
    config: &Config,
    directory: &Path,
    packets: &Path,
) -> Result<(), String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = directory.join("emitted");
    // Without Cargo features, all operators are always compiled.
    generate(schemas, &Config { features: false, ..config.clone() }, &source, false).map_err(|e| e.to_string())?;
    write(directory.join("program.rs"), PROGRAM)?;
    write(directory.join("Cargo.toml"), &manifest(&workspace.join("crates/wire")))?;
    // So that the dependencies of the runtime crate have the same versions as in the workspace.
    let lock = fs::read_to_string(workspace.join("Cargo.lock")).map_err(|e| format!("Cargo.lock: {e}"))?;
    write(directory.join("Cargo.lock"), &lock)?;
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(&program)
        .args(["run", "--quiet", "--manifest-path"])
        .arg(directory.join("Cargo.toml"))
        .arg("--")
        .arg(packets)
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", directory.join("target"))
        .status()
        .map_err(|e| format!("cannot start {program}: {e}"))?;
    if status.success() { Ok(()) } else { Err("the generated crate does not compile, or its program fails".to_owned()) }
}

fn write(path: PathBuf, text: &str) -> Result<(), String> {
    fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))
}

fn manifest(runtime: &Path) -> String {
    let runtime = runtime.display().to_string();
    format!(
        "[workspace]

[package]
name = \"emitted\"
edition = \"2024\"

[lib]
path = \"emitted/lib.rs\"

[[bin]]
name = \"program\"
path = \"program.rs\"

[dependencies]
plesk-wire = {{ path = {runtime:?} }}

# Built once and run once.
[profile.dev]
debug = false
"
    )
}
