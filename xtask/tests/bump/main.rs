//! `cargo xtask bump`: the program, its output and the files that it changes.

mod kinds;
mod rehearsal;
mod stopped;
mod support;

use std::fs;
use std::io::Write;

use support::{NEXT, Workspace, edit, stderr, stdout};
use zip::write::{SimpleFileOptions, ZipWriter};

#[test]
fn dry_run_lists_changes_and_changes_nothing() {
    let copy = Workspace::new("dry");
    let before = copy.everything();
    let done = copy.bump(&copy.next(false), &["--dry-run"]);
    let output = stdout(&done);
    assert!(done.status.success(), "{}", stderr(&done));
    for expected in
        ["session/get/result/session/idle", "needs a major version bump", "would be written: generated/src/session.rs"]
    {
        assert!(output.contains(expected), "no {expected} in {output}");
    }
    assert!(output.contains(&format!("would be written: schemas/{NEXT}/session.xsd")), "{output}");
    assert!(!output.contains("generated/src/dns.rs: "), "{output}");
    assert!(before == copy.everything(), "something changed");
}

#[test]
fn bump_with_unclassified_operation_names_it_and_changes_nothing() {
    let copy = Workspace::new("unclassed");
    let before = copy.everything();
    let done = copy.bump(&copy.next(true), &[]);
    assert!(!done.status.success());
    let message = stderr(&done);
    assert!(message.contains("session extend") && message.contains("nothing was changed"), "{message}");
    // The changes of the schemas are shown all the same.
    assert!(stdout(&done).contains("operation added: extend"), "{}", stdout(&done));
    assert!(before == copy.everything(), "something changed");
}

#[test]
fn bump_with_unmatched_configuration_entry_names_it() {
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
fn bump_from_zip_replaces_schemas_and_everything_generated() {
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

    // A remainder of a run that was stopped early.
    let stray = ".bump/new/generated/src/stray.rs";
    fs::create_dir_all(copy.root.join(".bump/new/generated/src")).expect("a directory");
    fs::write(copy.root.join(stray), "stray").expect("a file");

    let done = copy.bump(&path, &[]);
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(!copy.root.join("generated/src/stray.rs").exists());
    let report = stdout(&done);
    assert!(report.contains("ignored: LICENSE"), "{report}");
    assert!(
        report.contains(&format!("replaced protocol {old} by {NEXT}; this needs a major version bump")),
        "{report}"
    );
    assert!(report.contains(&format!("still mentions {old}: README.md:")), "{report}");

    assert_eq!(copy.current(), NEXT);
    let session = copy.read(&format!("schemas/{NEXT}/session.xsd"));
    assert!(session.lines().nth(1).expect("a line").contains(&format!("Plesk XML API {NEXT}:")), "{session}");
    assert!(copy.root.join("schemas").join(&old).join("session.xsd").exists());
    assert!(copy.read("generated/src/session.rs").contains(&format!("schemas/{NEXT}/session.xsd")));
    let changelog = copy.read("CHANGELOG.md");
    let entry = changelog.find(&format!("### {old} to {NEXT}")).expect("an entry");
    assert!(changelog.find("## Unreleased").expect("a heading") < entry);
    assert!(entry < changelog.find("### Added").expect("the older entries"));
    assert!(!copy.root.join(".bump").exists());
    let check = copy.xtask(&["regenerate", "--check"]);
    assert!(check.status.success(), "{}", stdout(&check));

    // The old version stays for comparison, and a second bump is rejected.
    let compared = stdout(&copy.xtask(&["diff", &old, NEXT]));
    assert!(compared.contains("session/get/result/session/idle"), "{compared}");
    let again = copy.bump(&path, &[]);
    assert!(stderr(&again).contains("already has these files"), "{}", stderr(&again));
}

#[test]
fn bump_with_invalid_arguments_or_files_changes_nothing() {
    let copy = Workspace::new("refused");
    let next = copy.next(false);
    let there = copy.root.join("schemas").join(NEXT);
    fs::create_dir(&there).expect("a directory");
    fs::write(there.join("other.xsd"), "<other/>").expect("a file");
    let before = copy.everything();
    let assert_rejected = |protocol: &str, expected: &str| {
        let done = copy.xtask(&["bump", next.to_str().expect("Unicode"), "--protocol", protocol]);
        assert!(!done.status.success());
        assert!(stderr(&done).contains(expected), "{}", stderr(&done));
        assert!(before == copy.everything(), "something changed");
    };
    assert_rejected(NEXT, "already exists with other files");
    for protocol in ["..", "abc", "2020", "1.6.x"] {
        assert_rejected(protocol, "expected numbers and dots, such as 1.6.9.1");
    }
    edit(&next.join("session.xsd"), "</xs:schema>", "");
    // The message names the user's file, not the copy.
    assert_rejected("99.2", &next.join("session.xsd").display().to_string());
    fs::remove_file(next.join("session.xsd")).expect("a file");
    assert_rejected("99.2", "session.xsd");
    fs::remove_file(next.join("agent_output.xsd")).expect("a file");
    assert_rejected("99.2", "there is no agent_output.xsd");
}

#[test]
fn bump_to_the_current_version_corrects_its_files() {
    let copy = Workspace::new("corrected");
    let current = copy.current();
    let corrected = copy.next(false);
    fs::remove_file(corrected.join("ip_output.xsd")).expect("a file");
    fs::rename(corrected.join("ip_input.xsd"), corrected.join("ip.xsd")).expect("a file");
    for (entry_point, file) in [("agent_input.xsd", "ip_input.xsd"), ("agent_output.xsd", "ip_output.xsd")] {
        edit(&corrected.join(entry_point), file, "ip.xsd");
    }
    // One file has the types of both directions now.
    let schemas = copy.root.join("schemas").join(&current);
    let output = fs::read_to_string(schemas.join("ip_output.xsd")).expect("a file");
    let types = output.find("<xs:complexType").expect("a type");
    let types = output[types..].trim_end().trim_end_matches("</xs:schema>").to_owned();
    edit(&corrected.join("ip.xsd"), "</xs:schema>", &format!("{types}</xs:schema>"));
    let bump = ["bump", corrected.to_str().expect("Unicode"), "--protocol", &current];
    let layer = plesk_codegen::plesk::layer_name(&current);
    let done = copy.xtask(&[&bump[..], &["--layer", layer]].concat());
    assert!(done.status.success(), "{}{}", stdout(&done), stderr(&done));
    assert!(stdout(&done).contains(&format!("corrected the files of protocol {current}")), "{}", stdout(&done));
    assert!(schemas.join("ip.xsd").exists() && !schemas.join("ip_input.xsd").exists());
    assert!(!copy.read("generated/src/session.rs").contains("idle"));
    // Later runs use the layer as well.
    assert!(copy.read("schemas/manifest.toml").contains(&format!("\nlayer = \"{layer}\"\n")));
    let check = copy.xtask(&["regenerate", "--check"]);
    assert!(check.status.success(), "{}", stdout(&check));
    assert!(stderr(&copy.xtask(&bump)).contains("already has these files"));
}
