//! A complete bump as CONTRIBUTING.md describes it, in a copy of the workspace, including compilation.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{NEXT, Workspace, edit, stderr, stdout};

/// A program that needs the current version: the next one has no `idle`.
const REMOVED: &str = "fn main() { let _ = |session: plesk_protocol::session::Session| session.idle; }\n";
/// A program for both versions.
const KEPT: &str = "fn main() { let _ = |session: plesk_protocol::session::Session| (session.id, session.login_time); \
                    let _ = plesk_protocol::session::Terminate::new(\"1\"); }\n";
/// A program that needs the next version.
const ADDED: &str = "fn main() { let _ = |session: plesk_protocol::session::Session| session.browser; \
                     let _ = plesk_protocol::session::Extend::new(\"1\"); \
                     let _ = plesk_protocol::session::UserType::Robot; }\n";

/// Runs cargo in the copy.
///
/// It shares the build directory of the workspace, because compiling the dependencies takes most of the time.
fn cargo(copy: &Workspace, arguments: &[&str]) -> Output {
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target directory");
    Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(&copy.root)
        .env("CARGO_TARGET_DIR", copy.root.with_extension("target"))
        .env("CARGO_BUILD_BUILD_DIR", shared)
        .output()
        .expect("cargo starts")
}

#[test]
fn bump_with_class_of_new_operation_changes_which_programs_compile() {
    let copy = Workspace::new("rehearsal");
    let (next, old) = (copy.next(true), copy.current());
    // In a shared build directory, cargo distinguishes the crates of two workspaces by version, not by path.
    let manifest: toml::Table = copy.read("Cargo.toml").parse().expect("a manifest in TOML");
    let version = manifest["workspace"]["package"]["version"].as_str().expect("a version");
    let package = |version: &str| format!("[workspace.package]\nversion = \"{version}\"");
    edit(&copy.root.join("Cargo.toml"), &package(version), &package(&format!("{version}+rehearsal")));

    // The generator asks for the class of the new operation.
    let list = "OPERATIONS: &[OperationClass] = &[\n";
    let entry = "    operation_on(\"session\", \"extend\", Class::Change, Target::Named(&[\"session-id\"])),\n";
    edit(&copy.root.join("codegen/src/plesk/operations.rs"), list, &format!("{list}{entry}"));

    let schemas = next.to_str().expect("Unicode");
    let bump = cargo(&copy, &["xtask", "bump", schemas, "--protocol", NEXT]);
    assert!(bump.status.success(), "{}{}", stdout(&bump), stderr(&bump));
    assert!(stdout(&bump).contains("needs a major version bump"), "{}", stdout(&bump));

    let changelog = copy.read("CHANGELOG.md");
    let entry = changelog.split("### Added").next().expect("a part");
    assert!(entry.contains(&format!("### {old} to {NEXT}")), "{entry}");
    for expected in ["session/extend", "operation added", "session/browser", "robot", "session/idle", "element removed"]
    {
        assert!(entry.contains(expected), "no {expected} in {entry}");
    }

    let examples = copy.root.join("generated/examples");
    fs::create_dir_all(&examples).expect("a directory");
    for (name, program) in [("removed", REMOVED), ("kept", KEPT), ("added", ADDED)] {
        fs::write(examples.join(format!("{name}.rs")), program).expect("a program");
    }
    let check = |example: &str| {
        cargo(&copy, &["check", "--quiet", "--package", "plesk-protocol", "--lib", "--example", example])
    };
    for example in ["kept", "added"] {
        let compiled = check(example);
        assert!(compiled.status.success(), "{}", stderr(&compiled));
    }
    let compiled = check("removed");
    assert!(!compiled.status.success() && stderr(&compiled).contains("no field `idle`"), "{}", stderr(&compiled));
}
