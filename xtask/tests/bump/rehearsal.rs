//! A whole bump, as CONTRIBUTING.md describes it, in a copy of the workspace, with a compiler.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{NEXT, Workspace, edit, stderr, stdout};

/// What programs write today. The next version has no `idle`.
const REMOVED: &str = "fn main() { let _ = |session: plesk_protocol::session::Session| session.idle; }\n";
const KEPT: &str = "fn main() { let _ = |session: plesk_protocol::session::Session| (session.id, session.login_time); \
                    let _ = plesk_protocol::session::Terminate::new(\"1\"); }\n";
const ADDED: &str = "fn main() { let _ = |session: plesk_protocol::session::Session| session.browser; \
                     let _ = plesk_protocol::session::Extend::new(\"1\"); \
                     let _ = plesk_protocol::session::Kind::Robot; }\n";

/// Runs cargo in the copy. What is compiled of the dependencies already is used, where cargo can: it takes most of the time.
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
fn a_bump_from_the_schemas_to_programs_that_compile() {
    let copy = Workspace::new("rehearsal");
    let (next, old) = (copy.next(true), copy.current());
    // Cargo tells the crates of two workspaces apart by their versions, not by where they stand.
    let manifest: toml::Table = copy.read("Cargo.toml").parse().expect("a manifest in TOML");
    let version = manifest["workspace"]["package"]["version"].as_str().expect("a version");
    let own = |version: &str| format!("[workspace.package]\nversion = \"{version}\"");
    edit(&copy.root.join("Cargo.toml"), &own(version), &own(&format!("{version}+rehearsal")));

    // As the generator asks: the class of the new operation.
    let list = "OPERATIONS: &[OperationClass] = &[\n";
    let entry = "    to(\"session\", \"extend\", Class::Change, Target::Named(&[\"session-id\"])),\n";
    edit(&copy.root.join("codegen/src/plesk/operations.rs"), list, &format!("{list}{entry}"));

    let schemas = next.to_str().expect("Unicode");
    let bump = cargo(&copy, &["xtask", "bump", schemas, "--protocol", NEXT]);
    assert!(bump.status.success(), "{}{}", stdout(&bump), stderr(&bump));
    assert!(stdout(&bump).contains("asks for a major version"), "{}", stdout(&bump));

    let changelog = copy.read("CHANGELOG.md");
    let entry = changelog.split("### Added").next().expect("a part");
    assert!(entry.contains(&format!("### {old} to {NEXT}")), "{entry}");
    for words in ["session/extend", "operation added", "session/browser", "robot", "session/idle", "element removed"] {
        assert!(entry.contains(words), "no {words} in {entry}");
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
