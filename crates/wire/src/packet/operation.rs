//! The trait of all operations.

use super::effect::{Effect, Idempotency};
use crate::xml::Content;

/// The request of one operation, and how to read its answer. Generated for each request.
pub trait Operation: Content + Send {
    /// The operator's element, for example `service-plan`.
    const OPERATOR: &'static str;

    /// The operation's element within the operator's; several elements if it is nested.
    const PATH: &'static [&'static str];

    /// `true` if the schema lets the server answer one request with several elements.
    const REPEATS: bool = false;

    /// The elements that name the objects that the operation changes or deletes, where it has no filter. Paths below
    /// the operation's element, such as `session-id`.
    const TARGETS: &'static [&'static str] = &[];

    /// The operation's element in the response, exactly as the schema has it.
    type Reply: Content + Send + 'static;

    /// The answer: a view of the reply for callers.
    type Answer: Send + 'static;

    /// The most severe effect that the operation can have.
    const EFFECT: Effect;

    /// The idempotency of every such request: may it be sent again after its answer was lost?
    const IDEMPOTENCY: Idempotency;

    /// `true` if a reply without any result means that nothing matched.
    const MAY_BE_EMPTY: bool = false;

    /// Returns the effect of this request.
    fn effect(&self) -> Effect {
        Self::EFFECT
    }

    /// Returns the idempotency of this request.
    fn idempotency(&self) -> Idempotency {
        Self::IDEMPOTENCY
    }

    /// Converts the reply to an answer. A success that lacks its data becomes a fault
    /// ([`is_incomplete`](super::Fault::is_incomplete)).
    fn answer(reply: Self::Reply) -> Self::Answer;

    /// Returns the reply for an empty element: that nothing matched, or `None` if a result is required.
    #[doc(hidden)]
    fn nothing() -> Option<Self::Reply> {
        Self::MAY_BE_EMPTY.then(Content::placeholder)
    }

    /// Counts objects that do not exist as deleted: an earlier attempt may have deleted them.
    #[doc(hidden)]
    fn not_found_as_success(_reply: &mut Self::Reply) {}

    /// Appends a further reply to the same request; see [`Operation::REPEATS`].
    #[doc(hidden)]
    fn join(_reply: &mut Self::Reply, _further: Self::Reply) {}
}
