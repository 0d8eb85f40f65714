//! Skipped tests, as `cargo test` and `cargo xtask ci` see them.

use std::env;
use std::process::{Command, Output};

use plesk_test_support::Tool;

/// Runs the test `skip_of_missing_tool` in a process of its own, with this value of the variable.
fn run_skipped_test(required: &str) -> Output {
    Command::new(env::current_exe().expect("this program"))
        .args(["skip_of_missing_tool", "--exact", "--ignored"])
        .env(Tool::Xmllint.variable(), required)
        .output()
        .expect("the test starts")
}

#[test]
fn skip_of_optional_tool_passes_and_is_reported() {
    for required in ["", "0"] {
        let output = run_skipped_test(required);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        assert_eq!(stderr.matches("SKIPPED: xmllint is not installed").count(), 1, "{stderr}");
    }
}

#[test]
fn skip_of_required_tool_fails_with_advice() {
    let output = run_skipped_test("1");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(stdout.contains("PLESK_REQUIRE_XMLLINT is set") && stdout.contains("libxml2-utils"), "{stdout}");
}

#[test]
#[ignore = "the other tests run it in a process of its own"]
fn skip_of_missing_tool() {
    Tool::Xmllint.skip();
    Tool::Xmllint.skip();
}
