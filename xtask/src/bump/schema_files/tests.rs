//! Directories and zips that are accepted as schema files, and those that are rejected.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

/// A file or directory, removed when the value is dropped.
struct TempPath(PathBuf);

impl TempPath {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("plesk-source-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }

    fn zip(entries: &[(&str, &[u8])]) -> Self {
        let path = Self::new();
        fs::write(&path.0, zip_bytes(entries)).expect("a zip");
        path
    }

    fn directory(entries: &[(&str, &[u8])]) -> Self {
        let path = Self::new();
        for (name, bytes) in entries {
            let file = path.0.join(name);
            fs::create_dir_all(file.parent().expect("a directory")).expect("a directory");
            fs::write(file, bytes).expect("a file");
        }
        path
    }

    #[track_caller]
    fn assert_rejected(&self, expected: &str) {
        let message = SchemaFiles::read(&self.0).expect_err("rejected");
        assert!(message.contains(expected), "{message}");
    }
}

impl Drop for TempPath {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_file(&self.0);
    }
}

fn zip_bytes(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its content");
    }
    zip.finish().expect("a zip").into_inner()
}

fn names(files: &SchemaFiles) -> Vec<&str> {
    files.files.keys().map(String::as_str).collect()
}

const NESTED: &[(&str, &[u8])] = &[
    ("v/common.xsd", b"<c/>"),
    ("v/agent_input.xsd", b"<a/>"),
    ("v/read.me", b"me"),
    ("__MACOSX/v/._common.xsd", b"junk"),
];

#[test]
fn read_accepts_a_single_directory_in_zip_or_directory() {
    let zip = SchemaFiles::read(&TempPath::zip(NESTED).0).expect("a zip");
    assert_eq!(names(&zip), ["agent_input.xsd", "common.xsd"]);
    assert_eq!(zip.files["common.xsd"], b"<c/>");
    assert_eq!(zip.ignored, ["v/read.me", "__MACOSX/v/._common.xsd"]);
    let directory = SchemaFiles::read(&TempPath::directory(&NESTED[..3]).0).expect("a directory");
    assert_eq!((names(&directory), directory.ignored.as_slice()), (names(&zip), ["read.me".to_owned()].as_slice()));
    let flat = TempPath::directory(&[("a.xsd", b"a"), ("more/b.xsd", b"b")]);
    let flat = SchemaFiles::read(&flat.0).expect("a directory");
    assert_eq!((names(&flat), flat.ignored.as_slice()), (vec!["a.xsd"], ["more/".to_owned()].as_slice()));
}

#[test]
fn read_of_zip_entry_outside_of_root_fails() {
    for name in ["../a.xsd", "v/../../a.xsd", "/etc/a.xsd", "/a.xsd", "v\\a.xsd"] {
        // The writer would correct such a path, so it is patched in afterwards.
        let placeholder = "x".repeat(name.len() - 4) + ".xsd";
        let bytes = zip_bytes(&[(&placeholder, b"a")]);
        let text: Vec<u8> = replaced(&bytes, placeholder.as_bytes(), name.as_bytes());
        let path = TempPath::new();
        fs::write(&path.0, text).expect("a zip");
        path.assert_rejected("outside of its root");
    }
}

#[test]
fn read_of_repeated_name_fails() {
    let bytes = replaced(&zip_bytes(&[("one.xsd", b"1"), ("two.xsd", b"2")]), b"two.xsd", b"one.xsd");
    let path = TempPath::new();
    fs::write(&path.0, bytes).expect("a zip");
    path.assert_rejected("two entries of the same name");
    TempPath::zip(&[("one.xsd", b"1"), ("One.xsd", b"2")]).assert_rejected("twice");
}

#[test]
fn read_of_several_directories_fails() {
    TempPath::zip(&[("a/one.xsd", b"1"), ("b/two.xsd", b"2")]).assert_rejected("in another directory");
    TempPath::zip(&[("one.xsd", b"1"), ("b/two.xsd", b"2")]).assert_rejected("in another directory");
    TempPath::zip(&[("a/b/one.xsd", b"1")]).assert_rejected("nested too deeply");
}

#[test]
fn read_beyond_size_limits_fails() {
    let huge = vec![b' '; usize::try_from(MAX_FILE_SIZE).expect("small") + 1];
    let zip = TempPath::zip(&[("one.xsd", &huge)]);
    assert!(fs::metadata(&zip.0).expect("a zip").len() < 100_000);
    zip.assert_rejected("exceeds a limit");
    let large = &huge[1..];
    let names: Vec<String> = (0..=MAX_TOTAL_SIZE / MAX_FILE_SIZE).map(|at| format!("{at}.xsd")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), large)).collect();
    TempPath::zip(&many).assert_rejected("exceeds a limit");
}

#[test]
fn read_without_schemas_fails() {
    TempPath::zip(&[("read.me", b"me")]).assert_rejected("no .xsd file");
    TempPath::directory(&[("read.me", b"me")]).assert_rejected("no .xsd file");
    let text = TempPath::new();
    fs::write(&text.0, "no zip").expect("a file");
    text.assert_rejected("neither a directory nor a zip");
    let zip = zip_bytes(&[("one.xsd", &[b'1'; 1000])]);
    for damaged in [&zip[..zip.len() - 30], &zip[30..]] {
        fs::write(&text.0, damaged).expect("a file");
        assert!(SchemaFiles::read(&text.0).is_err());
    }
}

#[test]
fn set_version_replaces_the_version_in_the_second_line_only() {
    let file = |second: &str| format!("<?xml?>\n{second}\n<!-- Plesk XML API 1: -->\n").into_bytes();
    let mut files = SchemaFiles::default();
    for (name, second) in
        [("a", "<!-- Plesk XML API 1.6.9.1: sessions. -->"), ("b", "<!-- Of somebody. -->"), ("c", "")]
    {
        files.files.insert(name.to_owned(), file(second));
    }
    files.files.insert("d".to_owned(), b"<one-line/>".to_vec());
    files.set_version("2.0");
    let expected = ["<!-- Plesk XML API 2.0: sessions. -->", "<!-- Of somebody. -->", ""].map(file);
    assert_eq!(files.files.values().take(3).cloned().collect::<Vec<_>>(), expected);
    assert_eq!(files.files["d"], b"<one-line/>");
}

/// Replaces all occurrences of a byte string by another of the same length.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}
