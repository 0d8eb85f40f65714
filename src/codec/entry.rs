//! An operation of a batch, whatever its type.

use plesk_wire::packet::{Effect, Idempotency, Operation};
use plesk_wire::xml::{Validator, Visitor, Writer};

use super::{OperationPath, Pending};

/// An operation of a batch, whatever its type.
pub(crate) trait DynOperation: Send {
    fn shape(&self) -> OperationPath;

    fn effect(&self) -> Effect;

    fn idempotency(&self) -> Idempotency;

    /// Checks the operation as the element `name`, the `index`-th of its name, or 0.
    fn validate(&self, name: &'static str, index: usize, validator: &mut Validator);

    /// Writes the operation as the element `name`.
    fn write(&self, name: &'static str, writer: &mut Writer);

    /// What is to be kept until the answer comes.
    fn pending(&self) -> Pending;
}

impl<Op: Operation + 'static> DynOperation for Op {
    fn shape(&self) -> OperationPath {
        OperationPath::of::<Op>()
    }

    fn effect(&self) -> Effect {
        Operation::effect(self)
    }

    fn idempotency(&self) -> Idempotency {
        Operation::idempotency(self)
    }

    fn validate(&self, name: &'static str, index: usize, validator: &mut Validator) {
        validator.visit_element(name, index, self);
    }

    fn write(&self, name: &'static str, writer: &mut Writer) {
        writer.visit_element(name, 0, self);
    }

    fn pending(&self) -> Pending {
        Pending::of(self)
    }
}
