//! Generated crates as compilers and cargo-semver-checks see them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use plesk_codegen::config::Config;
use plesk_codegen::diff::Verdict;
use plesk_codegen::generate;

use crate::common::Directory;
use crate::harbour::{config, entries};

/// The version of cargo-semver-checks that the verdicts are held against; `cargo xtask ci --full` installs it.
pub(crate) const TOOL: &str = "0.51.0";

/// A crate generated from schemas.
pub(crate) struct Generated {
    root: PathBuf,
    /// Goes when the crate goes.
    _schemas: Directory,
}

impl Generated {
    /// Generates the crate, with those operations of the configuration that the schemas have.
    pub(crate) fn new(schemas: Directory) -> Self {
        let present: Vec<_> = {
            let model = plesk_codegen::read(&entries(&schemas), &config()).expect("readable schemas").model;
            let has = |operator: &str, operation: &str| {
                model.operations.iter().any(|it| it.operator == operator && it.path.join("/") == operation)
            };
            config().operations.iter().copied().filter(|it| has(it.operator, it.operation)).collect()
        };
        let config = Config { operations: present, ..config() };
        generate(&entries(&schemas), &config, &schemas.out(), false).expect("a crate");
        Self { root: schemas.out(), _schemas: schemas }
    }

    /// Documents the crate for programs.
    pub(crate) fn document(&self) -> PathBuf {
        let output = compiler("RUSTDOC", "rustdoc")
            .args(["--crate-name", "harbour", "--output-format", "json", "-Z", "unstable-options", "--out-dir"])
            .arg(&self.root)
            .arg(self.root.join("lib.rs"))
            // The form is not stable, and cargo-semver-checks knows those of the compilers that it supports.
            .env("RUSTC_BOOTSTRAP", "1")
            .output()
            .expect("rustdoc");
        succeeded(&output);
        self.root.join("harbour.json")
    }

    /// Compiles the crate, so that programs can be compiled against it.
    pub(crate) fn compile(&self) {
        let output = compiler("RUSTC", "rustc")
            .args(["--crate-name", "harbour", "--crate-type", "lib", "--emit", "metadata", "--out-dir"])
            .arg(&self.root)
            .arg(self.root.join("lib.rs"))
            .output()
            .expect("rustc");
        succeeded(&output);
    }

    /// Compiles a program against the crate: nothing, or what the compiler says.
    pub(crate) fn refuses(&self, program: &str) -> Option<String> {
        let path = self.root.join("program.rs");
        fs::write(&path, format!("#![allow(unused)]\nuse harbour::*;\n{program}\n")).expect("a file");
        let library = format!("harbour={}", self.root.join("libharbour.rmeta").display());
        let output = compiler("RUSTC", "rustc")
            .args(["--crate-type", "lib", "--emit", "metadata", "--extern", &library, "--out-dir"])
            .arg(&self.root)
            .arg(&path)
            .output()
            .expect("rustc");
        (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A compiler that finds the runtime crate, which lies where this test lies.
fn compiler(variable: &str, name: &str) -> Command {
    let test = env::current_exe().expect("this program");
    let folder = test.parent().expect("its folder");
    let runtime = fs::read_dir(folder)
        .expect("a readable folder")
        .map(|file| file.expect("a file").path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with("libplesk_wire-") && name.ends_with(".rlib")
        })
        .max_by_key(|path| fs::metadata(path).and_then(|it| it.modified()).expect("a time"))
        .unwrap_or_else(|| panic!("no plesk_wire in {}", folder.display()));
    let mut command = Command::new(env::var_os(variable).unwrap_or_else(|| name.into()));
    command.args(["--edition=2024", "--color=never", "--cap-lints=allow", "-L"]);
    command.arg(format!("dependency={}", folder.display()));
    command.arg("--extern").arg(format!("plesk_wire={}", runtime.display()));
    command
}

/// Whether cargo-semver-checks is there, in the version that is wanted.
pub(crate) fn tool_is_there() -> bool {
    let output = Command::new("cargo-semver-checks").args(["semver-checks", "--version"]).output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(TOOL))
}

/// What cargo-semver-checks asks of the next version, by the documents of two crates.
pub(crate) fn checked(old: &Path, new: &Path) -> Verdict {
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "--color", "never", "--release-type", "patch", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("cargo-semver-checks");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if said.contains("semver requires new major version") {
        Verdict::Major
    } else if said.contains("semver requires new minor version") {
        Verdict::Minor
    } else {
        assert!(output.status.success() && said.contains("no semver update required"), "{said}");
        Verdict::Patch
    }
}
