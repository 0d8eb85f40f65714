//! `cargo xtask regenerate`: the program, its output and its exit status.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the schemas, and a directory for the generated files.
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
fn regenerate_gives_the_committed_files() {
    let check =
        Command::new(env!("CARGO_BIN_EXE_xtask")).args(["regenerate", "--check"]).output().expect("xtask starts");
    assert_eq!(check.status.code(), Some(0), "{}{}", stdout(&check), String::from_utf8_lossy(&check.stderr));
}

/// Removes the examples from documentation.
fn without_examples(source: &str) -> String {
    let mut in_example = false;
    let kept = source.split_inclusive('\n').filter(|line| {
        let is_fence = line.trim_end() == "/// ```";
        in_example ^= is_fence;
        !in_example && !is_fence
    });
    kept.collect::<String>().replace("///\n#[cfg", "#[cfg")
}

/// Examples need the crate `plesk`, on which a crate elsewhere does not depend.
#[test]
fn regenerate_into_other_directory_gives_the_committed_files_without_examples() {
    let scratch = Scratch::new("committed");
    assert!(scratch.regenerate(&[]).status.success());
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src"));
    let mut emitted = files(&scratch.out());
    // The manifest of the committed crate is hand-written.
    emitted.retain(|(path, _)| !path.ends_with("Cargo.toml"));
    assert_eq!(committed.len(), emitted.len());
    for ((path, committed), (_, emitted)) in committed.iter().zip(&emitted) {
        let [committed, emitted] = [committed, emitted].map(|bytes| std::str::from_utf8(bytes).expect("UTF-8"));
        assert!(!emitted.contains("/// ```"), "{}", path.display());
        assert!(without_examples(committed) == emitted, "{} differs", path.display());
    }
}

#[test]
fn regenerate_into_other_directory_writes_and_keeps_a_manifest() {
    let scratch = Scratch::new("crate");
    assert!(scratch.regenerate(&[]).status.success());
    let manifest = scratch.out().join("Cargo.toml");
    let read = |path: &Path| fs::read_to_string(path).expect("a manifest");
    let written = read(&manifest);
    let table: toml::Table = written.parse().expect("a manifest in TOML");
    assert_eq!(table["lib"]["path"].as_str(), Some("lib.rs"));
    let runtime = table["dependencies"]["plesk-wire"]["path"].as_str().expect("the runtime's path");
    assert!(Path::new(runtime).join("Cargo.toml").is_file(), "{runtime}");
    let own: toml::Table =
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/Cargo.toml")).parse().unwrap();
    assert_eq!(table["features"], own["features"]);
    // Our manifest is kept up to date, but a hand-written one is not touched.
    fs::write(&manifest, written.replace("session = [\"_any\"]", "gone = []")).expect("an old manifest");
    let check = scratch.regenerate(&["--check"]);
    assert_eq!((check.status.code(), stdout(&check).contains("Cargo.toml")), (Some(1), true));
    assert!(scratch.regenerate(&[]).status.success());
    assert_eq!(read(&manifest), written);
    fs::write(&manifest, "[package]\n").expect("a hand-written manifest");
    assert!(scratch.regenerate(&[]).status.success());
    assert_eq!(read(&manifest), "[package]\n");
    // The same with a manifest in the parent directory.
    fs::rename(&manifest, scratch.root.join("Cargo.toml")).expect("a manifest in the parent directory");
    assert!(scratch.regenerate(&[]).status.success());
    assert!(!manifest.exists());
}

#[test]
fn second_regenerate_writes_nothing_and_gives_the_same_bytes() {
    let scratch = Scratch::new("twice");
    assert!(scratch.regenerate(&[]).status.success());
    let first = files(&scratch.out());
    let second_run = stdout(&scratch.regenerate(&[]));
    assert!(second_run.contains(&format!("{} files unchanged", first.len())), "{second_run}");
    assert!(!second_run.contains("written:"), "{second_run}");
    assert!(first == files(&scratch.out()));
}

