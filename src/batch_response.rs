//! What the server answered to a batch.

use std::any::Any;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use plesk_wire::packet::Operation;

use crate::batch::{BatchId, Handle};
use crate::codec::{Answer, Decoded, Mismatch, OperationPath, ReplySlot, State};
use crate::error::{Error, SystemError};

/// The answers to the operations of a [`Batch`](crate::Batch).
///
/// Each handle takes its own, in any order:
///
/// ```no_run
/// # async fn example(client: plesk::Client) -> Result<(), plesk::Error> {
/// use plesk::{Batch, customer, session};
///
/// let mut batch = Batch::new();
/// let del = batch.push(customer::Del::new(customer::Filter::id(7)));
/// let end = batch.push(session::Terminate::new("a66734b"));
/// let reply = client.send_batch(batch).await?;
/// reply.take(end)??;
/// for outcome in reply.take(del)? {
///     println!("{outcome:?}");
/// }
/// # Ok(())
/// # }
/// ```
pub struct BatchResponse {
    batch: BatchId,
    host: Option<String>,
    version: Option<String>,
    output: Option<String>,
    skipped: u64,
    /// Why an operation may have no answer.
    system: Option<SystemError>,
    shapes: Mismatch,
    attempts: u32,
    /// A handle takes its answer once and is used up by it, so that this needs no `&mut`.
    slots: Mutex<Vec<Option<Box<dyn ReplySlot>>>>,
}

impl BatchResponse {
    /// # Errors
    /// If no operation at all was answered.
    pub(crate) fn new(batch: BatchId, host: Option<&str>, decoded: Decoded, attempts: u32) -> Result<Self, Error> {
        let Decoded { version, slots, system, output, shapes, skipped } = decoded;
        let system = system.map(|fault| SystemError::new(fault, output.clone()));
        let answered = slots.iter().any(|slot| slot.state() == State::Answered);
        let slots = Mutex::new(slots.into_iter().map(Some).collect());
        let host = host.map(str::to_owned);
        let reply = Self { batch, host, version, output, skipped, system, shapes, attempts, slots };
        if answered { Ok(reply) } else { Err(reply.unanswered()) }
    }

    /// The answer to the operation of `handle`.
    ///
    /// # Errors
    /// - [`Error::Unreadable`] if the answer to this operation could not be read, and
    ///   [`Error::Incomplete`] if it says "ok" but lacks the data of a success; other operations
    ///   are not affected.
    /// - [`Error::Mismatch`] if there is no answer to this operation, or it cannot be told which
    ///   answer is its; [`Error::System`] if the server gave up before it.
    /// - [`Error::ForeignHandle`] if `handle` comes from another batch.
    pub fn take<Op: Operation + 'static>(&self, handle: Handle<Op>) -> Result<Op::Answer, Error> {
        self.answer(handle).map_err(|error| error.at(self.host.as_deref()))
    }

    fn answer<Op: Operation + 'static>(&self, handle: Handle<Op>) -> Result<Op::Answer, Error> {
        let slot = self.slot(handle.batch, handle.index).ok_or(Error::ForeignHandle)?;
        match slot.state() {
            State::Answered => {}
            State::Unanswered => return Err(self.unanswered()),
            State::Doubtful => return Err(Error::Mismatch(self.shapes.clone())),
        }
        let answer: Box<dyn Any> = slot.into_any();
        let answer: Option<Answer<Op>> = answer.downcast().ok().and_then(|answer| *answer);
        let reply = answer.ok_or(Error::ForeignHandle)?.map_err(|source| Error::Unreadable { host: None, source })?;
        Op::answer(reply).map_err(|_| Error::Incomplete { host: None, operation: OperationPath::of::<Op>() })
    }

    /// The protocol version that the server answered in: the one that was asked for, or its newest.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// How many elements and attributes of the answer were skipped because the schema does not know
    /// them, as a newer server may send.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// What programs on the server wrote beside the answer, if anything: for finding faults there.
    pub fn output(&self) -> Option<&str> {
        self.output.as_deref()
    }

    /// How often the packet was sent, with this answer to the last time: 1 unless the client has a
    /// [`RetryPolicy`](crate::RetryPolicy).
    ///
    /// Where an earlier attempt may have been carried out, because it reached the server and was not
    /// refused as a whole, the answer to a deletion that may be repeated counts an object that does not
    /// exist as deleted. Its [`Outcome`](crate::Outcome) then keeps the error code beside the status
    /// "ok".
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Why an operation has no answer.
    fn unanswered(&self) -> Error {
        match &self.system {
            Some(system) => Error::System(system.clone()),
            None => Error::Mismatch(self.shapes.clone()),
        }
    }

    fn slot(&self, batch: BatchId, index: usize) -> Option<Box<dyn ReplySlot>> {
        if batch != self.batch {
            return None;
        }
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.get_mut(index).and_then(Option::take)
    }
}

/// Shows what was asked and answered, not the answers, which may hold secrets.
impl fmt::Debug for BatchResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchResponse")
            .field("version", &self.version)
            .field("shapes", &self.shapes)
            .field("skipped", &self.skipped)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
