//! Holds the replies to a batch until each handle takes its answer.

use std::any::Any;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use plesk_wire::packet::Operation;

use crate::batch::{BatchId, Handle};
use crate::codec::{DecodedResponse, Mismatch, OperationPath, ReadAnswer, Refusal, ReplySlot, SlotState};
use crate::error::{Error, SystemError};

/// The server's response to a [`Batch`](crate::Batch).
///
/// Each handle takes its own answer, in any order:
///
/// ```no_run
/// # async fn example(client: plesk::Client) -> Result<(), plesk::Error> {
/// use plesk::{Batch, customer, session};
///
/// let mut batch = Batch::new();
/// let del = batch.push(customer::Del::new(customer::Filter::id(7)));
/// let end = batch.push(session::Terminate::new("a66734b"));
/// let response = client.send_batch(batch).await?;
/// response.take(end)??;
/// for outcome in response.take(del)? {
///     println!("{outcome:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "the answers, including the faults of operations, are in the response"]
pub struct BatchResponse {
    batch: BatchId,
    host: Option<String>,
    version: Option<String>,
    output: Option<String>,
    skipped: u64,
    /// The error of the packet as a whole: why an operation may have no reply.
    system: Option<SystemError>,
    operations: Mismatch,
    /// The operations with faults.
    refusals: Vec<Refusal>,
    attempts: u32,
    /// A mutex, so that `take` needs no `&mut`: it consumes the handle, so each slot is taken once.
    slots: Mutex<Vec<Option<Box<dyn ReplySlot>>>>,
}

impl BatchResponse {
    /// # Errors
    /// If none of the operations has a reply.
    pub(crate) fn new(
        batch: BatchId,
        host: Option<&str>,
        decoded: DecodedResponse,
        before: Option<String>,
        attempts: u32,
    ) -> Result<Self, Error> {
        let DecodedResponse { version, slots, system, output, operations, skipped, refusals } = decoded;
        let output = match (before, output) {
            (Some(before), Some(output)) => Some(format!("{before}\n{output}")),
            (before, output) => before.or(output),
        };
        let system = system.map(|fault| SystemError::new(fault, output.clone()));
        let answered = slots.iter().any(|slot| slot.state() == SlotState::Filled);
        let slots = Mutex::new(slots.into_iter().map(Some).collect());
        let host = host.map(str::to_owned);
        let response = Self { batch, host, version, output, skipped, system, operations, refusals, attempts, slots };
        if answered { Ok(response) } else { Err(response.missing_reply()) }
    }

    /// Returns the answer to the operation of `handle`.
    ///
    /// # Errors
    /// - [`Error::Unreadable`] if the reply to this operation could not be read. Other operations are not
    ///   affected.
    /// - [`Error::Mismatch`] if this operation has no reply, or if it is ambiguous which reply belongs
    ///   to it; [`Error::System`] if the server gave up before it.
    /// - [`Error::ForeignHandle`] if `handle` comes from a different batch.
    pub fn take<Op: Operation + 'static>(&self, handle: Handle<Op>) -> Result<Op::Answer, Error> {
        self.take_answer(handle).map_err(|error| error.with_host(self.host.as_deref()))
    }

    fn take_answer<Op: Operation + 'static>(&self, handle: Handle<Op>) -> Result<Op::Answer, Error> {
        let slot = self.take_slot(handle.batch, handle.index).ok_or(Error::ForeignHandle)?;
        match slot.state() {
            SlotState::Filled => {}
            SlotState::Empty => return Err(self.missing_reply()),
            SlotState::Ambiguous => return Err(Error::Mismatch(self.operations.clone())),
        }
        let answer: Box<dyn Any> = slot.into_any();
        let answer: Option<ReadAnswer<Op>> = answer.downcast().ok().and_then(|answer| *answer);
        answer.ok_or(Error::ForeignHandle)?.map_err(|source| Error::Unreadable { host: None, source })
    }

    /// Returns the protocol version of the response: the requested one, or the server's newest.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns the number of elements and attributes that were skipped because the schema does not
    /// define them. A newer server may send such elements.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Returns the text that programs on the server printed before the packet or into it (`<output>`), if any.
    /// It helps to find problems on the server.
    pub fn output(&self) -> Option<&str> {
        self.output.as_deref()
    }

    /// Returns how often the packet was sent, including the attempt that brought this response: 1 unless
    /// the client has a [`RetryPolicy`](crate::RetryPolicy).
    ///
    /// An earlier attempt may have been executed if it reached the server and was not refused as a whole.
    /// In that case, a deletion that may be repeated counts an object that does not exist as deleted. Its
    /// [`Outcome`](crate::Outcome) then has status "ok" and still has the error code.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the operations that were refused, in order, at least in part: an operation on several objects may have
    /// succeeded on others.
    ///
    /// A deletion that was sent again and did not find its object is none of them.
    pub fn refused(&self) -> impl Iterator<Item = OperationPath> {
        self.refusals.iter().map(|refusal| refusal.operation)
    }

    /// Returns the operations with faults.
    #[cfg(feature = "_client")]
    pub(crate) fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// Returns the error that explains why an operation has no reply.
    fn missing_reply(&self) -> Error {
        match &self.system {
            Some(system) => Error::System(system.clone()),
            None => Error::Mismatch(self.operations.clone()),
        }
    }

    fn take_slot(&self, batch: BatchId, index: usize) -> Option<Box<dyn ReplySlot>> {
        if batch != self.batch {
            return None;
        }
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.get_mut(index).and_then(Option::take)
    }
}

/// Shows the paths of requested and answered operations, not the replies: these may contain secrets.
impl fmt::Debug for BatchResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchResponse")
            .field("version", &self.version)
            .field("operations", &self.operations)
            .field("skipped", &self.skipped)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
