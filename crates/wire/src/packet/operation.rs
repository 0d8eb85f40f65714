//! What can be asked of the server.

use std::fmt;

use super::{Effect, Fault, Idempotency, Outcome};
use crate::xml::Content;

/// A request for one operation, and how to read its answer. Emitted, one a request.
pub trait Operation: Content + Send {
    /// The operator's element, for example `service-plan`.
    const OPERATOR: &'static str;

    /// The operation's element within the operator's, or the elements, if it is nested.
    const PATH: &'static [&'static str];

    /// Whether the schema lets the server answer one request with several elements.
    const REPEATS: bool = false;

    /// The operation's element in the answer, as the schema has it.
    type Reply: Content + Send + 'static;

    /// The answer, as a caller looks at it.
    type Answer: Send + 'static;

    /// The most that the operation can do to the server.
    const EFFECT: Effect;

    /// Whether it may always be sent again when its answer was lost.
    const IDEMPOTENCY: Idempotency;

    /// Whether an answer without any result says that nothing matched.
    const MAY_BE_EMPTY: bool = false;

    /// What this request does to the server.
    fn effect(&self) -> Effect {
        Self::EFFECT
    }

    /// Whether this request may be sent again when its answer was lost.
    fn idempotency(&self) -> Idempotency {
        Self::IDEMPOTENCY
    }

    /// The answer, from the elements of the reply.
    ///
    /// # Errors
    /// If the reply says "ok" but lacks what a success carries.
    fn answer(reply: Self::Reply) -> Result<Self::Answer, Incomplete>;

    /// What an element of the answer that holds no result at all says: that nothing matched, if
    /// that can be, or `None` if a result must stand there.
    #[doc(hidden)]
    fn nothing() -> Option<Self::Reply> {
        Self::MAY_BE_EMPTY.then(Content::placeholder)
    }

    /// Takes what was not there for deleted: an earlier attempt may have done so.
    #[doc(hidden)]
    fn not_found_as_success(_reply: &mut Self::Reply) {}

    /// Joins a further reply to the same request; see [`Operation::REPEATS`].
    #[doc(hidden)]
    fn join(_reply: &mut Self::Reply, _further: Self::Reply) {}
}

/// A result that says "ok" but lacks what a success carries.
///
/// ```
/// use plesk_wire::packet::{Incomplete, Outcome};
///
/// assert_eq!(Outcome::ok(None::<u64>).into_complete(), Err(Incomplete));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incomplete;

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the result says ok but carries no data")
    }
}

impl std::error::Error for Incomplete {}

impl<T> Outcome<Option<T>> {
    /// As [`into_result`](Outcome::into_result), where a success always carries data.
    ///
    /// # Errors
    /// [`Incomplete`] if it does not.
    pub fn into_complete(self) -> Result<Result<T, Fault<Option<T>>>, Incomplete> {
        match self.into_result() {
            Ok(Some(data)) => Ok(Ok(data)),
            Ok(None) => Err(Incomplete),
            Err(fault) => Ok(Err(fault)),
        }
    }
}
