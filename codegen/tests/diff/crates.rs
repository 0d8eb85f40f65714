//! Generated crates, as compilers and cargo-semver-checks see them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use plesk_codegen::config::Config;
use plesk_codegen::diff::SemverBump;
use plesk_codegen::generate;
use plesk_test_support::Library;

use crate::common::Directory;
use crate::harbour::{config, entry_points};

/// The version of cargo-semver-checks that the tests compare with. `cargo xtask ci --full` installs it.
const SEMVER_CHECKS_VERSION: &str = "0.51.0";

/// The runtime of the generated crates.
static RUNTIME: LazyLock<Library> = LazyLock::new(|| Library::check("plesk-wire", &[]));

/// A crate generated from schemas.
pub(crate) struct GeneratedCrate {
    root: PathBuf,
    /// Removed with the crate.
    _schemas: Directory,
}

impl GeneratedCrate {
    /// Generates the crate, with those operations of the configuration that the schemas have.
    pub(crate) fn new(schemas: Directory) -> Self {
        let operations: Vec<_> = {
            let model = plesk_codegen::read(&entry_points(&schemas), &config()).expect("readable schemas").model;
            let has = |operator: &str, operation: &str| {
                model.operations.iter().any(|it| it.operator == operator && it.path.join("/") == operation)
            };
            config().operations.iter().copied().filter(|it| has(it.operator, it.operation)).collect()
        };
        let config = Config { operations, ..config() };
        generate(&entry_points(&schemas), &config, &schemas.out(), false).expect("a crate");
        Self { root: schemas.out(), _schemas: schemas }
    }

    /// Runs rustdoc, and returns the JSON file that it writes.
    pub(crate) fn document(&self) -> PathBuf {
        let output = (RUNTIME.rustdoc())
            .args(["--crate-name", "harbour", "--output-format", "json", "-Z", "unstable-options"])
            .args(["--cap-lints=allow", "--out-dir"])
            .arg(&self.root)
            .arg(self.root.join("lib.rs"))
            // The format is unstable, but cargo-semver-checks knows those of the compilers that it supports.
            .env("RUSTC_BOOTSTRAP", "1")
            .output()
            .expect("rustdoc starts");
        assert_success(&output);
        self.root.join("harbour.json")
    }

    /// Compiles the crate, so that programs can be compiled against it.
    pub(crate) fn compile(&self) {
        let output = (RUNTIME.rustc())
            .args(["--crate-name", "harbour", "--crate-type", "lib", "--emit", "metadata"])
            .args(["--cap-lints=allow", "--out-dir"])
            .arg(&self.root)
            .arg(self.root.join("lib.rs"))
            .output()
            .expect("rustc starts");
        assert_success(&output);
    }

    /// Compiles a program against the crate. Returns the errors of the compiler, if there are any.
    pub(crate) fn compile_error(&self, program: &str) -> Option<String> {
        let path = self.root.join("program.rs");
        fs::write(&path, format!("#![allow(unused)]\nuse harbour::*;\n{program}\n")).expect("a file");
        let library = format!("harbour={}", self.root.join("libharbour.rmeta").display());
        let output = (RUNTIME.rustc())
            .args(["--crate-type", "lib", "--emit", "metadata", "--extern", &library])
            .args(["--cap-lints=allow", "--out-dir"])
            .arg(&self.root)
            .arg(&path)
            .output()
            .expect("rustc starts");
        (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn assert_success(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Returns `true` if cargo-semver-checks is installed in the expected version.
pub(crate) fn has_semver_checks() -> bool {
    let output = Command::new("cargo-semver-checks").args(["semver-checks", "--version"]).output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(SEMVER_CHECKS_VERSION))
}

/// Returns the version bump that cargo-semver-checks requires between two documented crates.
pub(crate) fn required_bump(old: &Path, new: &Path) -> SemverBump {
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "--color", "never", "--release-type", "patch", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("cargo-semver-checks starts");
    let report = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if report.contains("semver requires new major version") {
        SemverBump::Major
    } else if report.contains("semver requires new minor version") {
        SemverBump::Minor
    } else {
        assert!(output.status.success() && report.contains("no semver update required"), "{report}");
        SemverBump::Patch
    }
}
