//! The slot that receives the reply to one operation.

use std::any::Any;

use plesk_wire::packet::{Idempotency, Operation};
use plesk_wire::xml::{ReadError, ReadErrorKind, Reader};

use super::OperationPath;

/// The slot for the reply to an operation of any type.
pub(crate) trait ReplySlot: Send {
    fn path(&self) -> OperationPath;

    /// Returns `true` if several elements may answer the operation.
    fn repeats(&self) -> bool;

    fn state(&self) -> SlotState;

    /// Reads the next element, named `name`, the `index`-th of its name, or 0 to show no index. An error
    /// that leaves the rest of the packet readable is stored as the reply.
    fn read(&mut self, reader: &mut Reader<'_>, name: &'static str, index: usize) -> Result<(), ReadError>;

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

/// The reply to `Op`, or why it could not be read.
pub(crate) type ReadReply<Op> = Result<<Op as Operation>::Reply, ReadError>;

/// The slot of an operation of type `Op`.
struct TypedSlot<Op: Operation> {
    reply: Option<ReadReply<Op>>,
    ambiguous: bool,
    not_found_as_success: bool,
}

impl<Op: Operation> TypedSlot<Op> {
    fn new(not_found_as_success: bool) -> Self {
        Self { reply: None, ambiguous: false, not_found_as_success }
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
            None => SlotState::Empty,
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>, name: &'static str, index: usize) -> Result<(), ReadError> {
        let mut read = match reader.read_recoverable::<Op::Reply>(name, index)? {
            Err(error) if lacks_child(&error, &reader.path(), name) => Op::nothing().ok_or(error),
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

    fn mark_ambiguous(&mut self) {
        self.ambiguous = true;
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        Box::new(self.reply)
    }
}

/// Returns `true` if the error is that a direct child of the element `name` in `parent` is missing.
fn lacks_child(error: &ReadError, parent: &str, name: &str) -> bool {
    let without_indices =
        |path: &str| path.split('/').filter_map(|step| step.split('[').next()).collect::<Vec<_>>().join("/");
    matches!(error.kind(), ReadErrorKind::Missing(_)) && without_indices(error.path()) == format!("{parent}/{name}")
}
