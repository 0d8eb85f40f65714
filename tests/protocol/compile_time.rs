//! What the compiler refuses. Each case in `compile/fail` has a twin in `compile/pass` that differs in
//! one line and compiles, so that the case fails for the reason that it is about. The second line of a
//! case tells the error's code and what its message must say.
//!
//! The cases are compiled against the `plesk` that the tests run with: a few seconds in all. The crate
//! `trybuild` would build it and all that it needs a second time (3 minutes and 2 GB from scratch), and
//! compares every word of the compiler, which differ from version to version.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol/compile").join(name)
}

fn cases(name: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder(name)).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// Checks the case without making a program of it.
fn compile(case: &Path) -> Output {
    // Where this test lies, its dependencies lie. Cargo has just brought the `plesk` of this test up
    // to date, so the newest one is of the present source, whatever its features.
    let test = env::current_exe().unwrap();
    let folder = test.parent().unwrap();
    let plesk = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with("libplesk-") && name.ends_with(".rlib")
        })
        .max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap())
        .unwrap_or_else(|| panic!("no plesk in {}", folder.display()));
    let name = case.file_stem().unwrap().to_str().unwrap();
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition=2024", "--emit=metadata", "--color=never", "--crate-name", name])
        .arg("--out-dir")
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .arg("-L")
        .arg(format!("dependency={}", folder.display()))
        .arg("--extern")
        .arg(format!("plesk={}", plesk.display()))
        .arg(case)
        .output()
        .expect("a compiler")
}

#[test]
fn each_case_differs_from_its_twin_in_one_line() {
    assert_eq!(cases("fail"), cases("pass"));
    for case in cases("fail") {
        let [fail, pass] = ["fail", "pass"].map(|name| fs::read_to_string(folder(name).join(&case)).unwrap());
        let code =
            |text: &str| text.lines().filter(|line| !line.starts_with("//!")).map(str::to_owned).collect::<Vec<_>>();
        let (fail, pass) = (code(&fail), code(&pass));
        assert_eq!(fail.len(), pass.len(), "{case}");
        assert_eq!(fail.iter().zip(&pass).filter(|(fail, pass)| fail != pass).count(), 1, "{case}");
    }
}

#[test]
fn each_case_is_refused_for_its_reason() {
    for case in cases("fail") {
        let path = folder("fail").join(&case);
        let text = fs::read_to_string(&path).unwrap();
        let reason = text.lines().nth(1).and_then(|line| line.strip_prefix("//! ")).expect("a reason");
        let (code, message) = reason.split_once(": ").expect("a code and a message");

        let output = compile(&path);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{case} compiles");
        assert_eq!(
            said.matches("\nerror").count() + usize::from(said.starts_with("error")),
            2,
            "one error in {case}: {said}"
        );
        assert!(said.contains(&format!("error[{code}]")), "{case}: {said}");
        assert!(said.contains(message), "{case}: {said}");
    }
}

#[test]
fn each_twin_compiles() {
    for case in cases("pass") {
        let output = compile(&folder("pass").join(&case));
        assert!(output.status.success(), "{case}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
