//! A copy of what a bump changes, in which everything is tried first.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::place::{self, Change, NEW, STAGE};
use super::source::Source;
use crate::manifest::{Location, Manifest, Protocol};

/// What is copied: everything that a bump may change.
const COPIED: [&str; 5] =
    ["Cargo.toml", "CHANGELOG.md", "generated/Cargo.toml", "generated/COVERAGE.md", "generated/src"];

/// The copy, which goes with the value.
pub(super) struct Stage {
    root: PathBuf,
    /// The copy's root.
    copy: PathBuf,
    protocol: String,
}

impl Stage {
    /// A copy of the workspace at `root` in which `protocol` is the current one and has these files.
    pub(super) fn new(root: &Path, manifest: &Manifest, protocol: &str, source: &Source) -> Result<Self, String> {
        // What an earlier run was stopped in must not get into this one.
        place::clear(root);
        let copy = root.join(STAGE).join(NEW);
        if copy.exists() {
            return Err(format!("{} cannot be removed; remove it", root.join(STAGE).display()));
        }
        let stage = Self { root: root.to_owned(), copy, protocol: protocol.to_owned() };
        for name in COPIED {
            copy_all(&root.join(name), &stage.copy.join(name))?;
        }
        let mut protocols = manifest.protocol.clone();
        let entry = protocols.get(protocol).or_else(|| protocols.get(&manifest.current));
        let Protocol { request, response, .. } =
            entry.ok_or("the manifest has no entry of the current protocol")?.clone();
        for (what, name) in [("requests", &request), ("responses", &response)] {
            if !source.files.contains_key(name) {
                return Err(format!(
                    "there is no {name}, the entry point of {what}; `[protocol.\"{protocol}\"]` in schemas/manifest.toml can name another"
                ));
            }
        }
        protocols.insert(protocol.to_owned(), Protocol { request, response, files: Default::default() });
        let manifest = Manifest { current: protocol.to_owned(), protocol: protocols };
        write(&stage.copy.join("schemas/manifest.toml"), manifest.text().as_bytes())?;
        for (name, bytes) in &source.files {
            write(&stage.copy.join("schemas").join(protocol).join(name), bytes)?;
        }
        Ok(stage)
    }

    /// Where the new schema files stand in the copy, which people know as `source`.
    pub(super) fn location(&self, manifest: &Manifest, source: &Path) -> Location {
        let directory = self.copy.join("schemas").join(&self.protocol);
        let mut location = Location::new(manifest, directory, self.protocol.clone());
        location.called = Some(source.to_owned());
        location
    }

    /// Runs `regenerate` in the copy and says what it makes; or else gives all problems, as it shows them.
    pub(super) fn regenerate(&self) -> Result<Result<(), String>, String> {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let done = Command::new(&program)
            .args(["regenerate", "--root"])
            .arg(&self.copy)
            .output()
            .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
        let said = String::from_utf8_lossy(&done.stdout);
        if done.status.success() {
            println!("{}", said.lines().next().unwrap_or_default());
            return Ok(Ok(()));
        }
        super::uninterrupted()?;
        let problems = String::from_utf8_lossy(&done.stderr);
        Ok(Err(problems.into_owned()))
    }

    /// Changes a file of the copy.
    pub(super) fn edit(&self, name: &str, change: impl FnOnce(&str) -> String) -> Result<(), String> {
        let path = self.copy.join(name);
        let text = fs::read_to_string(&path).map_err(|e| format!("{name}: {e}"))?;
        write(&path, change(&text).as_bytes())
    }

    /// What differs between the copy and the workspace.
    pub(super) fn changes(&self) -> Result<Vec<Change>, String> {
        let mut names = BTreeSet::new();
        list(&self.copy, "", &mut names)?;
        let mut changes = Vec::new();
        for path in &names {
            let new = fs::read(self.copy.join(path)).map_err(|e| format!("{path}: {e}"))?;
            if fs::read(self.root.join(path)).ok().as_ref() != Some(&new) {
                changes.push(Change { path: path.clone(), is_removal: false });
            }
        }
        for copied in COPIED {
            let mut before = BTreeSet::new();
            list(&self.root, copied, &mut before)?;
            let gone = before.into_iter().filter(|path| !names.contains(path));
            changes.extend(gone.map(|path| Change { path, is_removal: true }));
        }
        Ok(changes)
    }

    /// Puts the changes into place, all or none of them. `go_on` is asked before each.
    pub(super) fn place(
        &self,
        changes: &[Change],
        go_on: &mut dyn FnMut() -> Result<(), String>,
    ) -> Result<(), String> {
        place::place(&self.root, changes, go_on)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        place::clear(&self.root);
    }
}

/// Copies a file, or a directory with all in it.
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

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let around = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(around).and_then(|()| fs::write(path, bytes));
    written.map_err(|e| format!("{}: {e}", path.display()))
}

/// The files at `path` under `root`, as paths with slashes.
fn list(root: &Path, path: &str, names: &mut BTreeSet<String>) -> Result<(), String> {
    let here = root.join(path);
    if !here.is_dir() {
        names.insert(path.to_owned());
        return Ok(());
    }
    let fail = |e: std::io::Error| format!("{}: {e}", here.display());
    for entry in fs::read_dir(&here).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        let name = name.to_str().ok_or_else(|| format!("{}: a file name is not Unicode", here.display()))?;
        let inside = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        list(root, &inside, names)?;
    }
    Ok(())
}
