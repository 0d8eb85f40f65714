//! Outcomes in a form that tests can state in full.

use plesk::common::Matched;
use plesk::{Fault, Outcomes};

/// All that a program can see of the outcome for one object.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    error: Option<Code>,
    filter_id: Option<String>,
    id: Option<u64>,
}

/// The code and the text of an error.
type Code = (Option<u32>, Option<String>);

/// A success for the object that `filter_id` and `id` tell.
pub(crate) fn ok<'a>(filter_id: impl Into<Option<&'a str>>, id: impl Into<Option<u64>>) -> Seen {
    Seen { error: None, filter_id: filter_id.into().map(str::to_owned), id: id.into() }
}

/// An error for the object that `filter_id` and `id` tell.
pub(crate) fn failed<'a>(
    code: impl Into<Option<u32>>,
    text: impl Into<Option<&'a str>>,
    filter_id: impl Into<Option<&'a str>>,
    id: impl Into<Option<u64>>,
) -> Seen {
    Seen { error: Some((code.into(), text.into().map(str::to_owned))), ..ok(filter_id, id) }
}

/// The outcomes as they are seen.
#[track_caller]
pub(crate) fn seen(outcomes: Outcomes<Matched>) -> Vec<Seen> {
    outcomes
        .into_iter()
        .map(|outcome| {
            let (error, body) = match outcome {
                Ok(body) => (None, body),
                Err(fault) => (Some(code(&fault)), fault.body),
            };
            let Matched { filter_id, id, .. } = body;
            Seen { error, filter_id, id: id.map(|id| id.get()) }
        })
        .collect()
}

/// Code and text of a fault of the server, whose result could be read.
#[track_caller]
pub(crate) fn code<B>(fault: &Fault<B>) -> Code {
    assert_eq!(fault.unreadable, None);
    (fault.code.map(|code| code.0), fault.text.clone())
}
