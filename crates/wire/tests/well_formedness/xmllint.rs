//! Our verdicts held against those of xmllint.

use std::io::Write as _;
use std::process::Command;

use plesk_wire::xml::Strictness;

use super::cases::CASES;
use super::damage::{Random, damage};
use super::verdict;

fn doctype(xml: &[u8]) -> bool {
    xml.windows(9).any(|window| window == b"<!DOCTYPE")
}

/// Whether libxml2 finds `xml` well-formed. Namespace errors are not about well-formedness.
fn xmllint(directory: &std::path::Path, documents: &[Vec<u8>]) -> Option<Vec<bool>> {
    std::fs::create_dir_all(directory).ok()?;
    let mut verdicts = Vec::new();
    for (at, document) in documents.iter().enumerate() {
        let file = directory.join(format!("{at}.xml"));
        std::fs::write(&file, document).ok()?;
        let run = Command::new("xmllint").args(["--noout", "--nonet"]).arg(&file).output().ok()?;
        verdicts.push(run.status.success());
    }
    std::fs::remove_dir_all(directory).ok()?;
    Some(verdicts)
}

#[test]
fn as_xmllint_has_it() {
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
        // Past the capture of the test harness.
        let _ =
            writeln!(std::io::stderr(), "SKIPPED: xmllint is not installed, so no document was held against libxml2");
        return;
    };
    let mut different = Vec::new();
    for (document, theirs) in documents.iter().zip(theirs) {
        // A root element of another name ends our reading; doctypes are refused whatever they say;
        // libxml2 reads no further than to a NUL after the root element.
        let Ok(ours) = verdict(document, Strictness::Lenient, true) else { continue };
        if ours != theirs && !doctype(document) && !document.contains(&0) {
            different.push(format!("ours {ours}, theirs {theirs}: {:?}", String::from_utf8_lossy(document)));
        }
    }
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), documents.len(), different.join("\n"));
}
