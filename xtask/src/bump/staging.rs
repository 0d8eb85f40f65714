//! A copy of the files that a bump changes, in which everything is tried first.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::interrupt;
use super::schema_files::SchemaFiles;
use super::transaction::{self, FileChange, NEW, STAGING};
use crate::schema_manifest::{Manifest, Protocol};
use crate::schema_set::SchemaSet;

/// All files and directories that a bump may change, except schemas.
const COPIED: [&str; 7] = [
    "Cargo.toml",
    "CHANGELOG.md",
    "generated/Cargo.toml",
    "generated/COVERAGE.md",
    "generated/src",
    "crates/model/data",
    "crates/model/src/data.rs",
];

/// A copy of the workspace, removed when the value is dropped.
pub(super) struct StagedWorkspace {
    root: PathBuf,
    copy: PathBuf,
    protocol: String,
}

impl StagedWorkspace {
    /// Copies the workspace at `root`, and makes `protocol` with these files and this layer the current one in the copy.
    pub(super) fn new(
        root: &Path,
        manifest: &Manifest,
        protocol: &str,
        layer: Option<&String>,
        files: &SchemaFiles,
    ) -> Result<Self, String> {
        // Files of an interrupted run must not get into this one.
        transaction::clear(root);
        let copy = root.join(STAGING).join(NEW);
        if copy.exists() {
            return Err(format!("cannot remove {}; remove it and try again", root.join(STAGING).display()));
        }
        let workspace = Self { root: root.to_owned(), copy, protocol: protocol.to_owned() };
        for name in COPIED {
            copy_all(&root.join(name), &workspace.copy.join(name))?;
        }
        let mut protocols = manifest.protocol.clone();
        let entry = protocols.get(protocol).or_else(|| protocols.get(&manifest.current));
        let Protocol { request, response, .. } =
            entry.ok_or("schemas/manifest.toml has no entry for the current protocol")?.clone();
        for (direction, name) in [("requests", &request), ("responses", &response)] {
            if !files.files.contains_key(name) {
                return Err(format!(
                    "there is no {name}, the entry point of {direction}; if it has another name, set it in \
                     `[protocol.\"{protocol}\"]` of schemas/manifest.toml"
                ));
            }
        }
        let layer = layer.cloned();
        protocols.insert(protocol.to_owned(), Protocol { request, response, layer, files: Default::default() });
        let manifest = Manifest { current: protocol.to_owned(), protocol: protocols };
        write(&workspace.copy.join("schemas/manifest.toml"), manifest.text().as_bytes())?;
        for (name, bytes) in &files.files {
            write(&workspace.copy.join("schemas").join(protocol).join(name), bytes)?;
        }
        Ok(workspace)
    }

    /// Returns the new schema files in the copy. Their problems are reported at `source`.
    pub(super) fn schema_set(&self, manifest: &Manifest, source: &Path) -> SchemaSet {
        let directory = self.copy.join("schemas").join(&self.protocol);
        SchemaSet::new(manifest, directory, self.protocol.clone()).copied_from(source)
    }

    /// Runs `regenerate` in the copy and prints its summary. Returns its output if there are problems.
    pub(super) fn regenerate(&self) -> Result<Result<(), String>, String> {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let output = Command::new(&program)
            .args(["regenerate", "--root"])
            .arg(&self.copy)
            .output()
            .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
        if output.status.success() {
            let stdout = String::from_utf8_lossy(&output.stdout);
            println!("{}", stdout.lines().next().unwrap_or_default());
            return Ok(Ok(()));
        }
        interrupt::check()?;
        Ok(Err(String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// Edits a file of the copy.
    pub(super) fn edit(&self, name: &str, edit: impl FnOnce(&str) -> String) -> Result<(), String> {
        let path = self.copy.join(name);
        let text = fs::read_to_string(&path).map_err(|e| format!("{name}: {e}"))?;
        write(&path, edit(&text).as_bytes())
    }

    /// Returns the differences between the workspace and the copy.
    pub(super) fn changes(&self) -> Result<Vec<FileChange>, String> {
        let mut names = BTreeSet::new();
        list(&self.copy, "", &mut names)?;
        let mut changes = Vec::new();
        for path in &names {
            let new = fs::read(self.copy.join(path)).map_err(|e| format!("{path}: {e}"))?;
            if fs::read(self.root.join(path)).ok().as_ref() != Some(&new) {
                changes.push(FileChange { path: path.clone(), is_removal: false });
            }
        }
        // A correction may remove files of the current version.
        let schemas = format!("schemas/{}", self.protocol);
        let replaced = self.root.join(&schemas).is_dir().then_some(schemas.as_str());
        for copied in COPIED.into_iter().chain(replaced) {
            let mut originals = BTreeSet::new();
            list(&self.root, copied, &mut originals)?;
            if replaced == Some(copied) {
                originals.retain(|path| path.ends_with(".xsd"));
            }
            let removed = originals.into_iter().filter(|path| !names.contains(path));
            changes.extend(removed.map(|path| FileChange { path, is_removal: true }));
        }
        Ok(changes)
    }

    /// Applies the changes to the workspace, all or none of them. Calls `check` before each and rolls back on its error.
    pub(super) fn apply(
        &self,
        changes: &[FileChange],
        check: &mut dyn FnMut() -> Result<(), String>,
    ) -> Result<(), String> {
        transaction::apply(&self.root, changes, check)
    }
}

impl Drop for StagedWorkspace {
    fn drop(&mut self) {
        transaction::clear(&self.root);
    }
}

/// Copies a file, or a directory with its content.
fn copy_all(from: &Path, to: &Path) -> Result<(), String> {
    let fail = |e: std::io::Error| format!("{}: {e}", from.display());
    if !from.is_dir() {
        fs::create_dir_all(to.parent().unwrap_or(to)).map_err(fail)?;
        return fs::copy(from, to).map(drop).map_err(fail);
    }
    for entry in fs::read_dir(from).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        copy_all(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// Writes a file, and creates its directory.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let parent = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(parent).and_then(|()| fs::write(path, bytes));
    written.map_err(|e| format!("{}: {e}", path.display()))
}

/// Adds the files at `path` under `root`, as relative paths with slashes.
fn list(root: &Path, path: &str, names: &mut BTreeSet<String>) -> Result<(), String> {
    let directory = root.join(path);
    if !directory.is_dir() {
        names.insert(path.to_owned());
        return Ok(());
    }
    let fail = |e: std::io::Error| format!("{}: {e}", directory.display());
    for entry in fs::read_dir(&directory).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        let name = name.to_str().ok_or_else(|| format!("{}: a file name is not Unicode", directory.display()))?;
        let inner = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        list(root, &inner, names)?;
    }
    Ok(())
}
