//! Stopped at every step: by an error, and by the death of the program.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// What a program that is to die is told.
const ROOT: &str = "PLESK_TEST_BUMP_ROOT";
const STEP: &str = "PLESK_TEST_BUMP_STEP";

/// A workspace with a stage in which all is ready; it goes with the value.
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
            create_around(&path).expect("a directory");
            fs::write(path, text).expect("a file");
        }
        Self(root)
    }

    /// All files, by path.
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
    fn is_as_before(&self) {
        let names = |path: &PathBuf| path.strip_prefix(&self.0).expect("within").to_string_lossy().into_owned();
        let files: Vec<(String, String)> = self.files().into_iter().map(|(path, text)| (names(&path), text)).collect();
        let expected = [("in/gone.txt", "gone"), ("in/kept.txt", "kept"), ("in/two.txt", "two"), ("one.txt", "one")];
        assert_eq!(files, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
        assert!(!self.0.join("far").exists(), "an empty directory is left");
        assert!(!self.0.join(STAGE).exists(), "the stage is left");
    }

    /// Starts this program again, to die at a step.
    fn dies_at(&self, step: usize) {
        let died = Command::new(std::env::current_exe().expect("the tests"))
            .args(["bump::place::tests::dies_at_a_step", "--exact", "--ignored"])
            .env(ROOT, &self.0)
            .env(STEP, step.to_string())
            .output()
            .expect("the tests start");
        assert!(!died.status.success() && self.0.join(STAGE).join(JOURNAL).exists(), "it lives: {died:?}");
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn changes() -> Vec<Change> {
    let change = |path: &str, is_removal| Change { path: path.to_owned(), is_removal };
    let written = ["one.txt", "in/two.txt", "far/in/three.txt"].map(|path| change(path, false));
    written.into_iter().chain([change("in/gone.txt", true)]).collect()
}

/// How often it is asked whether to go on.
fn steps() -> usize {
    changes().len() + 1
}

#[test]
fn all_changes_are_made() {
    let workspace = Workspace::new();
    place(&workspace.0, &changes(), &mut || Ok(())).expect("all is ready");
    clear(&workspace.0);
    let texts: Vec<String> = workspace.files().into_values().collect();
    assert_eq!(texts, ["THREE", "kept", "TWO", "ONE"]);
}

#[test]
fn after_an_error_at_any_step_all_is_as_before() {
    for step in 0..steps() {
        let workspace = Workspace::new();
        let mut left = step;
        let mut fail = || {
            left = left.checked_sub(1).ok_or("injected")?;
            Ok(())
        };
        let message = place(&workspace.0, &changes(), &mut fail).expect_err("it fails at a step");
        assert_eq!(message, "injected; nothing was changed", "step {step}");
        workspace.is_as_before();
    }
}

#[test]
fn after_a_file_that_cannot_be_placed_all_is_as_before() {
    let workspace = Workspace::new();
    fs::remove_file(workspace.0.join(".bump/new/far/in/three.txt")).expect("a file");
    let message = place(&workspace.0, &changes(), &mut || Ok(())).expect_err("a file is missing");
    assert!(message.starts_with("far/in/three.txt: "), "{message}");
    workspace.is_as_before();
}

#[test]
fn after_the_death_of_the_program_at_any_step_all_is_rolled_back() {
    for step in 0..steps() {
        let workspace = Workspace::new();
        workspace.dies_at(step);
        assert_eq!(roll_back(&workspace.0), Ok(changes().len()));
        workspace.is_as_before();
    }
}

#[test]
fn a_roll_back_that_was_stopped_is_begun_again() {
    let workspace = Workspace::new();
    workspace.dies_at(steps() - 1);
    // What it does first, and third.
    fs::rename(workspace.0.join(".bump/old/one.txt"), workspace.0.join("one.txt")).expect("an original");
    fs::remove_dir_all(workspace.0.join("far")).expect("a new file");
    assert_eq!(roll_back(&workspace.0), Ok(changes().len()));
    workspace.is_as_before();
}

#[test]
#[ignore = "the program that the tests above start, to die"]
fn dies_at_a_step() {
    let root = PathBuf::from(std::env::var_os(ROOT).expect("a workspace"));
    let mut left: usize = std::env::var(STEP).expect("a step").parse().expect("a number");
    let mut die = || {
        match left.checked_sub(1) {
            Some(less) => left = less,
            None => std::process::abort(),
        }
        Ok(())
    };
    place(&root, &changes(), &mut die).expect("it dies before");
}
