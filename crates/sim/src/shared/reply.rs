//! Replies of operations that do not report one result for each object.

use plesk_wire::packet::{EachReply, Outcome, SingleReply};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;

/// Returns the reply of an operation that has a single result.
pub(crate) fn single_reply<B: Content>(result: Result<B, Refusal>) -> SingleReply<B> {
    match result {
        Ok(body) => Outcome::ok(body).into(),
        Err(refusal) => refusal.into_outcome(B::placeholder()).into(),
    }
}

/// Returns the reply of an operation that was refused before any object was looked up.
pub(crate) fn refused_reply<B: Content, const MIN: usize>(refusal: Refusal) -> EachReply<B, MIN> {
    vec![refusal.into_outcome(B::placeholder())].into()
}

/// Returns a reply with one result for each item. If there are fewer results than the schema requires, an
/// `ok` without data is added.
pub(crate) fn each_reply<B: Content, const MIN: usize>(
    results: impl IntoIterator<Item = Result<B, Refusal>>,
) -> EachReply<B, MIN> {
    let outcome = |result| match result {
        Ok(body) => Outcome::ok(body),
        Err(refusal) => Refusal::into_outcome(refusal, B::placeholder()),
    };
    let mut outcomes: Vec<_> = results.into_iter().map(outcome).collect();
    while outcomes.len() < MIN {
        outcomes.push(Outcome::ok(B::placeholder()));
    }
    outcomes.into()
}
