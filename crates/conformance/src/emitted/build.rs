//! The crate, and its program.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use heck::ToUpperCamelCase;
use plesk_codegen::config::Config;
use plesk_codegen::{Schemas, generate};

/// The part of the program that does not depend on the schemas.
const VERDICT: &str = include_str!("verdict.rs");

/// Schemas to emit as a module, and their documents.
#[derive(Debug)]
pub struct Module<'a> {
    /// The name of the module.
    pub name: &'a str,
    /// The schemas.
    pub schemas: Schemas<'a>,
    /// The names of their root elements.
    pub roots: &'a [String],
    /// The root element and the text of each document.
    pub documents: Vec<(&'a str, &'a str)>,
}

/// The verdict of the emitted code on a document.
#[derive(Debug)]
pub struct OurVerdict {
    /// `true` if the document is valid.
    pub is_valid: bool,
    /// Why it is not valid.
    pub message: String,
    /// The document as it is written back, if it is valid.
    pub written: Option<String>,
}

/// Returns the verdicts on all documents of each module. The crate is in `target/conformance/NAME`.
///
/// # Errors
/// If the schemas are rejected, or the crate does not compile without a warning.
pub fn verdicts(name: &str, modules: &[Module<'_>], config: &Config) -> Result<Vec<Vec<OurVerdict>>, String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let directory = workspace.join("target/conformance").join(name);
    for old in ["src", "documents"] {
        // A missing directory is as good.
        let _ = fs::remove_dir_all(directory.join(old));
    }
    let source = directory.join("src");
    let mut program = "#![allow(dead_code, unreachable_pub)]\nmod verdict;\n".to_owned();
    let mut calls = String::new();
    for Module { name, schemas, roots, documents } in modules {
        let config = Config { root: Some(format!("crate::{name}").leak()), ..config.clone() };
        generate(schemas, &config, &source.join(name), false).map_err(|error| format!("{name}: {error}"))?;
        // Writing to a `String` cannot fail.
        let _ = writeln!(program, "#[rustfmt::skip]\n#[path = \"{name}/lib.rs\"]\nmod {name};");
        for root in *roots {
            let ty = root.to_upper_camel_case();
            let _ = writeln!(calls, "    verdict::check::<{name}::request::{ty}>({name:?}, {root:?});");
        }
        let folder = directory.join("documents").join(name);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for (at, (root, text)) in documents.iter().enumerate() {
            write(&folder.join(format!("{at}.{root}.xml")), text)?;
        }
    }
    let _ = write!(program, "fn main() {{\n{calls}}}\n");
    write(&source.join("main.rs"), &program)?;
    write(&source.join("verdict.rs"), VERDICT)?;
    write(&directory.join("Cargo.toml"), &manifest(&workspace.join("crates/wire").display().to_string()))?;
    // So that the dependencies of the runtime crate have the same versions as in the workspace.
    let lock = fs::read_to_string(workspace.join("Cargo.lock")).map_err(|e| format!("Cargo.lock: {e}"))?;
    write(&directory.join("Cargo.lock"), &lock)?;
    run(&directory)?;
    let verdicts = modules.iter().map(|Module { name, documents, .. }| {
        let folder = directory.join("documents").join(name);
        let verdict = |(at, (root, _)): (usize, &(&str, &str))| {
            let path = folder.join(format!("{at}.{root}.verdict"));
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            Ok(match text.strip_prefix("valid\n") {
                Some(written) => {
                    OurVerdict { is_valid: true, message: String::new(), written: Some(written.to_owned()) }
                }
                None => OurVerdict { is_valid: false, message: text, written: None },
            })
        };
        documents.iter().enumerate().map(verdict).collect()
    });
    verdicts.collect()
}

/// Builds and runs the program of the crate.
fn run(directory: &Path) -> Result<(), String> {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(&program)
        .args(["run", "--quiet"])
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", directory.join("target"))
        .current_dir(directory)
        .output()
        .map_err(|e| format!("cannot start {program}: {e}"))?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

fn manifest(runtime: &str) -> String {
    format!(
        "[workspace]

[package]
name = \"small\"
edition = \"2024\"

[dependencies]
plesk-wire = {{ path = {runtime:?} }}

[profile.dev]
debug = false
"
    )
}
