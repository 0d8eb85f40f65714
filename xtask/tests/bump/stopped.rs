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
