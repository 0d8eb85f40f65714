//! A bump that is stopped: by a signal, or for good.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{NEXT, Workspace, stdout};

/// Starts a bump, and waits until this path of the workspace is there.
fn until(copy: &Workspace, path: &str) -> Child {
    let next = copy.next(false);
    let arguments = ["bump", next.to_str().expect("Unicode"), "--protocol", NEXT];
    let mut command = copy.command(&arguments);
    let mut bump = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the xtask program starts");
    let path = copy.root.join(path);
    let start = Instant::now();
    while !path.exists() && bump.try_wait().expect("a status").is_none() {
        assert!(start.elapsed() < Duration::from_secs(120), "{} never came", path.display());
        sleep(Duration::from_micros(50));
    }
    bump
}

#[test]
fn after_the_death_of_a_bump_the_next_run_restores_the_tree() {
    let copy = Workspace::new("killed");
    let before = copy.everything();
    let mut bump = until(&copy, ".bump/journal");
    bump.kill().expect("killed");
    bump.wait().expect("a status");
    let unfinished = copy.root.join(".bump/journal").exists();
    let next = copy.xtask(&["regenerate", "--check"]);
    assert!(next.status.success(), "{}", stdout(&next));
    if unfinished {
        assert!(stdout(&next).contains("a bump was interrupted"), "{}", stdout(&next));
        assert!(before == copy.everything(), "something is otherwise");
    } else {
        // It was faster.
        assert_eq!(copy.current(), NEXT);
    }
}

#[test]
#[cfg(unix)]
fn a_bump_that_is_interrupted_leaves_the_tree_as_it_was() {
    let copy = Workspace::new("interrupted");
    let before = copy.everything();
    let bump = until(&copy, ".bump/new/schemas/manifest.toml");
    let id = bump.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    let done = bump.wait_with_output().expect("a status");
    assert!(!done.status.success());
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("interrupted"), "{said}");
    assert!(before == copy.everything(), "something is otherwise");
}
