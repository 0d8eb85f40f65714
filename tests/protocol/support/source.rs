//! The emitted source, for the question whether a table of the tests is complete.

use std::fs;
use std::path::PathBuf;

/// The emitted modules: name and text.
pub(crate) fn emitted() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("generated/src");
    let mut modules: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    modules.sort();
    assert!(modules.len() > 5, "{} holds the emitted crate", folder.display());
    modules
}

/// Operator and path of every operation that the emitted crate has.
pub(crate) fn emitted_operations() -> Vec<(String, String)> {
    let mut operations = Vec::new();
    for (_, text) in emitted() {
        for implementation in text.split("impl Operation for ").skip(1) {
            operations.push((
                quoted(implementation, "const OPERATOR: &'static str ="),
                quoted(implementation, "const PATH: &'static [&'static str] ="),
            ));
        }
    }
    assert!(operations.len() >= 12, "{operations:?}");
    operations
}

/// The first string literal after `label`.
fn quoted(text: &str, label: &str) -> String {
    let at = text.find(label).unwrap_or_else(|| panic!("no {label:?} in the emitted source"));
    text[at + label.len()..].split('"').nth(1).unwrap().to_owned()
}
