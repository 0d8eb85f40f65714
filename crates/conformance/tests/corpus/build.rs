//! Emits schemas as the modules of one crate, builds it, and runs its program on documents.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use heck::ToUpperCamelCase;
use plesk_codegen::config::Config;
use plesk_codegen::{Schemas, generate};

/// The part of the program that does not depend on the schemas.
const VERDICT: &str = include_str!("verdict.rs");

/// Schemas to emit as a module.
pub(crate) struct Module<'a> {
    pub(crate) name: &'a str,
    pub(crate) schemas: Schemas<'a>,
    pub(crate) roots: &'a [String],
    /// The root element and the text of each document.
    pub(crate) documents: Vec<(&'a str, &'a str)>,
}

/// The verdict of the emitted code on a document.
pub(crate) struct OurVerdict {
    pub(crate) is_valid: bool,
    /// Why it is not valid.
    pub(crate) message: String,
    /// The document as it is written back, if it is valid.
    pub(crate) written: Option<String>,
}

/// Returns the verdicts on all documents of each module.
pub(crate) fn verdicts(modules: &[Module<'_>], config: &Config) -> Vec<Vec<OurVerdict>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let directory = workspace.join("target/conformance/corpus");
    for old in ["src", "documents"] {
        let _ = fs::remove_dir_all(directory.join(old));
    }
    let source = directory.join("src");
    let mut program = "#![allow(dead_code, unreachable_pub)]\nmod verdict;\n".to_owned();
    let mut calls = String::new();
    for Module { name, schemas, roots, documents } in modules {
        let config = Config { root: Some(format!("crate::{name}").leak()), ..config.clone() };
        generate(schemas, &config, &source.join(name), false).unwrap_or_else(|error| panic!("{name}: {error}"));
        writeln!(program, "#[rustfmt::skip]\n#[path = \"{name}/lib.rs\"]\nmod {name};").expect("a text");
        for root in *roots {
            let ty = root.to_upper_camel_case();
            writeln!(calls, "    verdict::check::<{name}::request::{ty}>({name:?}, {root:?});").expect("a text");
        }
        let folder = directory.join("documents").join(name);
        fs::create_dir_all(&folder).expect("a directory");
        for (at, (root, text)) in documents.iter().enumerate() {
            fs::write(folder.join(format!("{at}.{root}.xml")), text).expect("a document");
        }
    }
    write!(program, "fn main() {{\n{calls}}}\n").expect("a text");
    fs::write(source.join("main.rs"), program).expect("a file");
    fs::write(source.join("verdict.rs"), VERDICT).expect("a file");
    let runtime = workspace.join("crates/wire").display().to_string();
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"corpus\"\nedition = \"2024\"\n\n[dependencies]\nplesk-wire = {{ path = {runtime:?} }}\n\n\
         [profile.dev]\ndebug = false\n"
    );
    fs::write(directory.join("Cargo.toml"), manifest).expect("a file");
    // So that the dependencies of the runtime crate have the same versions as in the workspace.
    fs::copy(workspace.join("Cargo.lock"), directory.join("Cargo.lock")).expect("a file");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet"])
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", directory.join("target"))
        .current_dir(&directory)
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    modules
        .iter()
        .map(|Module { name, documents, .. }| {
            let verdict = |(at, (root, _)): (usize, &(&str, &str))| {
                let path = directory.join("documents").join(name).join(format!("{at}.{root}.verdict"));
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                match text.strip_prefix("valid\n") {
                    Some(written) => {
                        OurVerdict { is_valid: true, message: String::new(), written: Some(written.to_owned()) }
                    }
                    None => OurVerdict { is_valid: false, message: text, written: None },
                }
            };
            documents.iter().enumerate().map(verdict).collect()
        })
        .collect()
}
