//! Takes the outcomes of an operation out of a part of its answer.

use plesk_wire::packet::{Fault, Operation, OutcomeBody, Outcomes};
use plesk_wire::xml::ReadError;

use crate::codec::{OperationPath, ReadAnswer, ReplySlot};

/// Takes the outcomes of type `O` out of a slot; `None` if it has a different type. Errors get another place.
pub(super) type Take<O> = fn(Box<dyn ReplySlot>, &Place) -> Taken<O>;

pub(super) type Taken<O> = Option<Result<Vec<O>, ReadError>>;

/// A [`Take`] for the operation `Op`.
fn take_outcomes<Op, T, B>(slot: Box<dyn ReplySlot>, place: &Place) -> Taken<Result<T, Fault<B>>>
where
    Op: Operation<Answer = Outcomes<T, B>> + 'static,
    T: 'static,
    B: OutcomeBody<T> + 'static,
{
    let answer: Option<ReadAnswer<Op>> = *slot.into_any().downcast().ok()?;
    let at_place = |outcome: Result<T, Fault<B>>| {
        outcome.map_err(|mut fault| {
            fault.unreadable = fault.unreadable.map(|error| place.of_whole(error));
            fault
        })
    };
    Some(match answer? {
        Ok(outcomes) => Ok(outcomes.into_iter().map(at_place).collect()),
        Err(error) => Err(place.of_whole(error)),
    })
}

/// Where a part is in its response.
pub(super) struct Place {
    /// The line of the part in its own document, and in the response.
    pub(super) lines: (u32, u32),
    /// The number of the result in its reply.
    pub(super) number: usize,
    /// The element of the reply, and its number.
    pub(super) reply: (&'static str, usize),
}

impl Place {
    /// Returns an error of the part as an error of the response.
    pub(super) fn of_whole(&self, error: ReadError) -> ReadError {
        let (of_part, of_response) = self.lines;
        let line = error.line().saturating_sub(of_part).saturating_add(of_response);
        let mut path = error.path().replacen("/result[1]", &format!("/result[{}]", self.number), 1);
        if let (name, reply @ 2..) = self.reply {
            path = path.replacen(&format!("/{name}/"), &format!("/{name}[{reply}]/"), 1);
        }
        error.at(line, path)
    }
}

/// How the reply to one operation becomes outcomes of type `O`.
pub(crate) struct ReplyReader<O> {
    pub(super) path: OperationPath,
    pub(super) repeats: bool,
    pub(super) take: Take<O>,
}

impl<O> Clone for ReplyReader<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for ReplyReader<O> {}

impl<T: 'static, B: OutcomeBody<T> + 'static> ReplyReader<Result<T, Fault<B>>> {
    /// Returns that of the operation `Op`.
    pub(crate) fn of<Op: Operation<Answer = Outcomes<T, B>> + 'static>() -> Self {
        Self { path: OperationPath::of::<Op>(), repeats: Op::REPEATS, take: take_outcomes::<Op, T, B> }
    }
}
