//! The examples in the documentation: users see them in `plesk`, so they import from `plesk`.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the source files in a folder of the repository and in its subfolders.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => sources(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// Returns the lines of code in documentation that a reader sees, which excludes those that begin with `#`.
fn shown_lines(source: &str) -> Vec<&str> {
    let mut in_example = false;
    let mut shown = Vec::new();
    for line in source.lines() {
        let Some(doc) = ["///", "//!"].iter().find_map(|mark| line.trim_start().strip_prefix(mark)) else {
            in_example = false;
            continue;
        };
        let doc = doc.trim_start();
        if doc.starts_with("```") {
            in_example = !in_example;
        } else if in_example && !doc.starts_with("# ") {
            shown.push(doc);
        }
    }
    shown
}

#[test]
fn examples_show_only_paths_of_plesk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut examples = 0;
    let folders = ["src", "generated/src", "crates/wire/src/packet", "crates/wire/src/xml"];
    for path in folders.iter().flat_map(|folder| sources(&root.join(folder))) {
        let source = fs::read_to_string(&path).expect("a source file");
        for line in shown_lines(&source) {
            examples += usize::from(line.starts_with("use plesk::"));
            let hidden = ["plesk_wire::", "plesk_protocol::"].iter().find(|name| line.contains(**name));
            assert_eq!(hidden, None, "{}: {line}", path.display());
        }
    }
    assert!(examples > 80, "{examples}");
}
