//! Where the answer to one operation goes.

use std::any::Any;

use plesk_wire::packet::Operation;
use plesk_wire::xml::{ReadError, ReadErrorKind, Reader};

use super::Shape;

/// Where the answer to one operation goes, whatever its type.
pub(crate) trait Slot: Send {
    fn shape(&self) -> Shape;

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

/// What the server answered to `Op`, or why that could not be read.
pub(crate) type Answer<Op> = Result<<Op as Operation>::Reply, ReadError>;

/// The slot of an operation of type `Op`.
pub(crate) struct Typed<Op: Operation> {
    answer: Option<Answer<Op>>,
    doubtful: bool,
}

impl<Op: Operation> Typed<Op> {
    pub(super) fn empty() -> Self {
        Self { answer: None, doubtful: false }
    }
}

impl<Op: Operation + 'static> Slot for Typed<Op> {
    fn shape(&self) -> Shape {
        Shape::of::<Op>()
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
        let read = match reader.isolated::<Op::Reply>(name, index)? {
            Err(error) if lacks_content(&error, &reader.location(), name) => Op::nothing().ok_or(error),
            read => read,
        };
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
