//! The crate that is generated from the schemas, with a program in it that reads packets and writes them back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plesk_codegen::config::Config;
use plesk_codegen::{Schemas, generate};

const PROGRAM: &str = include_str!("program.rs");

/// Generates the crate in `folder`, builds the program and runs it on the packets in `packets`.
///
/// # Errors
/// What cannot be generated, built or run.
pub(super) fn write_back(schemas: &Schemas<'_>, config: &Config, folder: &Path, packets: &Path) -> Result<(), String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = folder.join("emitted");
    // Without features there is nothing to choose from, and nothing is left out.
    generate(schemas, &Config { features: false, ..config.clone() }, &source, false).map_err(|e| e.to_string())?;
    write(folder.join("program.rs"), PROGRAM)?;
    write(folder.join("Cargo.toml"), &manifest(&workspace.join("crates/wire")))?;
    // The versions of what the runtime crate depends on are those of the workspace.
    let lock = fs::read_to_string(workspace.join("Cargo.lock")).map_err(|e| format!("Cargo.lock: {e}"))?;
    write(folder.join("Cargo.lock"), &lock)?;
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(&program)
        .args(["run", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--")
        .arg(packets)
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", folder.join("target"))
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
