//! The instructions that each kernel takes, as callgrind counts them. Unlike times, they hardly depend on the machine and
//! its load, so that a small regression is visible.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::documents::Documents;

/// The share by which a count may grow before it is a regression.
const TOLERANCE: f64 = 0.03;

/// The documents of the kernels: operator, operation and number of results or requests.
const RESPONSES: [(&str, &str, usize); 3] =
    [("customer", "get", 400), ("reseller", "del", 4_000), ("webspace", "get", 20)];
const REQUESTS: [(&str, &str, usize); 1] = [("customer", "add", 800)];

/// The counts of all kernels, and what they depend on.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub struct Counts {
    /// The version of the compiler.
    pub compiler: String,
    /// The instructions of each kernel.
    pub instructions: BTreeMap<String, u64>,
}

impl Counts {
    /// Counts the instructions of every kernel.
    ///
    /// # Errors
    /// If callgrind is not installed, or a kernel fails.
    pub fn measure(documents: &Documents) -> Result<Self, String> {
        let directory = sibling("kernel-documents");
        fs::create_dir_all(&directory).map_err(|error| format!("{}: {error}", directory.display()))?;
        let save = |operator: &str, operation: &str, document: String| {
            let file = directory.join(format!("{operator}-{operation}.xml"));
            fs::write(&file, document).map(|()| file.clone()).map_err(|error| format!("{}: {error}", file.display()))
        };
        let mut instructions = BTreeMap::new();
        for (operator, operation, count) in RESPONSES {
            let file = save(operator, operation, documents.response(operator, operation, count))?;
            for (kernel, task) in [("decode", "decode"), ("check", "check-response")] {
                instructions.insert(format!("{kernel} {operator}/{operation}"), callgrind(task, &file)?);
            }
        }
        for (operator, operation, count) in REQUESTS {
            let file = save(operator, operation, documents.request(operator, operation, count))?;
            for (kernel, task) in
                [("encode", "encode"), ("validate", "validate"), ("packet", "packet"), ("check", "check-request")]
            {
                instructions.insert(format!("{kernel} {operator}/{operation}"), callgrind(task, &file)?);
            }
        }
        Ok(Self { compiler: compiler()?, instructions })
    }

    /// Reads the counts that are committed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn committed() -> Result<Self, String> {
        let file = Self::file();
        let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = fs::read_to_string(&file).map_err(|error| fail(&error))?;
        serde_json::from_str(&text).map_err(|error| fail(&error))
    }

    /// Writes the counts to the file that is committed.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self) -> Result<(), String> {
        let file = Self::file();
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        fs::write(&file, text + "\n").map_err(|error| format!("{}: {error}", file.display()))
    }

    /// Compares the counts with those `before`, and returns a line for each kernel and `true` if none is a regression.
    ///
    /// # Errors
    /// If the counts were made with another compiler, and cannot be compared.
    pub fn compare(&self, before: &Self) -> Result<(Vec<String>, bool), String> {
        if self.compiler != before.compiler {
            return Err(format!(
                "the instruction counts were made with {}, and this is {}: they cannot be compared. Check out the last commit \
                 that passed, run `cargo xtask bench --update-counts`, and commit the counts. Then run this again",
                before.compiler, self.compiler
            ));
        }
        let mut passed = self.instructions.len() == before.instructions.len();
        let mut lines = Vec::new();
        for (kernel, now) in &self.instructions {
            let Some(before) = before.instructions.get(kernel) else {
                passed = false;
                lines.push(format!("{kernel:24} {now:>12} instructions, not counted before"));
                continue;
            };
            let change = *now as f64 / *before as f64 - 1.0;
            let is_regression = change > TOLERANCE;
            passed &= !is_regression;
            let verdict = if is_regression { ": a regression" } else { "" };
            lines.push(format!("{kernel:24} {now:>12} instructions, {:+.1} %{verdict}", change * 100.0));
        }
        Ok((lines, passed))
    }

    fn file() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("instruction-counts.json")
    }
}

/// Returns the path of a file in the directory of this program.
fn sibling(name: &str) -> PathBuf {
    std::env::current_exe().unwrap_or_default().with_file_name(name)
}

/// Returns the version of the compiler.
fn compiler() -> Result<String, String> {
    let output = Command::new("rustc").arg("--version").output().map_err(|error| format!("rustc: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Counts the instructions of a task of the program `kernels`.
fn callgrind(task: &str, document: &Path) -> Result<u64, String> {
    let profile = document.with_extension("callgrind");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no", "--toggle-collect=measured"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(sibling(&format!("kernels{}", std::env::consts::EXE_SUFFIX)))
        .arg(task)
        .arg(document)
        .output()
        .map_err(|error| format!("cannot start valgrind: {error} (Debian and Ubuntu: apt-get install valgrind)"))?;
    if !output.status.success() {
        return Err(format!("the kernel {task} failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let profile = fs::read_to_string(&profile).map_err(|error| format!("{}: {error}", profile.display()))?;
    let totals = profile.lines().find_map(|line| line.strip_prefix("totals: "));
    totals.and_then(|count| count.trim().parse().ok()).ok_or_else(|| "callgrind counted nothing".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(compiler: &str, instructions: &[(&str, u64)]) -> Counts {
        let instructions = instructions.iter().map(|(kernel, count)| ((*kernel).to_owned(), *count)).collect();
        Counts { compiler: compiler.to_owned(), instructions }
    }

    #[test]
    fn compare_finds_regressions_above_the_tolerance() {
        let before = counts("rustc 1", &[("decode", 1000)]);
        for (now, expected) in [(900, true), (1030, true), (1031, false)] {
            let passed = counts("rustc 1", &[("decode", now)]).compare(&before).map(|(_, passed)| passed);
            assert_eq!(passed, Ok(expected), "{now}");
        }
    }

    #[test]
    fn compare_requires_the_same_kernels() {
        let (one, two) = (counts("rustc 1", &[("a", 1)]), counts("rustc 1", &[("a", 1), ("b", 1)]));
        assert_eq!(one.compare(&two).map(|(_, passed)| passed), Ok(false));
        assert_eq!(two.compare(&one).map(|(_, passed)| passed), Ok(false));
    }

    #[test]
    fn compare_refuses_another_compiler() {
        assert!(
            counts("rustc 2", &[])
                .compare(&counts("rustc 1", &[]))
                .is_err_and(|advice| advice.contains("--update-counts"))
        );
    }
}
