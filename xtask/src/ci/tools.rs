//! The programs that tests compare with.
//!
//! A test without its program is skipped, unless an environment variable requires it: see the crate
//! `plesk-test-support`.

use std::process::Command;

use crate::cargo::cargo;

/// Turns tests that are skipped without xmllint into failures.
pub(super) const REQUIRE_XMLLINT: &str = "PLESK_REQUIRE_XMLLINT";
/// Turns tests of the command that are skipped without jq, mandoc or script into failures.
pub(super) const REQUIRE_SHELL_TOOLS: &str = "PLESK_REQUIRE_SHELL_TOOLS";
/// Turns tests that are skipped without cargo-semver-checks into failures.
pub(super) const REQUIRE_SEMVER_CHECKS: &str = "PLESK_REQUIRE_SEMVER_CHECKS";

/// The version of cargo-semver-checks that `codegen/tests/diff` compares with.
const SEMVER_CHECKS_VERSION: &str = "0.51.0";

/// Returns an error with advice if xmllint is not installed.
pub(super) fn require_xmllint() -> Result<(), String> {
    let output = Command::new("xmllint").arg("--version").output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("xmllint does not work: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!(
            "cannot start xmllint, which the tests compare with: {error}\n\
             Install it (Debian and Ubuntu: apt-get install libxml2-utils; Fedora: dnf install libxml2; macOS has it), \
             or run .ci/run, which does so"
        )),
    }
}

/// Returns an error with advice if valgrind is not installed.
pub(super) fn require_valgrind() -> Result<(), String> {
    match Command::new("valgrind").arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("valgrind does not work: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!(
            "cannot start valgrind, which counts instructions: {error}\n\
             Install it (Debian and Ubuntu: apt-get install valgrind; Fedora: dnf install valgrind), or run \
             .ci/run --full, which does so"
        )),
    }
}

/// Installs cargo-semver-checks unless it is there in the right version. Returns `true` if it is there now.
pub(super) fn install_semver_checks() -> Result<bool, String> {
    let output = Command::new("cargo-semver-checks").args(["semver-checks", "--version"]).output();
    if output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(SEMVER_CHECKS_VERSION)) {
        return Ok(true);
    }
    cargo(&["install", "--locked", "--quiet", &format!("cargo-semver-checks@{SEMVER_CHECKS_VERSION}")], &[])
}

#[cfg(test)]
mod tests {
    use plesk_test_support::Tool;

    use super::*;

    #[test]
    fn variables_are_those_that_tests_read() {
        assert_eq!(REQUIRE_XMLLINT, Tool::Xmllint.variable());
        assert_eq!(REQUIRE_SEMVER_CHECKS, Tool::SemverChecks.variable());
        for tool in [Tool::Jq, Tool::Mandoc, Tool::Script] {
            assert_eq!(REQUIRE_SHELL_TOOLS, tool.variable());
        }
    }
}
