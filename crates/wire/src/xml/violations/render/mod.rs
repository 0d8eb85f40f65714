//! Rendering of issues: our message, advice, and the message of libxml2.

mod advice;
mod libxml2;
mod message;

use super::issue::{Issue, Subject};
use super::violation::Violation;

/// The greatest number of characters of a value in a violation.
const MAX_VALUE: usize = 80;

/// Renders `issue` as a violation. The caller adds line and column.
pub(in crate::xml) fn render(issue: &Issue, subject: Subject<'_>) -> Violation {
    Violation {
        line: None,
        column: None,
        rule: message::rule(issue),
        expected: message::expected(issue),
        problem: message::problem(issue),
        value: subject.value.filter(|_| !subject.secret).map(|text| text.chars().take(MAX_VALUE).collect()),
        advice: advice::advice(issue, &subject),
        libxml2: libxml2::message(issue, &subject),
        path: subject.path,
    }
}
