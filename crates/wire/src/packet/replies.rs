//! Replies that contain only results.

use super::outcome::Outcome;
use crate::xml::{Content, ReadError, Reader, Visitor};

/// A reply with one result.
///
/// ```
/// use plesk_wire::packet::{Outcome, SingleReply};
///
/// assert!(SingleReply::from(Outcome::ok(())).result.is_ok());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SingleReply<B = ()> {
    /// The element `result`.
    pub result: Outcome<B>,
}

/// A reply with one result for each object, at least `MIN`.
///
/// ```
/// use plesk_wire::packet::{EachReply, Outcome};
///
/// let reply: EachReply<u64> = [7, 8].into_iter().map(Outcome::ok).collect();
/// assert_eq!(reply.results.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EachReply<B = (), const MIN: usize = 1> {
    /// The elements `result`.
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

impl<B: Content> Content for SingleReply<B> {
    fn placeholder() -> Self {
        Self { result: Content::placeholder() }
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.element("result", &mut self.result)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.element("result", &self.result);
    }
}

impl<B: Content, const MIN: usize> Content for EachReply<B, MIN> {
    fn placeholder() -> Self {
        Self { results: Vec::new() }
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.elements("result", MIN, usize::MAX, &mut self.results)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.elements("result", MIN, usize::MAX, &self.results);
    }
}
