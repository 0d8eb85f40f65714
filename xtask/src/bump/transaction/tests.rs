//! Bumps that are stopped at every step: by an error, or by the end of the process.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// The environment variables for the process that aborts.
const ROOT: &str = "PLESK_TEST_BUMP_ROOT";
const STEP: &str = "PLESK_TEST_BUMP_STEP";

/// A workspace with prepared new files, removed when the value is dropped.
struct Workspace(PathBuf);

impl Workspace {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("plesk-xtask-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().join(name);
        for (path, text) in [
            ("one.txt", "one"),
            ("in/two.txt", "two"),
            ("in/gone.txt", "gone"),
            ("in/kept.txt", "kept"),
            (".bump/new/one.txt", "ONE"),
            (".bump/new/in/two.txt", "TWO"),
            (".bump/new/far/in/three.txt", "THREE"),
        ] {
            let path = root.join(path);
            create_parent(&path).expect("a directory");
            fs::write(path, text).expect("a file");
        }
        Self(root)
    }

    /// Returns the contents of all files by path.
    fn files(&self) -> BTreeMap<PathBuf, String> {
        let (mut files, mut queue) = (BTreeMap::new(), vec![self.0.clone()]);
        while let Some(directory) = queue.pop() {
            for entry in fs::read_dir(directory).expect("a directory") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => queue.push(path),
                    false => drop(files.insert(path.clone(), fs::read_to_string(path).expect("a text"))),
                }
            }
        }
        files
    }

    #[track_caller]
    fn assert_unchanged(&self) {
        let names = |path: &PathBuf| path.strip_prefix(&self.0).expect("within").to_string_lossy().into_owned();
        let files: Vec<(String, String)> = self.files().into_iter().map(|(path, text)| (names(&path), text)).collect();
        let expected = [("in/gone.txt", "gone"), ("in/kept.txt", "kept"), ("in/two.txt", "two"), ("one.txt", "one")];
        assert_eq!(files, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
        assert!(!self.0.join("far").exists(), "an empty directory remains");
        assert!(!self.0.join(STAGING).exists(), "the staging directory remains");
    }

    /// Runs `apply` in a process that aborts at this step.
    fn apply_and_abort_at(&self, step: usize) {
        let output = Command::new(std::env::current_exe().expect("the tests"))
            .args(["bump::transaction::tests::apply_in_aborting_process", "--exact", "--ignored"])
            .env(ROOT, &self.0)
            .env(STEP, step.to_string())
            .output()
            .expect("the tests start");
        assert!(!output.status.success() && self.0.join(STAGING).join(JOURNAL).exists(), "not aborted: {output:?}");
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn changes() -> Vec<FileChange> {
    let change = |path: &str, is_removal| FileChange { path: path.to_owned(), is_removal };
    let written = ["one.txt", "in/two.txt", "far/in/three.txt"].map(|path| change(path, false));
    written.into_iter().chain([change("in/gone.txt", true)]).collect()
}

/// The number of times that `apply` calls `check`.
fn steps() -> usize {
    changes().len() + 1
}

#[test]
fn apply_makes_all_changes() {
    let workspace = Workspace::new();
    apply(&workspace.0, &changes(), &mut || Ok(())).expect("prepared files");
    clear(&workspace.0);
    let texts: Vec<String> = workspace.files().into_values().collect();
    assert_eq!(texts, ["THREE", "kept", "TWO", "ONE"]);
}

#[test]
fn apply_with_error_at_any_step_changes_nothing() {
    for step in 0..steps() {
        let workspace = Workspace::new();
        let mut remaining = step;
        let mut fail = || {
            remaining = remaining.checked_sub(1).ok_or("injected")?;
            Ok(())
        };
        let message = apply(&workspace.0, &changes(), &mut fail).expect_err("an injected error");
        assert_eq!(message, "injected; nothing was changed", "step {step}");
        workspace.assert_unchanged();
    }
}

#[test]
fn apply_with_missing_new_file_changes_nothing() {
    let workspace = Workspace::new();
    fs::remove_file(workspace.0.join(".bump/new/far/in/three.txt")).expect("a file");
    let message = apply(&workspace.0, &changes(), &mut || Ok(())).expect_err("a missing file");
    assert!(message.starts_with("far/in/three.txt: "), "{message}");
    workspace.assert_unchanged();
}

#[test]
fn roll_back_after_abort_at_any_step_restores_workspace() {
    for step in 0..steps() {
        let workspace = Workspace::new();
        workspace.apply_and_abort_at(step);
        assert_eq!(roll_back(&workspace.0), Ok(changes().len()));
        workspace.assert_unchanged();
    }
}

#[test]
fn roll_back_after_interrupted_roll_back_restores_workspace() {
    let workspace = Workspace::new();
    workspace.apply_and_abort_at(steps() - 1);
    // The first and the third step of a roll-back.
    fs::rename(workspace.0.join(".bump/old/one.txt"), workspace.0.join("one.txt")).expect("an original");
    fs::remove_dir_all(workspace.0.join("far")).expect("a new file");
    assert_eq!(roll_back(&workspace.0), Ok(changes().len()));
    workspace.assert_unchanged();
}

#[test]
#[ignore = "run by other tests in a process of its own"]
fn apply_in_aborting_process() {
    let root = PathBuf::from(std::env::var_os(ROOT).expect("a workspace"));
    let mut remaining: usize = std::env::var(STEP).expect("a step").parse().expect("a number");
    let mut abort = || {
        match remaining.checked_sub(1) {
            Some(less) => remaining = less,
            None => std::process::abort(),
        }
        Ok(())
    };
    apply(&root, &changes(), &mut abort).expect("aborts before it ends");
}
