//! Writes violations as text or as JSON.

use std::io::{self, Write};

use plesk_wire::xml::{Violation, Violations};
use serde::Serialize;

/// Writes one line for each violation of the file `name`, and one for the number of those that are not listed.
pub(crate) fn write_text(out: &mut impl Write, name: &str, violations: &Violations) -> io::Result<()> {
    for violation in violations {
        writeln!(out, "{name}: {violation}")?;
    }
    match unlisted(violations) {
        0 => Ok(()),
        more => writeln!(out, "{name}: and {more} more"),
    }
}

/// Writes the JSON object of the file `name` on one line. Without violations, the file is valid.
pub(crate) fn write_json(out: &mut impl Write, name: &str, violations: Option<&Violations>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &file_report(name, violations))?;
    writeln!(out)
}

/// Returns how many violations there are in addition to those that are listed.
fn unlisted(violations: &Violations) -> usize {
    violations.total() - violations.as_slice().len()
}

/// The JSON object of a file.
#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    valid: bool,
    violations: Vec<ViolationReport<'a>>,
    /// The number of violations that are not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

/// The JSON object of a violation.
#[derive(Serialize)]
struct ViolationReport<'a> {
    line: Option<u32>,
    path: &'a str,
    rule: &'a str,
    message: String,
}

fn file_report<'a>(file: &'a str, violations: Option<&'a Violations>) -> FileReport<'a> {
    let report = |violation: &'a Violation| ViolationReport {
        line: violation.line,
        path: &violation.path,
        rule: violation.rule,
        message: violation.message(),
    };
    let listed = violations.map_or(&[][..], Violations::as_slice);
    FileReport {
        file,
        valid: violations.is_none(),
        violations: listed.iter().map(report).collect(),
        more: violations.map(unlisted).filter(|more| *more > 0),
    }
}
