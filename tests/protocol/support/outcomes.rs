//! Summarizes outcomes, so that tests can compare them completely.

use plesk::common::Matched;
use plesk::{Fault, Outcomes};

/// Everything that a program can see of an outcome.
#[derive(Debug, PartialEq)]
pub(crate) struct OutcomeSummary {
    error: Option<Code>,
    filter_id: Option<String>,
    id: Option<u64>,
}

/// Code and text of an error.
type Code = (Option<u32>, Option<String>);

/// A success for the object with this `filter_id` and `id`.
pub(crate) fn ok<'a>(filter_id: impl Into<Option<&'a str>>, id: impl Into<Option<u64>>) -> OutcomeSummary {
    OutcomeSummary { error: None, filter_id: filter_id.into().map(str::to_owned), id: id.into() }
}

/// An error for the object with this `filter_id` and `id`.
pub(crate) fn failed<'a>(
    code: impl Into<Option<u32>>,
    text: impl Into<Option<&'a str>>,
    filter_id: impl Into<Option<&'a str>>,
    id: impl Into<Option<u64>>,
) -> OutcomeSummary {
    OutcomeSummary { error: Some((code.into(), text.into().map(str::to_owned))), ..ok(filter_id, id) }
}

/// Summarizes outcomes.
#[track_caller]
pub(crate) fn summarize(outcomes: Outcomes<Matched>) -> Vec<OutcomeSummary> {
    outcomes
        .into_iter()
        .map(|outcome| {
            let (error, body) = match outcome {
                Ok(body) => (None, body),
                Err(fault) => (Some(code(&fault)), fault.body),
            };
            let Matched { filter_id, id, .. } = body;
            OutcomeSummary { error, filter_id, id: id.map(|id| id.get()) }
        })
        .collect()
}

/// Returns code and text of a fault. Its result must be readable.
#[track_caller]
pub(crate) fn code<B>(fault: &Fault<B>) -> Code {
    assert_eq!(fault.unreadable, None);
    (fault.code.map(|code| code.0), fault.text.clone())
}
