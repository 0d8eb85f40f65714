//! Runs `xmllint`, if it is installed.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use plesk_test_support::Tool;

/// Returns the version of libxml2, such as `2.9.14`, or `None` if xmllint is not installed.
///
/// This function alone decides whether anything is compared with libxml2. If not, it says so once.
///
/// # Panics
/// If xmllint is not installed but required, as in `cargo xtask ci`.
pub fn version() -> Option<&'static str> {
    static VERSION: LazyLock<Option<String>> = LazyLock::new(|| {
        let version = find_version();
        if version.is_none() {
            Tool::Xmllint.skip();
        }
        version
    });
    VERSION.as_deref()
}

fn find_version() -> Option<String> {
    let output = match Command::new("xmllint").arg("--version").output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        output => output.expect("xmllint starts"),
    };
    let text = String::from_utf8_lossy(&output.stderr);
    Some(parse_version(&text).unwrap_or_else(|| "of an unknown version".to_owned()))
}

/// Reads `using libxml version 20914`.
fn parse_version(text: &str) -> Option<String> {
    let digits: u32 = text.split("version ").nth(1)?.split_whitespace().next()?.split('-').next()?.parse().ok()?;
    Some(format!("{}.{}.{}", digits / 10_000, digits / 100 % 100, digits % 100))
}

/// Validates files of `directory`, and returns the messages of xmllint, or `None` if it is not installed.
pub(super) fn validate(directory: &Path, schema: &Path, files: &[impl AsRef<OsStr>]) -> Option<String> {
    version()?;
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .args(files)
        .current_dir(directory)
        .stdout(Stdio::null())
        .output()
        .expect("xmllint starts");
    Some(String::from_utf8_lossy(&output.stderr).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_version_splits_digits() {
        assert_eq!(parse_version("xmllint: using libxml version 20914\n").as_deref(), Some("2.9.14"));
        assert_eq!(parse_version("xmllint: using libxml version 21502-GITv2.15.2\n").as_deref(), Some("2.15.2"));
        assert_eq!(parse_version("command not found"), None);
    }
    #[test]
    fn missing_xmllint_fails_tests_if_required() {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["libxml2::", "--skip", "missing_xmllint"])
            .env("PATH", "")
            .env(Tool::Xmllint.variable(), "1")
            .output()
            .unwrap();
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(!output.status.success() && stdout.contains("xmllint is not installed"), "{stdout}");
    }
}
