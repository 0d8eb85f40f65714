//! From the bytes of an answer to the answers of its operations.
//!
//! The server carries out the operations of a packet one after the other and answers in the same
//! order, but it may spread them over operator elements in its own way. So the answers are read as
//! one sequence, in one pass, and matched with what was asked: the next answer belongs to the next
//! operation if it is of its shape. Where they part, nothing further is matched, and whatever could
//! belong to another operation is in doubt.

use plesk_wire::packet::{Fault, Outcome};
use plesk_wire::xml::{Any, Content, ReadError, Reader, SimpleType, Visitor};

use super::encode::{Ordinals, from_second};
use super::{CodecOptions, Mismatch, OperationPath, ReplySlot, State};

/// An answer as it was read.
pub(crate) struct Decoded {
    /// The protocol version of the answer.
    pub(crate) version: Option<String>,
    /// The slots, in the order of the operations.
    pub(crate) slots: Vec<Box<dyn ReplySlot>>,
    /// The error of the packet as a whole.
    pub(crate) system: Option<Fault>,
    /// What programs on the server wrote beside the answer.
    pub(crate) output: Option<String>,
    /// What was asked and what was answered.
    pub(crate) shapes: Mismatch,
    /// How many elements and attributes were skipped because the schema does not know them.
    pub(crate) skipped: u64,
}

/// Reads `body` as the answer to the operations that `slots` are for.
///
/// # Errors
/// If `body` is not well-formed, is not a packet or, for a strict reader, holds what the schema
/// does not allow.
pub(crate) fn decode(body: &[u8], slots: Vec<Box<dyn ReplySlot>>, rules: &CodecOptions) -> Result<Decoded, ReadError> {
    let mut reader = Reader::new(body, rules.reading, rules.limits())?;
    let mut incoming = Incoming::new(slots);
    reader.root("packet", &mut incoming)?;
    Ok(incoming.finish(reader.skipped()))
}

/// A packet being read. It is [`Content`] because that is what a reader reads.
#[derive(Default)]
struct Incoming {
    version: Option<String>,
    slots: Vec<Box<dyn ReplySlot>>,
    /// The shapes that were asked, each once.
    shapes: Vec<OperationPath>,
    /// The slot whose answer is due next.
    next: usize,
    /// Whether the last answer was a further element for the operation before.
    joined: bool,
    /// Whether an answer came that was not due.
    parted: bool,
    answered: Vec<String>,
    operators: Ordinals,
    system: Option<Fault>,
    output: Option<String>,
}

impl Content for Incoming {
    fn placeholder() -> Self {
        Self::default()
    }

    fn read_attributes(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.opt_attribute("version", &mut self.version, &SimpleType::STRING)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        while let Some(name) = reader.peek() {
            match name {
                "system" => {
                    let outcome = reader.read_recoverable::<Outcome>("system", 0)??;
                    self.system = outcome.into_result().err();
                }
                "output" => {
                    let output = reader.read_recoverable::<Any>("output", 0)??;
                    self.output = Some(output.to_text().map_or_else(|| output.as_xml().to_owned(), Into::into));
                }
                _ => match self.shapes.iter().map(|shape| shape.operator).find(|operator| *operator == name) {
                    Some(operator) => {
                        let index = self.operators.next(operator);
                        let mut level = Level { incoming: self, operator, path: Vec::new() };
                        reader.read_children(operator, index, |reader| level.read(reader))?;
                    }
                    None => self.not_asked(name.to_owned(), reader)?,
                },
            }
        }
        Ok(())
    }

    fn visit<V: Visitor>(&self, _visitor: &mut V) {}
}

/// An operator of a packet being read, or an element of a nested operation.
struct Level<'a> {
    incoming: &'a mut Incoming,
    operator: &'static str,
    path: Vec<&'static str>,
}

