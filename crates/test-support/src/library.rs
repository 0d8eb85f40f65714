//! Libraries of the workspace that test programs are compiled against.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A crate of the workspace, checked but not linked, to compile programs against.
///
/// Cargo reports the file, so it is the one with the requested features, whatever else the target directory contains.
#[derive(Clone, Debug)]
pub struct Library {
    name: String,
    metadata: PathBuf,
    /// The directories that contain the crate and its dependencies.
    directories: BTreeSet<PathBuf>,
}

impl Library {
    /// Checks `package` with these features and its default ones. This takes part of a second if it is up to date.
    ///
    /// # Panics
    /// If the package does not compile.
    #[track_caller]
    pub fn check(package: &str, features: &[&str]) -> Self {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["check", "--quiet", "--lib", "--message-format=json", "--package", package])
            .args(["--features", &features.join(",")])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
            .output()
            .expect("cargo starts");
        let Output { status, stdout, stderr } = output;
        assert!(status.success(), "{package} does not compile:\n{}", String::from_utf8_lossy(&stderr));
        let name = package.replace('-', "_");
        let mut metadata = None;
        let mut directories = BTreeSet::new();
        for line in String::from_utf8_lossy(&stdout).lines() {
            let message: Value = serde_json::from_str(line).expect("a message of cargo is JSON");
            if message["reason"] != "compiler-artifact" {
                continue;
            }
            for file in message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let file = Path::new(file);
                directories.extend(file.parent().map(Path::to_owned));
                if message["target"]["name"] == *name && file.extension().is_some_and(|it| it == "rmeta") {
                    metadata = Some(file.to_owned());
                }
            }
        }
        let metadata = metadata.unwrap_or_else(|| panic!("cargo reports no metadata of {package}"));
        Self { name, metadata, directories }
    }

    /// Returns a call of `rustc` whose programs can use the crate.
    pub fn rustc(&self) -> Command {
        self.command("RUSTC", "rustc")
    }

    /// Returns a call of `rustdoc` whose programs can use the crate.
    pub fn rustdoc(&self) -> Command {
        self.command("RUSTDOC", "rustdoc")
    }

    fn command(&self, variable: &str, program: &str) -> Command {
        let mut command = Command::new(env::var_os(variable).unwrap_or_else(|| program.into()));
        command.args(["--edition=2024", "--color=never"]);
        for directory in &self.directories {
            command.arg("-L").arg(format!("dependency={}", directory.display()));
        }
        command.arg("--extern").arg(format!("{}={}", self.name, self.metadata.display()));
        command
    }
}
