//! `cargo xtask regenerate` as its users meet it: the program, its output, its exit status.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the schemas, and a directory for what is emitted from them.
struct Scratch {
    root: PathBuf,
    protocol: String,
}

impl Scratch {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        let schemas = root.join("schemas");
        fs::create_dir_all(&schemas).expect("a writable target directory");
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
        let manifest = fs::read_to_string(own.join("manifest.toml")).expect("the manifest");
        let manifest: toml::Table = manifest.parse().expect("a manifest in TOML");
        let protocol = manifest["current"].as_str().expect("the current protocol").to_owned();
        for entry in fs::read_dir(own.join(&protocol)).expect("the project's schemas") {
            let entry = entry.expect("a readable directory");
            fs::copy(entry.path(), schemas.join(entry.file_name())).expect("a copy of the schema");
        }
        Self { root, protocol }
    }

    fn regenerate(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("regenerate")
            .arg("--schemas")
            .arg(self.root.join("schemas"))
            .args(["--protocol", &self.protocol, "--out"])
            .arg(self.out())
            .args(arguments)
            .output()
            .expect("the xtask program starts")
    }

    fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    fn edit(&self, file: impl AsRef<Path>, from: &str, to: &str) {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).expect("the file to edit");
        assert!(text.contains(from), "{} has no {from}", path.display());
        fs::write(path, text.replacen(from, to, 1)).expect("the edited file");
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn files(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(directory)
        .expect("the emitted files")
        .map(|entry| entry.expect("a readable directory").path())
        .map(|path| (path.clone(), fs::read(path).expect("an emitted file")))
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_committed_is_what_the_schemas_give() {
    let place = Scratch::new("committed");
    assert!(place.regenerate(&[]).status.success());
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src"));
    let mut emitted = files(&place.out());
    // The manifest of what is committed is the project's own.
    emitted.retain(|(path, _)| !path.ends_with("Cargo.toml"));
    assert_eq!(committed.len(), emitted.len());
    for ((path, committed), (_, emitted)) in committed.iter().zip(&emitted) {
        assert!(committed == emitted, "{} is not up to date", path.display());
    }
}

#[test]
fn what_is_emitted_elsewhere_is_a_crate() {
    let place = Scratch::new("crate");
    assert!(place.regenerate(&[]).status.success());
    let manifest = place.out().join("Cargo.toml");
    let read = |path: &Path| fs::read_to_string(path).expect("a manifest");
    let written = read(&manifest);
    let table: toml::Table = written.parse().expect("a manifest in TOML");
    assert_eq!(table["lib"]["path"].as_str(), Some("lib.rs"));
    let runtime = table["dependencies"]["plesk-wire"]["path"].as_str().expect("the runtime's path");
    assert!(Path::new(runtime).join("Cargo.toml").is_file(), "{runtime}");
    let own: toml::Table =
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/Cargo.toml")).parse().unwrap();
    assert_eq!(table["features"], own["features"]);
    // What was written here is kept up to date; what somebody has changed is his.
    fs::write(&manifest, written.replace("session = []", "gone = []")).expect("an old manifest");
    let check = place.regenerate(&["--check"]);
    assert_eq!((check.status.code(), stdout(&check).contains("Cargo.toml")), (Some(1), true));
    assert!(place.regenerate(&[]).status.success());
    assert_eq!(read(&manifest), written);
    fs::write(&manifest, "[package]\n").expect("a manifest of somebody's own");
    assert!(place.regenerate(&[]).status.success());
    assert_eq!(read(&manifest), "[package]\n");
    // The same with one in the directory above.
    fs::rename(&manifest, place.root.join("Cargo.toml")).expect("a manifest above");
    assert!(place.regenerate(&[]).status.success());
    assert!(!manifest.exists());
}

#[test]
fn two_runs_give_identical_bytes_and_the_second_writes_nothing() {
    let place = Scratch::new("twice");
    assert!(place.regenerate(&[]).status.success());
    let first = files(&place.out());
    let second_run = stdout(&place.regenerate(&[]));
    assert!(second_run.contains(&format!("{} files as before", first.len())), "{second_run}");
    assert!(!second_run.contains("written:"), "{second_run}");
    assert!(first == files(&place.out()));
}

#[test]
fn check_passes_on_a_clean_tree() {
    let place = Scratch::new("clean");
    place.regenerate(&[]);
    let check = place.regenerate(&["--check"]);
    assert_eq!(check.status.code(), Some(0), "{}", stdout(&check));
}

#[test]
fn check_names_the_file_after_a_changed_occurrence() {
    let place = Scratch::new("occurrence");
    place.regenerate(&[]);
    let before = files(&place.out());
    place.edit(
        "schemas/plesk_client.xsd",
        r#"name="pname" type="string""#,
        r#"name="pname" type="string" minOccurs="0""#,
    );
    let check = place.regenerate(&["--check"]);
    assert_eq!(check.status.code(), Some(1));
    let said = stdout(&check);
    assert!(said.contains("out of date") && said.contains("customer.rs"), "{said}");
    assert!(!said.contains("session.rs"), "{said}");
    assert!(before == files(&place.out()), "--check wrote something");
}

#[test]
fn check_names_the_file_after_an_edit_of_what_was_emitted() {
    let place = Scratch::new("edited");
    place.regenerate(&[]);
    place.edit("out/session.rs", "pub struct Terminate", "pub struct Finish");
    let check = place.regenerate(&["--check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(stdout(&check).contains("session.rs"), "{}", stdout(&check));
    assert!(place.regenerate(&[]).status.success());
    assert_eq!(place.regenerate(&["--check"]).status.code(), Some(0));
}

#[test]
fn what_nothing_emits_any_more_is_removed_and_nothing_else() {
    let place = Scratch::new("orphans");
    place.regenerate(&[]);
    let (orphan, own) = (place.out().join("gone.rs"), place.out().join("own.rs"));
    fs::write(&orphan, "// @generated by cargo xtask regenerate from schemas/1.0/x.xsd; do not edit.\n")
        .expect("an orphan");
    fs::write(&own, "// written by a person\n").expect("a file of somebody's own");
    let said = stdout(&place.regenerate(&[]));
    assert!(said.contains("removed") && said.contains("gone.rs"), "{said}");
    assert!(!orphan.exists() && own.exists());
}

#[test]
fn a_bad_schema_is_named_and_nothing_is_written() {
    let place = Scratch::new("bad");
    place.edit("schemas/session.xsd", r#"type="SessionTerminateInput""#, r#"type="NoSuchType""#);
    let output = place.regenerate(&[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("session.xsd") && said.contains("NoSuchType"), "{said}");
    assert!(!place.out().exists());
}
