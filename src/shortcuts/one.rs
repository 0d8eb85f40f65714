//! An operation on exactly one object.

use std::marker::PhantomData;

use plesk_wire::packet::{Effect, ErrorCode, Fault, Id, Idempotency, Operation, Outcome, OutcomeBody, Outcomes};
use plesk_wire::xml::{Any, Content, ContentKind, ReadError, Reader, Visitor};

/// An operation that must act on exactly one object. Its answer is the result for this object, or what `S` selects of it.
///
/// A [`Fault`] says so if nothing matched ([`is_not_found`](Fault::is_not_found)), or several objects did.
///
/// ```
/// use plesk::{customer, shortcuts::One};
///
/// let del = One::new(customer::Del::new(customer::Filter::login("jo")));
/// # let _ = del;
/// ```
#[derive(Debug)]
#[must_use]
pub struct One<Op, S = Whole> {
    /// The operation.
    pub operation: Op,
    select: PhantomData<fn() -> S>,
}

impl<Op> One<Op> {
    /// Creates the operation. Its answer is the whole result.
    pub fn new(operation: Op) -> Self {
        Self::of(operation)
    }
}

impl<Op, S> One<Op, S> {
    pub(super) fn of(operation: Op) -> Self {
        Self { operation, select: PhantomData }
    }
}

impl<Op: Clone, S> Clone for One<Op, S> {
    fn clone(&self) -> Self {
        Self::of(self.operation.clone())
    }
}

impl<Op: PartialEq, S> PartialEq for One<Op, S> {
    fn eq(&self, other: &Self) -> bool {
        self.operation == other.operation
    }
}

/// What the answer of a [`One`] has of the result `T`.
pub trait Select<T> {
    /// The answer.
    type Answer: Send + 'static;

    /// Returns the answer; `None` if the server left out what it must have.
    fn select(result: T) -> Option<Self::Answer>;
}

/// Selects the whole result.
#[derive(Debug)]
pub enum Whole {}

impl<T: Send + 'static> Select<T> for Whole {
    type Answer = T;

    fn select(result: T) -> Option<T> {
        Some(result)
    }
}

/// Selects the ID and the general data of an object.
#[derive(Debug)]
pub enum Found {}

/// An object with its general data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FoundObject<I> {
    /// The ID of the object.
    pub id: Id,
    /// The general data.
    pub info: I,
}

/// Implements the selection of ID and general data for the result of a `get`.
macro_rules! impl_found {
    ($feature:literal, $module:ident, $info:ident) => {
        #[cfg(feature = $feature)]
        impl Select<plesk_protocol::$module::GetResult> for Found {
            type Answer = FoundObject<plesk_protocol::$module::$info>;

            fn select(result: plesk_protocol::$module::GetResult) -> Option<Self::Answer> {
                Some(FoundObject { id: result.id?, info: result.data?.gen_info? })
            }
        }
    };
}

impl_found!("customer", customer, GetGenInfo);
impl_found!("site", site, GenInfo);
impl_found!("webspace", webspace, GenInfo);

impl<Op: Content, S: 'static> Content for One<Op, S> {
    const KIND: ContentKind = Op::KIND;
    const DENY_UNKNOWN: bool = Op::DENY_UNKNOWN;

    fn placeholder() -> Self {
        Self::of(Op::placeholder())
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        self.operation.read_attributes(r)
    }

    fn recover(&mut self, error: ReadError, r: &Reader<'_>) -> Result<(), ReadError> {
        self.operation.recover(error, r)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        self.operation.read(r)
    }

    fn read_raw(&mut self, element: Any) {
        self.operation.read_raw(element);
    }

    fn visit_attributes<V: Visitor>(&self, v: &mut V) {
        self.operation.visit_attributes(v);
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        self.operation.visit(v);
    }
}

impl<Op, T, B, S> Operation for One<Op, S>
where
    S: Select<T> + 'static,
    Op: Operation<Answer = Outcomes<T, B>>,
    T: Send + 'static,
    B: OutcomeBody<T> + Send + 'static,
{
    const OPERATOR: &'static str = Op::OPERATOR;
    const PATH: &'static [&'static str] = Op::PATH;
    const REPEATS: bool = Op::REPEATS;
    const TARGETS: &'static [&'static str] = Op::TARGETS;
    const EFFECT: Effect = Op::EFFECT;
    const IDEMPOTENCY: Idempotency = Op::IDEMPOTENCY;
    const MAY_BE_EMPTY: bool = Op::MAY_BE_EMPTY;
    type Reply = Op::Reply;
    type Answer = Result<S::Answer, Fault>;

    fn effect(&self) -> Effect {
        self.operation.effect()
    }

    fn idempotency(&self) -> Idempotency {
        self.operation.idempotency()
    }

    fn answer(reply: Self::Reply) -> Self::Answer {
        match Op::answer(reply).into_single() {
            Ok(Ok(result)) => S::select(result).ok_or_else(left_out),
            Ok(Err(fault)) => Err(fault.erase()),
            Err(not_single) => Err(not_one(not_single.0.len())),
        }
    }

    fn nothing() -> Option<Self::Reply> {
        Op::nothing()
    }

    fn not_found_as_success(reply: &mut Self::Reply) {
        Op::not_found_as_success(reply);
    }

    fn join(reply: &mut Self::Reply, further: Self::Reply) {
        Op::join(reply, further);
    }
}

/// Returns the fault for a number of results other than one.
fn not_one(found: usize) -> Fault {
    match found {
        0 => fault(ErrorCode::NOT_FOUND, "nothing matches the filter".to_owned()),
        many => invalid(format!("{many} objects match the filter, and one was expected; select it by ID")),
    }
}

/// Returns the fault for a result without the ID or the general data of its object.
fn left_out() -> Fault {
    invalid("the server left out the ID or the general data of the object".to_owned())
}

/// Returns a fault for a result that does not say what was asked.
fn invalid(text: String) -> Fault {
    fault(ErrorCode::INVALID_VALUE, text)
}

fn fault(code: ErrorCode, text: String) -> Fault {
    match Outcome::error(code, text, ()).into_result() {
        Err(fault) => fault,
        Ok(()) => unreachable!("an error"),
    }
}
