//! The verdicts are right: they are those of cargo-semver-checks on the two generated crates, and where that tool sees no
//! difference, the compiler decides.
//!
//! It takes about a minute: rustdoc documents each crate without cargo, and the tool reads what it wrote.

use std::io::Write;
use std::path::Path;

use plesk_codegen::config::Config;
use plesk_codegen::diff::{Diff, Verdict, diff};

use crate::crates::{Generated, TOOL, checked, tool_is_there};
use crate::harbour::{config, model, schemas};
use crate::kinds::KINDS;

/// What the compiler says of a wrong type, and of a method that the type does not have.
const REFUSALS: [&str; 2] = ["error[E0308]", "error[E0599]"];

/// How many of the verdicts must be the tool's own.
const AGREED: usize = 20;

#[test]
fn each_kind_of_change_is_found_and_classed() {
    let base = model(&schemas(&[]));
    for kind in KINDS {
        let edited = model(&schemas(kind.edits));
        for (old, new, (words, verdict)) in [(&base, &edited, kind.there), (&edited, &base, kind.back)] {
            let diff = diff((old, &config()), (new, &config()));
            assert_eq!(found(&diff), Vec::from_iter(Some(words).filter(|words| !words.is_empty())), "{}", kind.name);
            assert_eq!(diff.verdict(), verdict, "{}: {diff}", kind.name);
        }
    }
}

fn found(diff: &Diff) -> Vec<String> {
    diff.changes.iter().map(|change| format!("{}: {}", change.place, change.what())).collect()
}

/// The differences are found all the same, and the worst is supposed.
#[test]
fn where_types_cannot_be_named_the_api_is_not_known() {
    let watt = r#"<xs:element name="watt" type="xs:int"/>"#;
    let two =
        r#"<xs:choice><xs:element name="watt" type="xs:int"/><xs:element name="lumen" type="xs:int"/></xs:choice>"#;
    let clash = model(&schemas(&[("request.xsd", watt, two)]));
    let diff = diff((&model(&schemas(&[])), &config()), (&clash, &config()));
    assert_eq!(found(&diff), ["lamp/add/(watt | lumen): group regrouped: watt → (watt | lumen)"]);
    assert_eq!(diff.verdict(), Verdict::Major);
    assert!(
        diff.reasons()[0]
            .starts_with("the new schemas: request.xsd: LampAddType/(choice): would be named `lamp::AddChoice`")
    );
}

/// Where types move to another module, nothing is said of the types of Rust's own that they hold.
#[test]
fn types_of_rust_do_not_move() {
    let model = model(&schemas(&[]));
    let named = Config { newtypes: vec![("NameType", "Name")], ..config() };
    let moved = Config { modules: vec![("shared", "common")], ..named.clone() };
    let diff = diff((&model, &named), (&model, &moved));
    let effects: Vec<&String> = diff.changes.iter().flat_map(|change| &change.api.effects).collect();
    assert!(effects.iter().any(|effect| effect.contains("becomes `common::")), "{effects:?}");
    assert!(effects.iter().all(|effect| !effect.contains("::String")), "{effects:?}");
}

/// What the tool does not see is a break all the same: programs show it.
#[test]
fn the_compiler_agrees() {
    let base = Generated::new(schemas(&[]));
    base.compile();
    for kind in KINDS.iter().filter(|kind| kind.programs != [None, None]) {
        let edited = Generated::new(schemas(kind.edits));
        edited.compile();
        let ways = [(&base, &edited, kind.there.1), (&edited, &base, kind.back.1)];
        for ((own, other, verdict), program) in ways.into_iter().zip(kind.programs) {
            let Some(program) = program else { continue };
            assert_eq!(verdict, Verdict::Major, "{}", kind.name);
            assert_eq!(own.refuses(program), None, "{}: {program}", kind.name);
            let why = other.refuses(program).unwrap_or_default();
            assert!(REFUSALS.iter().any(|code| why.contains(code)), "{}: {program}\n{why}", kind.name);
        }
    }
}

#[test]
fn cargo_semver_checks_agrees() {
    if !tool_is_there() {
        // Where tests are run by cargo, what they print is not shown; what is written is.
        let message = "SKIPPED: cargo-semver-checks is not installed, so no verdict was held against it";
        writeln!(std::io::stderr(), "{message} (cargo install --locked cargo-semver-checks@{TOOL})")
            .expect("an error stream");
        return;
    }
    let base = Generated::new(schemas(&[]));
    let documented = base.document();
    let mut agreed = 0;
    for kind in KINDS {
        let edited = Generated::new(schemas(kind.edits));
        let edited_documented = edited.document();
        let (there, back) = (tool(&documented, &edited_documented), tool(&edited_documented, &documented));
        for (ours, theirs, program) in [(kind.there.1, there, kind.programs[0]), (kind.back.1, back, kind.programs[1])]
        {
            assert_eq!(ours, if program.is_some() { Verdict::Major } else { theirs }, "{}", kind.name);
            // If the tool learns to see it, the program is no longer needed.
            assert!(program.is_none() || theirs < Verdict::Major, "{}", kind.name);
            agreed += usize::from(ours == theirs);
        }
    }
    assert!(agreed >= AGREED, "{agreed} verdicts are the tool's");
}

/// What the tool asks of the next version. It tells of breaks only: what is new is what would be missing on the way back.
fn tool(old: &Path, new: &Path) -> Verdict {
    match checked(old, new) {
        Verdict::Patch if checked(new, old) > Verdict::Patch => Verdict::Minor,
        verdict => verdict,
    }
}
