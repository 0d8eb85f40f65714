//! `plesk check`: checks whether packets are valid, and says what to do if they are not.

mod explain;
mod hints;
mod malformed;
mod notes;
mod successors;

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use plesk_protocol::{request, response};
use plesk_wire::packet;
use plesk_wire::xml::{Violation, Violations};
use serde::Serialize;

use crate::arguments::Check;
use crate::files::{self, Outcome};
use crate::status::Status;
use crate::style::{self, paint};
use crate::text::{hang, printable, safe_json};
use crate::xml::Element;
pub(crate) use hints::Hints;

/// Checks every file, or explains an error code.
pub(crate) fn check(out: &mut impl Write, arguments: &Check) -> io::Result<Status> {
    if let Some(code) = arguments.explain {
        return explain::explain(out, code);
    }
    let response = arguments.response;
    // Elsewhere a violation is one line, for programs such as editors.
    let is_terminal = io::stdout().is_terminal();
    files::for_each(out, &arguments.files, |name, bytes| {
        let verdict = match response {
            true => packet::check::<response::Packet>(bytes),
            false => packet::check::<request::Packet>(bytes),
        };
        let violations = verdict.as_ref().err();
        let text = match arguments.json {
            true => json_report(name, bytes, violations, response),
            false => {
                let report = match violations {
                    Some(violations) => text_report(name, bytes, violations, response),
                    None => valid_report(name, bytes, response),
                };
                if is_terminal { report.lines().map(|line| hang(line) + "\n").collect() } else { report }
            }
        };
        let status = if violations.is_none() { Status::Success } else { Status::Refused };
        Outcome { out: text.into_bytes(), err: String::new(), status }
    })
}

fn valid_report(name: &str, bytes: &[u8], response: bool) -> String {
    let mut text = format!("{}: {}", paint(style::HEADING, &printable(name)), paint(style::SUCCESS, "valid"));
    for note in notes::of_packet(bytes, response, None) {
        let _ = write!(text, "; {}", printable(&note));
    }
    text.push('\n');
    text
}

/// Returns one line for each violation of the file `name`, one for the number of those that are not listed, and notes.
pub(crate) fn text_report(name: &str, bytes: &[u8], violations: &Violations, response: bool) -> String {
    let name = paint(style::HEADING, &printable(name));
    let hints = Hints::new(bytes, response, violations);
    let mut text = String::new();
    for violation in violations {
        let place = match (violation.line, violation.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}: "),
            (Some(line), None) => format!("line {line}: "),
            _ => String::new(),
        };
        let path = match violation.path.as_str() {
            "" => String::new(),
            path => format!("{}: ", paint(style::NAME, &printable(path))),
        };
        let message = message(violation, &hints);
        let _ = writeln!(text, "{name}: {place}{path}{}", printable(&message));
    }
    if let more @ 1.. = unlisted(violations) {
        let _ = writeln!(text, "{name}: and {more} more");
    }
    for note in notes::of_packet(bytes, response, Some(violations)) {
        let _ = writeln!(text, "{name}: {} {}", paint(style::WARNING, "note:"), printable(&note));
    }
    text
}

/// Returns the message of a violation, with a better one where more is known than the schema says.
pub(crate) fn message(violation: &Violation, hints: &Hints<'_>) -> String {
    let mut violation = violation.clone();
    violation.advice = hints.about(&violation).or(violation.advice);
    violation.message()
}

/// Parses a packet for hints and notes. Deeper and malformed documents have none.
fn parse(bytes: &[u8], violations: Option<&Violations>) -> Option<Element> {
    let is_unreadable = |violation: &Violation| matches!(violation.rule, "xml" | "limit");
    if violations.is_some_and(|violations| violations.into_iter().any(is_unreadable)) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    Element::parse(text.trim_start_matches('\u{feff}')).ok()
}

/// Returns how many violations there are in addition to those that are listed.
fn unlisted(violations: &Violations) -> usize {
    violations.total() - violations.as_slice().len()
}

fn json_report(name: &str, bytes: &[u8], violations: Option<&Violations>, response: bool) -> String {
    let hints = violations.map(|violations| Hints::new(bytes, response, violations));
    let listed = violations.map_or(&[][..], Violations::as_slice);
    let mut reports = Vec::with_capacity(listed.len());
    for violation in listed {
        reports.push(ViolationReport {
            line: violation.line,
            column: violation.column,
            path: &violation.path,
            rule: violation.rule,
            message: hints.as_ref().map_or_else(|| violation.message(), |hints| message(violation, hints)),
        });
    }
    let report = FileReport {
        file: name,
        valid: violations.is_none(),
        violations: reports,
        notes: notes::of_packet(bytes, response, violations),
        more: violations.map(unlisted).filter(|more| *more > 0),
    };
    let json = serde_json::to_string(&report).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"));
    safe_json(&json) + "\n"
}

/// The JSON object of a file.
#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    valid: bool,
    violations: Vec<ViolationReport<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// The number of violations that are not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

/// The JSON object of a violation.
#[derive(Serialize)]
struct ViolationReport<'a> {
    line: Option<u32>,
    column: Option<u32>,
    path: &'a str,
    rule: &'a str,
    message: String,
}
