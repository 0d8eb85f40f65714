//! Comparison with xmllint.

use std::process::Command;

use plesk_test_support::Tool;
use plesk_wire::xml::Strictness;

use super::cases::CASES;
use super::damage::{Random, damage};
use super::well_formedness;

fn has_doctype(xml: &[u8]) -> bool {
    xml.windows(9).any(|window| window == b"<!DOCTYPE")
}

/// Returns for each document whether libxml2 finds it well-formed. Namespace errors do not count.
fn xmllint(directory: &std::path::Path, documents: &[Vec<u8>]) -> Option<Vec<bool>> {
    std::fs::create_dir_all(directory).ok()?;
    let mut well_formed = Vec::new();
    for (at, document) in documents.iter().enumerate() {
        let file = directory.join(format!("{at}.xml"));
        std::fs::write(&file, document).ok()?;
        let run = Command::new("xmllint").args(["--noout", "--nonet"]).arg(&file).output().ok()?;
        well_formed.push(run.status.success());
    }
    std::fs::remove_dir_all(directory).ok()?;
    Some(well_formed)
}

#[test]
fn well_formedness_agrees_with_xmllint() {
    let mut documents: Vec<Vec<u8>> = CASES.iter().map(|(xml, _)| xml.as_bytes().to_vec()).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let rounds = std::env::var("WIRE_XMLLINT_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(600);
    let small = "<?xml version=\"1.0\"?>\n<r a=\"1\"><b c='&lt;'>t&amp;u</b ><d/><![CDATA[x]]><!-- y --><?z w?> </r>\n";
    for round in 0..rounds {
        let (xml, expected) = CASES[random.below(CASES.len())];
        let source = if round % 2 == 0 || !expected { small } else { xml };
        documents.push(damage(source, &mut random));
    }
    let directory = std::env::temp_dir().join(format!("plesk-wire-xmllint-{}", std::process::id()));
    let Some(theirs) = xmllint(&directory, &documents) else {
        return Tool::Xmllint.skip();
    };
    let (mut compared, mut different) = (0, Vec::new());
    for (document, theirs) in documents.iter().zip(theirs) {
        // We stop at a root element with another name and refuse all doctypes. libxml2 stops at a NUL
        // after the root element.
        let Ok(ours) = well_formedness(document, Strictness::Lenient, true) else { continue };
        compared += 1;
        if ours != theirs && !has_doctype(document) && !document.contains(&0) {
            different.push(format!("ours {ours}, theirs {theirs}: {:?}", String::from_utf8_lossy(document)));
        }
    }
    assert!(compared > documents.len() / 2, "{compared} of {}", documents.len());
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), documents.len(), different.join("\n"));
}

#[test]
fn missing_xmllint_fails_the_comparison_if_required() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["xmllint::", "--skip", "missing_xmllint"])
        .env("PATH", "")
        .env(Tool::Xmllint.variable(), "1")
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && stdout.contains("xmllint is not installed"), "{stdout}");
}
