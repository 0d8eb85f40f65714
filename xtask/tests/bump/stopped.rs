//! Bumps that are interrupted or killed.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{NEXT, Workspace, stdout};

/// Starts a bump, and waits until this path of the workspace exists.
fn start_and_wait_for(copy: &Workspace, path: &str) -> Child {
    let next = copy.next(false);
    let arguments = ["bump", next.to_str().expect("Unicode"), "--protocol", NEXT];
    let mut command = copy.command(&arguments);
    let mut bump = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the xtask program starts");
    let path = copy.root.join(path);
    let start = Instant::now();
    while !path.exists() && bump.try_wait().expect("a status").is_none() {
        assert!(start.elapsed() < Duration::from_secs(120), "{} never appears", path.display());
        sleep(Duration::from_micros(50));
    }
    bump
}

#[test]
fn killed_bump_is_undone_by_the_next_run() {
    let copy = Workspace::new("killed");
    let before = copy.everything();
    let mut bump = start_and_wait_for(&copy, ".bump/journal");
    bump.kill().expect("killed");
    bump.wait().expect("a status");
    let is_unfinished = copy.root.join(".bump/journal").exists();
    let next = copy.xtask(&["regenerate", "--check"]);
    assert!(next.status.success(), "{}", stdout(&next));
    if is_unfinished {
        assert!(stdout(&next).contains("an earlier bump was interrupted"), "{}", stdout(&next));
        assert!(before == copy.everything(), "something changed");
    } else {
        // The bump had finished before it was killed.
        assert_eq!(copy.current(), NEXT);
    }
}

#[test]
#[cfg(unix)]
fn interrupted_bump_changes_nothing() {
    let copy = Workspace::new("interrupted");
    let before = copy.everything();
    let bump = start_and_wait_for(&copy, ".bump/new/schemas/manifest.toml");
    let id = bump.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    let done = bump.wait_with_output().expect("a status");
    assert!(!done.status.success());
    let stderr = String::from_utf8_lossy(&done.stderr);
    assert!(stderr.contains("interrupted"), "{stderr}");
    assert!(before == copy.everything(), "something changed");
}

#[test]
fn remains_of_a_bump_that_was_killed_early_are_removed_by_the_next_run() {
    let copy = Workspace::new("killed-early");
    let before = copy.everything();
    let mut bump = start_and_wait_for(&copy, ".bump/new/schemas/manifest.toml");
    bump.kill().expect("killed");
    bump.wait().expect("a status");
    let next = copy.xtask(&["regenerate", "--check"]);
    assert!(next.status.success(), "{}", stdout(&next));
    assert!(before == copy.everything(), "something changed");
}

#[test]
#[cfg(unix)]
fn tasks_that_write_wait_for_each_other() {
    let copy = Workspace::new("together");
    let mut first = start_and_wait_for(&copy, ".bump/new/schemas/manifest.toml");
    let regenerate =
        copy.command(&["regenerate"]).stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
    let second = copy.bump(&copy.root.with_extension("schemas"), &[]);
    assert!(first.wait().expect("a status").success());
    let regenerate = regenerate.wait_with_output().expect("a status");
    assert!(regenerate.status.success(), "{}", String::from_utf8_lossy(&regenerate.stderr));
    // The second bump came after the first, so there was nothing left to do.
    let message = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(message.contains("waiting for another task") && message.contains("already has these files"), "{message}");
    assert_eq!(copy.current(), NEXT);
    assert!(copy.xtask(&["regenerate", "--check"]).status.success());
    assert!(!copy.root.join(".bump").exists());
}

#[test]
#[cfg(unix)]
fn bump_on_a_full_disk_changes_nothing() {
    let copy = Workspace::new("full");
    let before = copy.everything();
    let next = copy.next(false);
    // A limit on the size of files fails the same calls as a full disk, at another file for each limit.
    for blocks in [1, 40, 100, 250] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let done = std::process::Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_xtask"), "bump"])
            .arg(&next)
            .args(["--protocol", NEXT, "--root"])
            .arg(&copy.root)
            .output()
            .expect("sh starts");
        let message = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && message.contains("error: "), "{blocks}: {message}");
        assert!(before == copy.everything(), "{blocks}: something changed");
    }
}