#[test]
fn check_of_up_to_date_files_passes() {
    let scratch = Scratch::new("clean");
    scratch.regenerate(&[]);
    let check = scratch.regenerate(&["--check"]);
    assert_eq!(check.status.code(), Some(0), "{}", stdout(&check));
}

#[test]
fn check_after_schema_edit_names_the_generated_file() {
    let scratch = Scratch::new("occurrence");
    scratch.regenerate(&[]);
    let before = files(&scratch.out());
    scratch.edit(
        "schemas/plesk_client.xsd",
        r#"name="pname" type="string""#,
        r#"name="pname" type="string" minOccurs="0""#,
    );
    let check = scratch.regenerate(&["--check"]);
    assert_eq!(check.status.code(), Some(1));
    let report = stdout(&check);
    assert!(report.contains("out of date") && report.contains("customer.rs"), "{report}");
    assert!(!report.contains("session.rs"), "{report}");
    assert!(before == files(&scratch.out()), "--check wrote something");
}

#[test]
fn check_after_edit_of_generated_file_names_it() {
    let scratch = Scratch::new("edited");
    scratch.regenerate(&[]);
    scratch.edit("out/session.rs", "pub struct Terminate", "pub struct Finish");
    let check = scratch.regenerate(&["--check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(stdout(&check).contains("session.rs"), "{}", stdout(&check));
    assert!(scratch.regenerate(&[]).status.success());
    assert_eq!(scratch.regenerate(&["--check"]).status.code(), Some(0));
}

#[test]
fn regenerate_removes_obsolete_generated_files_only() {
    let scratch = Scratch::new("orphans");
    scratch.regenerate(&[]);
    let (orphan, own) = (scratch.out().join("gone.rs"), scratch.out().join("own.rs"));
    fs::write(&orphan, "// @generated by cargo xtask regenerate from schemas/1.0/x.xsd; do not edit.\n")
        .expect("an orphan");
    fs::write(&own, "// written by a person\n").expect("a hand-written file");
    let report = stdout(&scratch.regenerate(&[]));
    assert!(report.contains("removed") && report.contains("gone.rs"), "{report}");
    assert!(!orphan.exists() && own.exists());
}

#[test]
fn regenerate_of_invalid_schema_names_it_and_writes_nothing() {
    let scratch = Scratch::new("bad");
    scratch.edit("schemas/session.xsd", r#"type="SessionTerminateInput""#, r#"type="NoSuchType""#);
    let output = scratch.regenerate(&[]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(stderr.contains("session.xsd") && stderr.contains("NoSuchType"), "{stderr}");
    assert!(!scratch.out().exists());
}

/// Files of others, or of another version, must not become the crate of the current protocol by accident.
#[test]
fn regenerate_elsewhere_needs_protocol_and_directory() {
    let scratch = Scratch::new("elsewhere");
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().expect("the xtask program starts");
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let schemas = scratch.root.join("schemas").display().to_string();
    assert!(run(&["regenerate", "--schemas", &schemas]).contains("--protocol <V>"));
    assert!(run(&["regenerate", "--schemas", &schemas, "--protocol", "1.6.9.1"]).contains("--out <DIR>"));
    assert!(run(&["regenerate", "--protocol", "abc"]).contains("expected numbers and dots, such as 1.6.9.1"));
    assert!(run(&["regenerate", "--protocol", "1.6.6.0"]).contains("pass another directory as `--out`"));
    assert!(run(&["outline", "--schemas", &schemas]).contains("pass the version as `--protocol`"));
    assert!(run(&["outline", "--protocol", "abc"]).contains("expected numbers and dots"));
    for task in [&["diff", &schemas, &schemas][..], &["outline"], &["bump", &schemas, "--protocol", "99.1"]] {
        let layer = run(&[task, &["--layer", "gone"]].concat());
        assert!(
            layer.contains("there is no layer gone; `LAYERS` in codegen/src/plesk/mod.rs has 1.6.6.0, "),
            "{layer}"
        );
    }
}
