//! An operation of a batch, whatever its type.

use plesk_wire::packet::{Effect, Operation, Retry};
use plesk_wire::xml::{Validator, Visitor, Writer};

use super::{Pending, Shape};

/// An operation of a batch, whatever its type.
pub(crate) trait Entry: Send {
    fn shape(&self) -> Shape;

    fn effect(&self) -> Effect;

    fn retry(&self) -> Retry;

    /// Checks the operation as the element `name`, the `index`-th of its name, or 0.
    fn validate(&self, name: &'static str, index: usize, validator: &mut Validator);

    /// Writes the operation as the element `name`.
    fn write(&self, name: &'static str, writer: &mut Writer);

    /// What is to be kept until the answer comes.
    fn pending(&self) -> Pending;
}

impl<Op: Operation + 'static> Entry for Op {
    fn shape(&self) -> Shape {
        Shape::of::<Op>()
    }

    fn effect(&self) -> Effect {
        Operation::effect(self)
    }

    fn retry(&self) -> Retry {
        Operation::retry(self)
    }

    fn validate(&self, name: &'static str, index: usize, validator: &mut Validator) {
        validator.element(name, index, self);
    }

    fn write(&self, name: &'static str, writer: &mut Writer) {
        writer.element(name, 0, self);
    }

    fn pending(&self) -> Pending {
        Pending::of(self)
    }
}
