//! The slot that receives the reply to one operation.

use std::any::Any;
use std::sync::Arc;

use plesk_wire::packet::{ErrorCode, Idempotency, Operation, ReplyContext};
use plesk_wire::xml::{ReadError, ReadErrorKind, Reader};

use super::{OperationPath, ResponseScope};

/// The slot for the reply to an operation of any type.
pub(crate) trait ReplySlot: Send {
    fn path(&self) -> OperationPath;

    /// Returns `true` if several elements may answer the operation.
    fn repeats(&self) -> bool;

    fn state(&self) -> SlotState;

    /// Reads the next element, named `name`, the `index`-th of its name, or 0 to show no index. An error
    /// that leaves the rest of the packet readable is stored as the reply.
    fn read(
        &mut self,
        reader: &mut Reader<'_>,
        name: &'static str,
        index: usize,
        scope: &ResponseScope,
    ) -> Result<(), ReadError>;

    /// Turns the reply into the answer, once all of it was read.
    fn finish(&mut self);

    /// Returns the number of faults in the reply, and the first error code.
    fn refused(&self) -> (u32, Option<ErrorCode>);

    /// Records that the reply may belong to a different operation.
    fn mark_ambiguous(&mut self);

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send>;
}

/// The state of a [`ReplySlot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotState {
    /// There is no reply.
    Empty,
    /// There is a reply.
    Filled,
    /// There is at least one reply, but it may belong to a different operation.
    Ambiguous,
}

/// An operation that waits for its reply, reduced to what has to be kept of it.
pub(crate) struct Pending {
    path: OperationPath,
    idempotency: Idempotency,
    new_slot: fn(not_found_as_success: bool) -> Box<dyn ReplySlot>,
}

impl Pending {
    pub(crate) fn new<Op: Operation + 'static>(operation: &Op) -> Self {
        let new_slot =
            |not_found_as_success| -> Box<dyn ReplySlot> { Box::new(TypedSlot::<Op>::new(not_found_as_success)) };
        Self { path: OperationPath::of::<Op>(), idempotency: operation.idempotency(), new_slot }
    }

    pub(crate) fn path(&self) -> OperationPath {
        self.path
    }

    /// Creates an empty slot. If `not_found_as_success`, and if the operation deletes by a stable key, an
    /// object that does not exist counts as deleted.
    pub(crate) fn slot(&self, not_found_as_success: bool) -> Box<dyn ReplySlot> {
        (self.new_slot)(not_found_as_success && self.idempotency == Idempotency::IdempotentDelete)
    }
}

/// The answer to `Op`, or why its reply could not be read.
pub(crate) type ReadAnswer<Op> = Result<<Op as Operation>::Answer, ReadError>;

/// The slot of an operation of type `Op`.
struct TypedSlot<Op: Operation> {
    reply: Option<Result<Op::Reply, ReadError>>,
    /// The answer, which takes the place of the reply.
    answer: Option<ReadAnswer<Op>>,
    context: Option<Arc<ReplyContext>>,
    ambiguous: bool,
    not_found_as_success: bool,
}

impl<Op: Operation> TypedSlot<Op> {
    fn new(not_found_as_success: bool) -> Self {
        Self { reply: None, answer: None, context: None, ambiguous: false, not_found_as_success }
    }
}

impl<Op: Operation + 'static> ReplySlot for TypedSlot<Op> {
    fn path(&self) -> OperationPath {
        OperationPath::of::<Op>()
    }

    fn repeats(&self) -> bool {
        Op::REPEATS
    }

    fn state(&self) -> SlotState {
        match &self.reply {
            _ if self.ambiguous => SlotState::Ambiguous,
            Some(_) => SlotState::Filled,
            None if self.answer.is_some() => SlotState::Filled,
            None => SlotState::Empty,
        }
    }

    fn read(
        &mut self,
        reader: &mut Reader<'_>,
        name: &'static str,
        index: usize,
        scope: &ResponseScope,
    ) -> Result<(), ReadError> {
        let (path, not_found_as_success) = (self.path(), self.not_found_as_success);
        let new_context = || Arc::new(scope.context(path, not_found_as_success));
        let context = self.context.get_or_insert_with(new_context);
        reader.set_context(Some(context.clone()));
        let read = reader.read_recoverable::<Op::Reply>(name, index);
        reader.set_context(None);
        let mut read = match read? {
            Err(error) if lacks_child(&error, &reader.path(), name) => Op::nothing().ok_or(error),
            Err(error) => Err(error.map_texts(|text| context.mask(text))),
            read => read,
        };
        if let (Ok(reply), true) = (&mut read, self.not_found_as_success) {
            Op::not_found_as_success(reply);
        }
        match (&mut self.reply, read) {
            (Some(Ok(reply)), Ok(further)) => Op::join(reply, further),
            (Some(Err(_)), _) => {}
            (slot, read) => *slot = Some(read),
        }
        Ok(())
    }

    fn finish(&mut self) {
        self.answer = self.reply.take().map(|reply| reply.map(Op::answer));
    }

    fn refused(&self) -> (u32, Option<ErrorCode>) {
        self.context.as_ref().map_or((0, None), |context| context.refused())
    }

    fn mark_ambiguous(&mut self) {
        self.ambiguous = true;
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        Box::new(self.answer)
    }
}

/// Returns `true` if the error is that a direct child of the element `name` in `parent` is missing.
fn lacks_child(error: &ReadError, parent: &str, name: &str) -> bool {
    let without_indices =
        |path: &str| path.split('/').filter_map(|step| step.split('[').next()).collect::<Vec<_>>().join("/");
    matches!(error.kind(), ReadErrorKind::Missing(_)) && without_indices(error.path()) == format!("{parent}/{name}")
}
