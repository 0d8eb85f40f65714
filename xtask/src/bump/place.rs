//! Puts many files into place, all or none of them, whenever the program is stopped.
//!
//! In `.bump` of the workspace stand the `new` files, then links to the `old` ones that they are to replace, and then, once
//! both are complete, a `journal` of the changes. While there is a journal, the changes are not all in place: whoever
//! finds one rolls them back. Removing it is what makes them final.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::root;

/// The directory of it all, and what stands in it.
pub(super) const STAGE: &str = ".bump";
pub(super) const NEW: &str = "new";
const OLD: &str = "old";
const JOURNAL: &str = "journal";

/// A file that is to be written, from the one of the same path in `new`, or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The path in the workspace, with slashes.
    pub(super) path: String,
    pub(super) is_removal: bool,
}

/// Rolls back what an earlier run left unfinished, and says so.
pub(crate) fn recover() -> Result<(), String> {
    let root = root();
    if root.join(STAGE).join(JOURNAL).exists() {
        let count = roll_back(&root)?;
        println!("a bump was interrupted; its {count} changes were undone");
    }
    Ok(())
}

/// Removes the stage, unless a roll-back still needs it.
pub(super) fn clear(root: &Path) {
    let stage = root.join(STAGE);
    if !stage.join(JOURNAL).exists() {
        // What stays is in nobody's way, and is removed by the next run.
        let _ = fs::remove_dir_all(stage);
    }
}

/// Makes the changes; after a failure, undoes those already made. `go_on` is asked before each.
pub(super) fn place(
    root: &Path,
    changes: &[Change],
    go_on: &mut dyn FnMut() -> Result<(), String>,
) -> Result<(), String> {
    prepare(root, changes).map_err(|e| format!("{e}; nothing was changed"))?;
    let made = changes.iter().try_for_each(|change| {
        go_on()?;
        make(root, change).map_err(|e| format!("{}: {e}", change.path))
    });
    let done = made.and_then(|()| go_on());
    let Err(message) = done else {
        let journal = root.join(STAGE).join(JOURNAL);
        return fs::remove_file(&journal).map_err(|e| format!("{}: {e}", journal.display()));
    };
    match roll_back(root) {
        Ok(_) => Err(format!("{message}; nothing was changed")),
        Err(e) => {
            Err(format!("{message}; and the changes cannot be undone yet: {e}; run `cargo xtask regenerate` then"))
        }
    }
}

/// Keeps the originals, then writes the journal: a line a change, with `=` for a file that is there, `+` for a new one.
fn prepare(root: &Path, changes: &[Change]) -> Result<(), String> {
    let stage = root.join(STAGE);
    let mut journal = String::new();
    for Change { path, .. } in changes {
        let (from, to) = (root.join(path), stage.join(OLD).join(path));
        let is_there = from.exists();
        if is_there {
            let kept =
                create_around(&to).and_then(|()| fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)));
            kept.map_err(|e| format!("{path}: {e}"))?;
        }
        journal.push_str(&format!("{} {path}\n", if is_there { '=' } else { '+' }));
    }
    let written = || -> std::io::Result<()> {
        let (draft, journal_path) = (stage.join("draft"), stage.join(JOURNAL));
        let mut file = fs::File::create(&draft)?;
        file.write_all(journal.as_bytes())?;
        file.sync_all()?;
        fs::rename(draft, journal_path)
    };
    written().map_err(|e| format!("{}: {e}", stage.display()))
}

fn make(root: &Path, change: &Change) -> std::io::Result<()> {
    let path = root.join(&change.path);
    if change.is_removal {
        return fs::remove_file(path);
    }
    create_around(&path)?;
    fs::rename(root.join(STAGE).join(NEW).join(&change.path), path)
}

/// Undoes what the journal lists, made or not; how many changes it lists. It may be stopped and begun again.
fn roll_back(root: &Path) -> Result<usize, String> {
    let stage = root.join(STAGE);
    let journal = stage.join(JOURNAL);
    let text = fs::read_to_string(&journal).map_err(|e| format!("{}: {e}", journal.display()))?;
    for line in text.lines() {
        let fail = |e: std::io::Error| format!("{line}: {e}");
        match line.split_once(' ') {
            Some(("=", path)) => {
                let gone_is_fine = |e: std::io::Error| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) };
                fs::rename(stage.join(OLD).join(path), root.join(path)).or_else(gone_is_fine).map_err(fail)?;
            }
            Some(("+", path)) => remove(root, path).map_err(fail)?,
            _ => return Err(format!("{}: the line {line:?} is not a journal's", journal.display())),
        }
    }
    fs::remove_file(&journal).map_err(|e| format!("{}: {e}", journal.display()))?;
    clear(root);
    Ok(text.lines().count())
}

/// Removes a file, and the directories that it alone was in.
fn remove(root: &Path, path: &str) -> std::io::Result<()> {
    let path = root.join(path);
    match fs::remove_file(&path) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let above = path.ancestors().skip(1).take_while(|directory| *directory != root);
    for directory in above {
        // It is kept if it holds something else.
        if fs::remove_dir(directory).is_err() && directory.exists() {
            break;
        }
    }
    Ok(())
}

fn create_around(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

#[cfg(test)]
mod tests;
