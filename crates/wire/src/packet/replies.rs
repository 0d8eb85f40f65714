//! Replies that contain only results.

use super::outcome::Outcome;
use crate::xml::Content;

/// A reply with one result.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::{Outcome, SingleReply};
///
/// assert!(SingleReply::from(Outcome::ok(())).result.is_ok());
/// ```
#[derive(Clone, Content, Debug, PartialEq)]
#[non_exhaustive]
#[xml(crate = crate)]
pub struct SingleReply<B = ()> {
    /// The element `result`.
    #[xml(element = "result")]
    pub result: Outcome<B>,
}

/// A reply with one result for each object, at least `MIN`.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::{EachReply, Outcome};
///
/// let reply: EachReply<u64> = [7, 8].into_iter().map(Outcome::ok).collect();
/// assert_eq!(reply.results.len(), 2);
/// ```
#[derive(Clone, Content, Debug, PartialEq)]
#[non_exhaustive]
#[xml(crate = crate)]
pub struct EachReply<B = (), const MIN: usize = 1> {
    /// The elements `result`.
    #[xml(element = "result", min = MIN)]
    pub results: Vec<Outcome<B>>,
}

impl<B> From<Outcome<B>> for SingleReply<B> {
    fn from(result: Outcome<B>) -> Self {
        Self { result }
    }
}

impl<B, const MIN: usize> From<Vec<Outcome<B>>> for EachReply<B, MIN> {
    fn from(results: Vec<Outcome<B>>) -> Self {
        Self { results }
    }
}

impl<B, const MIN: usize> FromIterator<Outcome<B>> for EachReply<B, MIN> {
    fn from_iter<I: IntoIterator<Item = Outcome<B>>>(results: I) -> Self {
        Self { results: results.into_iter().collect() }
    }
}
