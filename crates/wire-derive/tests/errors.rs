//! Programs with mistakes, compiled against `plesk-wire`: the compiler must report each one at its place.
//!
//! A line with a mistake ends with `//~ ` and a part of the message. No other line may have an error. The unit tests have
//! the messages of all mistakes; here are those for which the compiler's own checks matter as well.
//!
//! The crate `trybuild` is not used: it builds the workspace a second time.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use plesk_test_support::Library;

/// Returns the errors of a program: the line and the message of each.
fn compile(program: &Path) -> Vec<(usize, String)> {
    static WIRE: LazyLock<Library> = LazyLock::new(|| Library::check("plesk-wire", &[]));
    let name = program.file_stem().and_then(|name| name.to_str()).expect("a name");
    let output = WIRE
        .rustc()
        .args(["--error-format=short", "--emit=metadata", "--crate-type=lib", "--crate-name", name, "--out-dir"])
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .arg(program)
        .output()
        .expect("rustc starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    let located = |line: &str| {
        let (place, message) = line.split_once(": error")?;
        let (_, line) = place.rsplit_once(':')?.0.rsplit_once(':')?;
        Some((line.parse().ok()?, message.to_owned()))
    };
    stderr.lines().filter_map(located).collect()
}

/// Returns the lines with a mistake, each with the message that it names.
fn mistakes(program: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(program).expect("a program");
    let marked =
        text.lines().zip(1..).filter_map(|(line, number)| Some((number, line.split_once("//~ ")?.1.to_owned())));
    marked.collect()
}

fn programs() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut programs: Vec<_> =
        fs::read_dir(directory).expect("programs").map(|file| file.expect("a file").path()).collect();
    programs.sort();
    programs
}

#[test]
fn each_mistake_is_reported_at_its_place() {
    let mut count = 0;
    for program in programs() {
        let (errors, mistakes) = (compile(&program), mistakes(&program));
        let report = |problem: String| format!("{}: {problem}\n{errors:#?}", program.display());
        for (line, message) in &mistakes {
            let reported = errors.iter().any(|(at, error)| at == line && error.contains(message.as_str()));
            assert!(reported, "{}", report(format!("not reported in line {line}: {message}")));
        }
        // The compiler may have several words for one mistake.
        let unexpected = errors.iter().find(|(at, _)| mistakes.iter().all(|(line, _)| line != at));
        assert!(unexpected.is_none(), "{}", report(format!("unexpected: {unexpected:?}")));
        count += mistakes.len();
    }
    assert!(count > 15, "{count} mistakes");
}
