//! What is taken for schema files, and what is not.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

/// A file or directory that goes with the value.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("plesk-source-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }

    fn zip(entries: &[(&str, &[u8])]) -> Self {
        let place = Self::new();
        fs::write(&place.0, zipped(entries)).expect("a zip");
        place
    }

    fn directory(entries: &[(&str, &[u8])]) -> Self {
        let place = Self::new();
        for (path, bytes) in entries {
            let path = place.0.join(path);
            fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
            fs::write(path, bytes).expect("a file");
        }
        place
    }

    #[track_caller]
    fn refused(&self, words: &str) {
        let message = Source::read(&self.0).expect_err("refused");
        assert!(message.contains(words), "{message}");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_file(&self.0);
    }
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its content");
    }
    zip.finish().expect("a zip").into_inner()
}

fn names(source: &Source) -> Vec<&str> {
    source.files.keys().map(String::as_str).collect()
}

const FOLDER: &[(&str, &[u8])] = &[
    ("v/common.xsd", b"<c/>"),
    ("v/agent_input.xsd", b"<a/>"),
    ("v/read.me", b"me"),
    ("__MACOSX/v/._common.xsd", b"junk"),
];

#[test]
fn a_folder_in_a_zip_or_directory_is_the_files_in_it() {
    let zip = Source::read(&Place::zip(FOLDER).0).expect("a zip");
    assert_eq!(names(&zip), ["agent_input.xsd", "common.xsd"]);
    assert_eq!(zip.files["common.xsd"], b"<c/>");
    assert_eq!(zip.ignored, ["v/read.me", "__MACOSX/v/._common.xsd"]);
    let directory = Source::read(&Place::directory(&FOLDER[..3]).0).expect("a directory");
    assert_eq!((names(&directory), directory.ignored.as_slice()), (names(&zip), ["read.me".to_owned()].as_slice()));
    let flat = Place::directory(&[("a.xsd", b"a"), ("more/b.xsd", b"b")]);
    let flat = Source::read(&flat.0).expect("a directory");
    assert_eq!((names(&flat), flat.ignored.as_slice()), (vec!["a.xsd"], ["more/".to_owned()].as_slice()));
}

#[test]
fn what_leads_out_of_a_zip_is_refused() {
    for path in ["../a.xsd", "v/../../a.xsd", "/etc/a.xsd", "/a.xsd", "v\\a.xsd"] {
        // The writer makes such paths harmless, so they are put in afterwards.
        let harmless = "x".repeat(path.len() - 4) + ".xsd";
        let bytes = zipped(&[(&harmless, b"a")]);
        let text: Vec<u8> = replaced(&bytes, harmless.as_bytes(), path.as_bytes());
        let place = Place::new();
        fs::write(&place.0, text).expect("a zip");
        place.refused("outside of itself");
    }
}

#[test]
fn a_name_twice_is_refused() {
    let bytes = replaced(&zipped(&[("one.xsd", b"1"), ("two.xsd", b"2")]), b"two.xsd", b"one.xsd");
    let place = Place::new();
    fs::write(&place.0, bytes).expect("a zip");
    place.refused("entries of the same name");
    Place::zip(&[("one.xsd", b"1"), ("One.xsd", b"2")]).refused("twice");
}

#[test]
fn files_that_do_not_stand_side_by_side_are_refused() {
    Place::zip(&[("a/one.xsd", b"1"), ("b/two.xsd", b"2")]).refused("side by side");
    Place::zip(&[("one.xsd", b"1"), ("b/two.xsd", b"2")]).refused("side by side");
    Place::zip(&[("a/b/one.xsd", b"1")]).refused("folder of a folder");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let huge = vec![b' '; usize::try_from(FILE).expect("small") + 1];
    let zip = Place::zip(&[("one.xsd", &huge)]);
    assert!(fs::metadata(&zip.0).expect("a zip").len() < 100_000);
    zip.refused("beyond what schemas need");
    let large = &huge[1..];
    let names: Vec<String> = (0..=TOTAL / FILE).map(|at| format!("{at}.xsd")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), large)).collect();
    Place::zip(&many).refused("beyond what schemas need");
}

#[test]
fn what_holds_no_schemas_is_refused() {
    Place::zip(&[("read.me", b"me")]).refused("no .xsd file");
    Place::directory(&[("read.me", b"me")]).refused("no .xsd file");
    let text = Place::new();
    fs::write(&text.0, "no zip").expect("a file");
    text.refused("neither a directory nor a zip");
    let zip = zipped(&[("one.xsd", &[b'1'; 1000])]);
    for damaged in [&zip[..zip.len() - 30], &zip[30..]] {
        fs::write(&text.0, damaged).expect("a file");
        assert!(Source::read(&text.0).is_err());
    }
}

#[test]
fn the_second_line_names_the_version_where_it_names_one() {
    let with = |second: &str| format!("<?xml?>\n{second}\n<!-- Plesk XML API 1: -->\n").into_bytes();
    let mut source = Source::default();
    for (name, second) in
        [("a", "<!-- Plesk XML API 1.6.9.1: sessions. -->"), ("b", "<!-- Of somebody. -->"), ("c", "")]
    {
        source.files.insert(name.to_owned(), with(second));
    }
    source.files.insert("d".to_owned(), b"<one-line/>".to_vec());
    source.name_version("2.0");
    let expected = ["<!-- Plesk XML API 2.0: sessions. -->", "<!-- Of somebody. -->", ""].map(with);
    assert_eq!(source.files.values().take(3).cloned().collect::<Vec<_>>(), expected);
    assert_eq!(source.files["d"], b"<one-line/>");
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}
