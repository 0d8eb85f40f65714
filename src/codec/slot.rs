//! Where the answer to one operation goes.

use std::any::Any;

use plesk_wire::packet::{Idempotency, Operation};
use plesk_wire::xml::{ReadError, ReadErrorKind, Reader};

use super::OperationPath;

/// Where the answer to one operation goes, whatever its type.
pub(crate) trait ReplySlot: Send {
    fn shape(&self) -> OperationPath;

    /// Whether several elements may answer the operation.
    fn repeats(&self) -> bool;

    fn state(&self) -> State;

    /// Reads the element that stands next, named `name`, the `index`-th of its name or 0. An error
    /// that leaves the rest of the packet readable becomes the answer.
    fn read(&mut self, reader: &mut Reader<'_>, name: &'static str, index: usize) -> Result<(), ReadError>;

    /// Notes that it cannot be told which operation the answer belongs to.
    fn doubt(&mut self);

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send>;
}

/// Whether there is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Unanswered,
    Answered,
    /// There is one, or there are several, but they may belong to another operation.
    Doubtful,
}

/// An operation that waits for its answer, in the little that has to be kept of it.
pub(crate) struct Pending {
    shape: OperationPath,
    idempotency: Idempotency,
    slot: fn(not_found_as_success: bool) -> Box<dyn ReplySlot>,
}

impl Pending {
    pub(crate) fn of<Op: Operation + 'static>(operation: &Op) -> Self {
        let slot = |not_found_as_success| -> Box<dyn ReplySlot> { Box::new(Typed::<Op>::empty(not_found_as_success)) };
        Self { shape: OperationPath::of::<Op>(), idempotency: operation.idempotency(), slot }
    }

    pub(crate) fn shape(&self) -> OperationPath {
        self.shape
    }

    /// A place for the answer. Where `not_found_as_success`, an object that is not there counts as deleted,
    /// if deleting it is what the operation does.
    pub(crate) fn slot(&self, not_found_as_success: bool) -> Box<dyn ReplySlot> {
        (self.slot)(not_found_as_success && self.idempotency == Idempotency::IdempotentDelete)
    }
}

/// What the server answered to `Op`, or why that could not be read.
pub(crate) type Answer<Op> = Result<<Op as Operation>::Reply, ReadError>;

/// The slot of an operation of type `Op`.
pub(crate) struct Typed<Op: Operation> {
    answer: Option<Answer<Op>>,
    doubtful: bool,
    not_found_as_success: bool,
}

impl<Op: Operation> Typed<Op> {
    fn empty(not_found_as_success: bool) -> Self {
        Self { answer: None, doubtful: false, not_found_as_success }
    }
}

impl<Op: Operation + 'static> ReplySlot for Typed<Op> {
    fn shape(&self) -> OperationPath {
        OperationPath::of::<Op>()
    }

    fn repeats(&self) -> bool {
        Op::REPEATS
    }

    fn state(&self) -> State {
        match &self.answer {
            _ if self.doubtful => State::Doubtful,
            Some(_) => State::Answered,
            None => State::Unanswered,
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>, name: &'static str, index: usize) -> Result<(), ReadError> {
        let mut read = match reader.read_recoverable::<Op::Reply>(name, index)? {
            Err(error) if lacks_content(&error, &reader.path(), name) => Op::nothing().ok_or(error),
            read => read,
        };
        if let (Ok(reply), true) = (&mut read, self.not_found_as_success) {
            Op::not_found_as_success(reply);
        }
        match (&mut self.answer, read) {
            (Some(Ok(reply)), Ok(further)) => Op::join(reply, further),
            (Some(Err(_)), _) => {}
            (answer, read) => *answer = Some(read),
        }
        Ok(())
    }

    fn doubt(&mut self) {
        self.doubtful = true;
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        Box::new(self.answer)
    }
}

/// Whether what is wrong is that a member of the element `name` itself, a child of `parent`, is missing.
fn lacks_content(error: &ReadError, parent: &str, name: &str) -> bool {
    let without_indices =
        |path: &str| path.split('/').filter_map(|step| step.split('[').next()).collect::<Vec<_>>().join("/");
    matches!(error.kind(), ReadErrorKind::Missing(_)) && without_indices(error.path()) == format!("{parent}/{name}")
}
