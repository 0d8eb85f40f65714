//! `cargo xtask ci` without the programs that it needs.

use std::process::Command;

#[test]
fn ci_without_xmllint_stops_with_advice() {
    // No program is found in this directory, so `ci` would fail later in any case, but not with this message.
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("ci")
        .env("PATH", env!("CARGO_TARGET_TMPDIR"))
        .output()
        .expect("the xtask program starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.starts_with("error: cannot start xmllint"), "{stderr}");
    assert!(stderr.contains("apt-get install libxml2-utils") && stderr.contains(".ci/run"), "{stderr}");
    assert!(output.stdout.is_empty(), "a check ran: {}", String::from_utf8_lossy(&output.stdout));
}
