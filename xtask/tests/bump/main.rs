//! `cargo xtask bump` as its users meet it.

mod rehearsal;
mod stopped;
mod support;

use std::fs;
use std::io::Write;

use support::{NEXT, Workspace, edit, stderr, stdout};
use zip::write::{SimpleFileOptions, ZipWriter};

#[test]
fn a_dry_run_says_what_would_change_and_changes_nothing() {
    let copy = Workspace::new("dry");
    let before = copy.everything();
    let done = copy.bump(&copy.next(false), &["--dry-run"]);
    let said = stdout(&done);
    assert!(done.status.success(), "{}", stderr(&done));
    for words in
        ["session/get/result/session/idle", "asks for a major version", "would be written: generated/src/session.rs"]
    {
        assert!(said.contains(words), "no {words} in {said}");
    }
    assert!(said.contains(&format!("would be written: schemas/{NEXT}/session.xsd")), "{said}");
    assert!(!said.contains("generated/src/dns.rs: "), "{said}");
    assert!(before == copy.everything(), "something changed");
}

#[test]
fn without_a_class_for_a_new_operation_it_is_named_and_nothing_changes() {
    let copy = Workspace::new("unclassed");
    let before = copy.everything();
    let done = copy.bump(&copy.next(true), &[]);
    assert!(!done.status.success());
    let said = stderr(&done);
    assert!(said.contains("session extend") && said.contains("Nothing was changed"), "{said}");
    // What differs was shown all the same.
    assert!(stdout(&done).contains("operation added: extend"), "{}", stdout(&done));
    assert!(before == copy.everything(), "something changed");
}

#[test]
fn an_entry_that_matches_nothing_any_more_is_named() {
    let copy = Workspace::new("unmatched");
    let (next, before) = (copy.next(false), copy.everything());
    for (file, direction) in [("session.xsd", "Input"), ("session.xsd", "Output")] {
        let ty = if direction == "Input" {
            r#"type="SessionTerminateInput">"#
        } else {
            r#"type="SessionTerminateOutput"/>"#
        };
        edit(&next.join(file), &format!(r#"name="terminate" {ty}"#), &format!(r#"name="finish" {ty}"#));
    }
    let done = copy.bump(&next, &[]);
    assert!(stderr(&done).contains("session terminate"), "{}", stderr(&done));
    assert!(before == copy.everything(), "something changed");
}

#[test]
fn a_zip_is_taken_and_everything_is_in_place() {
    let copy = Workspace::new("zip");
    let (next, old) = (copy.next(false), copy.current());
    let path = copy.root.with_extension("zip");
    let mut zip = ZipWriter::new(fs::File::create(&path).expect("a zip"));
    for entry in fs::read_dir(&next).expect("the schemas") {
        let entry = entry.expect("an entry");
        let name = format!("plesk-{NEXT}/{}", entry.file_name().to_string_lossy());
        zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(&fs::read(entry.path()).expect("a file")).expect("its content");
    }
    zip.start_file("LICENSE", SimpleFileOptions::default()).expect("an entry");
    zip.finish().expect("a zip");

    // What a run was stopped in before it placed anything.
    let stray = ".bump/new/generated/src/stray.rs";
    fs::create_dir_all(copy.root.join(".bump/new/generated/src")).expect("a directory");
    fs::write(copy.root.join(stray), "stray").expect("a file");

    let done = copy.bump(&path, &[]);
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(!copy.root.join("generated/src/stray.rs").exists());
    let said = stdout(&done);
    assert!(said.contains("ignored: LICENSE") && said.contains(&format!("names {old} still: README.md:")), "{said}");

    assert_eq!(copy.current(), NEXT);
    let session = copy.read(&format!("schemas/{NEXT}/session.xsd"));
    assert!(session.lines().nth(1).expect("a line").contains(&format!("Plesk XML API {NEXT}:")), "{session}");
    assert!(copy.root.join("schemas").join(&old).join("session.xsd").exists());
    assert!(copy.read("generated/src/session.rs").contains(&format!("schemas/{NEXT}/session.xsd")));
    let changelog = copy.read("CHANGELOG.md");
    let entry = changelog.find(&format!("### {old} to {NEXT}")).expect("an entry");
    assert!(changelog.find("## Unreleased").expect("a heading") < entry);
    assert!(entry < changelog.find("### Added").expect("what was there before"));
    assert!(!copy.root.join(".bump").exists());
    let check = copy.xtask(&["regenerate", "--check"]);
    assert!(check.status.success(), "{}", stdout(&check));

    // The old version is there to be compared with, and a second bump has nothing to do.
    let compared = stdout(&copy.xtask(&["diff", &old, NEXT]));
    assert!(compared.contains("session/get/result/session/idle"), "{compared}");
    let again = copy.bump(&path, &[]);
    assert!(stderr(&again).contains("is the current one already"), "{}", stderr(&again));
}

#[test]
fn what_cannot_be_is_refused_and_nothing_changes() {
    let copy = Workspace::new("refused");
    let next = copy.next(false);
    let there = copy.root.join("schemas").join(NEXT);
    fs::create_dir(&there).expect("a directory");
    fs::write(there.join("other.xsd"), "<other/>").expect("a file");
    let before = copy.everything();
    let refused = |protocol: &str, words: &str| {
        let done = copy.xtask(&["bump", next.to_str().expect("Unicode"), "--protocol", protocol]);
        assert!(!done.status.success());
        assert!(stderr(&done).contains(words), "{}", stderr(&done));
        assert!(before == copy.everything(), "something changed");
    };
    refused(NEXT, "is there already");
    refused(&copy.current(), "is the current one already");
    refused("..", "is not a protocol version");
    edit(&next.join("session.xsd"), "</xs:schema>", "");
    // It is the file that was handed in which is to be corrected.
    refused("99.2", &next.join("session.xsd").display().to_string());
    fs::remove_file(next.join("session.xsd")).expect("a file");
    refused("99.2", "session.xsd");
    fs::remove_file(next.join("agent_output.xsd")).expect("a file");
    refused("99.2", "there is no agent_output.xsd");
}
