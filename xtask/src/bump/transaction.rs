//! Replaces many files, all or none of them, whenever the program is stopped.
//!
//! The directory `.bump` of the workspace contains, in this order of creation:
//!
//! - `new`: the new files
//! - `old`: links to the files that they replace
//! - `journal`: a list of the changes, written when both are complete
//!
//! While there is a journal, the changes may be incomplete, and whoever finds one rolls them back. Removing the journal
//! commits the changes.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::workspace::root;

/// The directory for a bump in progress, and its content.
pub(super) const STAGING: &str = ".bump";
pub(super) const NEW: &str = "new";
const OLD: &str = "old";
const JOURNAL: &str = "journal";

/// A file to be removed, or to be replaced by the one with the same path in `new`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileChange {
    /// The path in the workspace, with slashes.
    pub(super) path: String,
    pub(super) is_removal: bool,
}

/// Rolls back an interrupted bump, if there is one, and reports it. Removes what is left of one that changed nothing yet.
///
/// The caller holds the lock, so no bump is in progress.
pub(crate) fn recover() -> Result<(), String> {
    let root = root();
    if root.join(STAGING).join(JOURNAL).exists() {
        let count = roll_back(&root)?;
        println!("an earlier bump was interrupted; its {count} changes were undone");
    }
    clear(&root);
    Ok(())
}

/// Removes the staging directory, unless a roll-back needs it.
pub(super) fn clear(root: &Path) {
    let staging = root.join(STAGING);
    if !staging.join(JOURNAL).exists() {
        // What cannot be removed now does no harm, and the next run removes it.
        let _ = fs::remove_dir_all(staging);
    }
}

/// Applies the changes. Calls `check` before each and at the end. After any failure, undoes all changes.
pub(super) fn apply(
    root: &Path,
    changes: &[FileChange],
    check: &mut dyn FnMut() -> Result<(), String>,
) -> Result<(), String> {
    prepare(root, changes).map_err(|e| format!("{e}; nothing was changed"))?;
    let applied = changes.iter().try_for_each(|change| {
        check()?;
        apply_one(root, change).map_err(|e| format!("{}: {e}", change.path))
    });
    let result = applied.and_then(|()| check());
    let Err(message) = result else {
        let journal = root.join(STAGING).join(JOURNAL);
        return fs::remove_file(&journal).map_err(|e| format!("{}: {e}", journal.display()));
    };
    match roll_back(root) {
        Ok(_) => Err(format!("{message}; nothing was changed")),
        Err(e) => Err(format!(
            "{message}; the changes could not be undone: {e}; remove the cause, then run `cargo xtask regenerate` to undo \
             them"
        )),
    }
}

/// Keeps the originals, then writes the journal.
///
/// Its lines are `= PATH` for a file that exists, and `+ PATH` for a new one.
fn prepare(root: &Path, changes: &[FileChange]) -> Result<(), String> {
    let staging = root.join(STAGING);
    let mut journal = String::new();
    for FileChange { path, .. } in changes {
        let (original, kept) = (root.join(path), staging.join(OLD).join(path));
        let exists = original.exists();
        if exists {
            let link = || fs::hard_link(&original, &kept).or_else(|_| fs::copy(&original, &kept).map(drop));
            create_parent(&kept).and_then(|()| link()).map_err(|e| format!("{path}: {e}"))?;
        }
        journal.push_str(&format!("{} {path}\n", if exists { '=' } else { '+' }));
    }
    // Written elsewhere and renamed, so that a journal is always complete.
    let write = || -> std::io::Result<()> {
        let draft = staging.join("draft");
        let mut file = fs::File::create(&draft)?;
        file.write_all(journal.as_bytes())?;
        file.sync_all()?;
        fs::rename(draft, staging.join(JOURNAL))
    };
    write().map_err(|e| format!("{}: {e}", staging.display()))
}

fn apply_one(root: &Path, change: &FileChange) -> std::io::Result<()> {
    let path = root.join(&change.path);
    if change.is_removal {
        return fs::remove_file(path);
    }
    create_parent(&path)?;
    fs::rename(root.join(STAGING).join(NEW).join(&change.path), path)
}

/// Undoes all changes in the journal, whether they were made or not. Returns their number.
///
/// An interrupted roll-back can be repeated.
fn roll_back(root: &Path) -> Result<usize, String> {
    let staging = root.join(STAGING);
    let journal = staging.join(JOURNAL);
    let text = fs::read_to_string(&journal).map_err(|e| format!("{}: {e}", journal.display()))?;
    for line in text.lines() {
        let fail = |e: std::io::Error| format!("{line}: {e}");
        match line.split_once(' ') {
            Some(("=", path)) => {
                // An earlier roll-back has already moved a missing file.
                let allow_missing = |e: std::io::Error| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) };
                fs::rename(staging.join(OLD).join(path), root.join(path)).or_else(allow_missing).map_err(fail)?;
            }
            Some(("+", path)) => remove(root, path).map_err(fail)?,
            _ => return Err(format!("{}: invalid line {line:?}", journal.display())),
        }
    }
    fs::remove_file(&journal).map_err(|e| format!("{}: {e}", journal.display()))?;
    clear(root);
    Ok(text.lines().count())
}

/// Removes a file, and the directories that are empty then.
fn remove(root: &Path, path: &str) -> std::io::Result<()> {
    let path = root.join(path);
    match fs::remove_file(&path) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let parents = path.ancestors().skip(1).take_while(|directory| *directory != root);
    for directory in parents {
        // This fails if the directory is not empty.
        if fs::remove_dir(directory).is_err() && directory.exists() {
            break;
        }
    }
    Ok(())
}

fn create_parent(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

#[cfg(test)]
mod tests;
