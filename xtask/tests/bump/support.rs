//! A copy of the workspace, and a fictitious protocol version to bump it to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The version of the schemas of [`Workspace::next`].
pub(crate) const NEXT: &str = "99.1";

/// The changes of the next version: the file, the old text and the new one.
///
/// They add an operation (the first two), an optional element and a value of an enumeration, and remove an element.
const CHANGES: &[(&str, &str, &str)] = &[
    (
        "session.xsd",
        r#"<xs:element name="terminate" type="SessionTerminateInput">"#,
        r#"<xs:element name="extend" type="SessionTerminateInput"/><xs:element name="terminate" type="SessionTerminateInput">"#,
    ),
    (
        "session.xsd",
        r#"<xs:element name="terminate" type="SessionTerminateOutput"/>"#,
        r#"<xs:element name="extend" type="SessionTerminateOutput"/><xs:element name="terminate" type="SessionTerminateOutput"/>"#,
    ),
    (
        "session.xsd",
        r#"<xs:element name="login-time""#,
        r#"<xs:element name="browser" type="string" minOccurs="0"/><xs:element name="login-time""#,
    ),
    (
        "session.xsd",
        r#"<xs:enumeration value="client"/>"#,
        r#"<xs:enumeration value="client"/><xs:enumeration value="robot"/>"#,
    ),
    (
        "session.xsd",
        r#"<xs:element name="idle" type="xs:dateTime">"#,
        r#"<xs:element name="idle" type="xs:dateTime" maxOccurs="0" minOccurs="0">"#,
    ),
];
/// The number of changes that add the operation.
const OPERATION_CHANGES: usize = 2;

/// A copy of all files that are tracked by git or not ignored.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
}

impl Workspace {
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bump").join(name);
        let _ = fs::remove_dir_all(&root);
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&own)
            .output()
            .expect("git is installed");
        assert!(listed.status.success(), "the tests need a clone of the repository: {listed:?}");
        for name in String::from_utf8(listed.stdout).expect("Unicode").split_terminator('\0') {
            let (from, to) = (own.join(name), root.join(name));
            // A tracked file may be removed in the working tree.
            if from.is_file() {
                fs::create_dir_all(to.parent().expect("a directory")).expect("a directory");
                fs::copy(from, to).expect("a copy");
            }
        }
        Self { root }
    }

    /// Writes the current schema files into a directory next to the copy.
    pub(crate) fn current_schemas(&self) -> PathBuf {
        let directory = self.root.with_extension("schemas");
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).expect("a directory");
        for entry in fs::read_dir(self.root.join("schemas").join(self.current())).expect("the schemas") {
            let entry = entry.expect("an entry");
            fs::copy(entry.path(), directory.join(entry.file_name())).expect("a copy");
        }
        directory
    }

    /// Writes the schema files of the next version into a directory next to the copy, with or without the new operation.
    pub(crate) fn next(&self, with_operation: bool) -> PathBuf {
        let directory = self.current_schemas();
        for (file, from, to) in &CHANGES[if with_operation { 0 } else { OPERATION_CHANGES }..] {
            edit(&directory.join(file), from, to);
        }
        directory
    }

    /// Runs this build of xtask on the copy.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the xtask program starts")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).arg("--root").arg(&self.root);
        command
    }

    pub(crate) fn bump(&self, schemas: &Path, more: &[&str]) -> Output {
        let schemas = schemas.to_str().expect("Unicode");
        self.xtask(&[&["bump", schemas, "--protocol", NEXT], more].concat())
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub(crate) fn current(&self) -> String {
        let manifest: toml::Table = self.read("schemas/manifest.toml").parse().expect("a manifest in TOML");
        manifest["current"].as_str().expect("the current protocol").to_owned()
    }

    /// Returns every file with its content, and every directory.
    pub(crate) fn everything(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let (mut found, mut queue) = (BTreeMap::new(), vec![self.root.clone()]);
        while let Some(directory) = queue.pop() {
            for entry in fs::read_dir(directory).expect("a directory") {
                let path = entry.expect("an entry").path();
                let bytes = if path.is_dir() { None } else { Some(fs::read(&path).expect("a file")) };
                if bytes.is_none() {
                    queue.push(path.clone());
                }
                found.insert(path, bytes);
            }
        }
        found
    }
}

/// Replaces the first occurrence of a text in a file. There must be one.
pub(crate) fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("the file to edit");
    assert!(text.contains(from), "{} has no {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).expect("the edited file");
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
