//! The version bumps are right: cargo-semver-checks requires the same ones between the two generated crates. Where that
//! tool sees no difference, the compiler decides.
//!
//! This takes about a minute: rustdoc documents each crate without cargo, and the tool reads the result.

use std::path::Path;

use plesk_codegen::config::Config;
use plesk_codegen::diff::{Diff, SemverBump, diff};
use plesk_test_support::Tool;

use crate::crates::{GeneratedCrate, has_semver_checks, required_bump};
use crate::harbour::{config, model, schemas};
use crate::kinds::KINDS;

/// The errors of the compiler for a wrong type, and for a method that the type does not have.
const EXPECTED_ERRORS: [&str; 2] = ["error[E0308]", "error[E0599]"];

/// The minimum number of bumps for which the tool alone is enough.
const MIN_AGREED: usize = 20;

#[test]
fn diff_of_each_kind_reports_change_and_bump() {
    let base = model(&schemas(&[]));
    for kind in KINDS {
        let edited = model(&schemas(kind.edits));
        for (old, new, (summary, bump)) in [(&base, &edited, kind.forward), (&edited, &base, kind.backward)] {
            let diff = diff((old, &config()), (new, &config()));
            let expected = Vec::from_iter(Some(summary).filter(|summary| !summary.is_empty()));
            assert_eq!(summaries(&diff), expected, "{}", kind.name);
            assert_eq!(diff.bump, bump, "{}: {diff}", kind.name);
        }
    }
}

fn summaries(diff: &Diff) -> Vec<String> {
    diff.changes.iter().map(|change| format!("{}: {}", change.path, change.summary())).collect()
}

#[test]
fn diff_of_types_that_cannot_be_named_reports_changes_and_assumes_major() {
    let watt = r#"<xs:element name="watt" type="xs:int"/>"#;
    let two =
        r#"<xs:choice><xs:element name="watt" type="xs:int"/><xs:element name="lumen" type="xs:int"/></xs:choice>"#;
    let clash = model(&schemas(&[("request.xsd", watt, two)]));
    let diff = diff((&model(&schemas(&[])), &config()), (&clash, &config()));
    assert_eq!(summaries(&diff), ["lamp/add/(watt | lumen): group regrouped: watt → (watt | lumen)"]);
    assert_eq!(diff.bump, SemverBump::Major);
    assert!(
        diff.reasons()[0]
            .starts_with("the new schemas: request.xsd: LampAddType/(choice): would be named `lamp::AddChoice`")
    );
}

#[test]
fn diff_of_types_moved_to_another_module_ignores_standard_types() {
    let model = model(&schemas(&[]));
    let named = Config { newtypes: vec![("NameType", "Name")], ..config() };
    let moved = Config { modules: vec![("shared", "common")], ..named.clone() };
    let diff = diff((&model, &named), (&model, &moved));
    let differences: Vec<&String> = diff.changes.iter().flat_map(|change| &change.api.differences).collect();
    assert!(differences.iter().any(|text| text.contains("to `common::")), "{differences:?}");
    assert!(differences.iter().all(|text| !text.contains("::String")), "{differences:?}");
}

/// cargo-semver-checks does not see these breaks, but programs do.
#[test]
fn compiler_rejects_programs_after_major_bump() {
    let base = GeneratedCrate::new(schemas(&[]));
    base.compile();
    for kind in KINDS.iter().filter(|kind| kind.programs != [None, None]) {
        let edited = GeneratedCrate::new(schemas(kind.edits));
        edited.compile();
        let directions = [(&base, &edited, kind.forward.1), (&edited, &base, kind.backward.1)];
        for ((own, other, bump), program) in directions.into_iter().zip(kind.programs) {
            let Some(program) = program else { continue };
            assert_eq!(bump, SemverBump::Major, "{}", kind.name);
            assert_eq!(own.compile_error(program), None, "{}: {program}", kind.name);
            let error = other.compile_error(program).unwrap_or_default();
            assert!(EXPECTED_ERRORS.iter().any(|code| error.contains(code)), "{}: {program}\n{error}", kind.name);
        }
    }
}

#[test]
fn bumps_agree_with_cargo_semver_checks() {
    if !has_semver_checks() {
        return Tool::SemverChecks.skip();
    }
    let base = GeneratedCrate::new(schemas(&[]));
    let documented = base.document();
    let mut agreed = 0;
    for kind in KINDS {
        let edited = GeneratedCrate::new(schemas(kind.edits));
        let edited_documented = edited.document();
        let forward = reference_bump(&documented, &edited_documented);
        let backward = reference_bump(&edited_documented, &documented);
        let directions = [(kind.forward.1, forward, kind.programs[0]), (kind.backward.1, backward, kind.programs[1])];
        for (ours, theirs, program) in directions {
            assert_eq!(ours, if program.is_some() { SemverBump::Major } else { theirs }, "{}", kind.name);
            // If the tool learns to see the break, the program is no longer needed.
            assert!(program.is_none() || theirs < SemverBump::Major, "{}", kind.name);
            agreed += usize::from(ours == theirs);
        }
    }
    assert!(agreed >= MIN_AGREED, "{agreed} bumps are confirmed by the tool");
}

/// Returns the bump according to cargo-semver-checks.
///
/// The tool reports only breaks. An addition is what would be a break in the opposite direction.
fn reference_bump(old: &Path, new: &Path) -> SemverBump {
    match required_bump(old, new) {
        SemverBump::Patch if required_bump(new, old) > SemverBump::Patch => SemverBump::Minor,
        bump => bump,
    }
}
