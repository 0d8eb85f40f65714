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
