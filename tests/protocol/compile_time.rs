//! Programs that the compiler must reject.
//!
//! Each case in `compile/fail` has a twin in `compile/pass` that differs in one line and compiles. So the case fails for
//! the reason that it is about. The second line of a case names the error's code and a part of its message.
//!
//! The crate `trybuild` is not used: it builds `plesk` and all dependencies a second time (3 minutes and 2 GB from
//! scratch), and compares every word of the compiler's output, which changes from version to version.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::LazyLock;

use plesk_test_support::Library;

fn directory(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol/compile").join(name)
}

fn cases(name: &str) -> BTreeSet<String> {
    let files = fs::read_dir(directory(name)).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// Compiles a case against `plesk` with both clients, as the tests have it. Nothing is linked.
fn compile(case: &Path) -> Output {
    static PLESK: LazyLock<Library> = LazyLock::new(|| Library::check("plesk", &["blocking"]));
    let name = case.file_stem().unwrap().to_str().unwrap();
    PLESK
        .rustc()
        .args(["--emit=metadata", "--crate-name", name, "--out-dir"])
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .arg(case)
        .output()
        .expect("rustc starts")
}

#[test]
fn each_failing_case_differs_from_its_twin_in_one_line() {
    assert_eq!(cases("fail"), cases("pass"));
    for case in cases("fail") {
        let [fail, pass] = ["fail", "pass"].map(|name| fs::read_to_string(directory(name).join(&case)).unwrap());
        let code =
            |text: &str| text.lines().filter(|line| !line.starts_with("//!")).map(str::to_owned).collect::<Vec<_>>();
        let (fail, pass) = (code(&fail), code(&pass));
        assert_eq!(fail.len(), pass.len(), "{case}");
        assert_eq!(fail.iter().zip(&pass).filter(|(fail, pass)| fail != pass).count(), 1, "{case}");
    }
}

#[test]
fn each_failing_case_is_rejected_for_its_reason() {
    for case in cases("fail") {
        let path = directory("fail").join(&case);
        let text = fs::read_to_string(&path).unwrap();
        let reason = text.lines().nth(1).and_then(|line| line.strip_prefix("//! ")).expect("a reason");
        let (code, message) = reason.split_once(": ").expect("a code and a message");

        let output = compile(&path);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{case} compiles");
        // The second error is the summary of the compiler.
        let errors = stderr.lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, 2, "one error in {case}: {stderr}");
        assert!(stderr.contains(&format!("error[{code}]")), "{case}: {stderr}");
        assert!(stderr.contains(message), "{case}: {stderr}");
    }
}

#[test]
fn each_passing_twin_compiles() {
    for case in cases("pass") {
        let output = compile(&directory("pass").join(&case));
        assert!(output.status.success(), "{case}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