impl Level<'_> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let mut operations = Ordinals::default();
        let depth = self.path.len();
        while let Some(name) = reader.peek() {
            let asked = |shape: &&OperationPath| {
                shape.operator == self.operator
                    && shape.path.starts_with(&self.path)
                    && shape.path.get(depth) == Some(&name)
            };
            let Some(shape) = self.incoming.shapes.iter().find(asked).copied() else {
                let place = [&[self.operator], &*self.path, &[name]].concat().join("/");
                self.incoming.not_asked(place, reader)?;
                continue;
            };
            let name = shape.path[depth];
            let index = from_second(operations.next(name));
            if shape.path.len() == depth + 1 {
                self.incoming.answer(shape, index, reader)?;
            } else {
                self.path.push(name);
                reader.read_children(name, index, |reader| self.read(reader))?;
                self.path.pop();
            }
        }
        Ok(())
    }
}

impl Incoming {
    fn new(slots: Vec<Box<dyn ReplySlot>>) -> Self {
        let mut shapes: Vec<OperationPath> = Vec::new();
        for slot in &slots {
            if !shapes.contains(&slot.shape()) {
                shapes.push(slot.shape());
            }
        }
        Self { slots, shapes, ..Self::default() }
    }

    /// Passes an element that answers nothing that was asked.
    fn not_asked(&mut self, place: String, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.note(place);
        reader.skip_unknown()
    }

    /// Notes what was answered, for messages: all that was asked for, and some more to show.
    fn note(&mut self, place: String) {
        if self.answered.len() < self.slots.len() + 64 {
            self.answered.push(place);
        }
    }

    /// Reads an answer of a shape that was asked.
    fn answer(&mut self, shape: OperationPath, index: usize, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let Some(name) = shape.path.last() else { return reader.skip_unknown() };
        let slot = self.slot_for(shape);
        self.note(shape.to_string());
        match slot.and_then(|at| self.slots.get_mut(at)) {
            Some(slot) => slot.read(reader, name, index),
            None => reader.skip_unknown(),
        }
    }

    /// The slot of the next answer, if it can be told.
    fn slot_for(&mut self, shape: OperationPath) -> Option<usize> {
        let asked = |at: usize| self.slots.get(at).is_some_and(|slot| slot.shape() == shape);
        if self.parted {
            return None;
        }
        if asked(self.next) {
            self.next += 1;
            self.joined = false;
            return Some(self.next - 1);
        }
        // A further element for the operation before, unless the one before that is its like: then
        // it cannot be told how many elements belong to each.
        let before = self.next.checked_sub(1)?;
        let alone = before.checked_sub(1).is_none_or(|earlier| !asked(earlier));
        if asked(before) && alone && self.slots[before].repeats() {
            self.joined = true;
            return Some(before);
        }
        self.parted = true;
        self.slots[..self.next].iter_mut().filter(|slot| slot.shape() == shape).for_each(|slot| slot.doubt());
        None
    }

    /// Where one of several like operations in a row has no answer, it cannot be told which of them
    /// the answers are for; unless the server said that it gave up, which it does in order. Nor can it
    /// be told of a further element that nothing due came after, if a later operation is alike.
    fn doubt_gaps(&mut self) {
        if self.system.is_some() {
            return;
        }
        let (answered, due) = self.slots.split_at_mut(self.next);
        if let (true, Some(last)) = (self.joined, answered.last_mut())
            && due.iter().any(|slot| slot.shape() == last.shape())
        {
            last.doubt();
        }
        for row in self.slots.chunk_by_mut(|one, next| one.shape() == next.shape()) {
            if row.iter().any(|slot| slot.state() == State::Unanswered) {
                row.iter_mut().filter(|slot| slot.state() == State::Answered).for_each(|slot| slot.doubt());
            }
        }
    }

    fn finish(mut self, skipped: u64) -> Decoded {
        self.doubt_gaps();
        let asked = self.slots.iter().map(|slot| slot.shape()).collect();
        let shapes = Mismatch::new(asked, self.answered);
        Decoded { version: self.version, slots: self.slots, system: self.system, output: self.output, shapes, skipped }
    }
}
