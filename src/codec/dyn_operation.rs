//! Type-erased operations, so that a batch can hold operations of different types.

use plesk_wire::packet::{Effect, Idempotency, Operation};
use plesk_wire::xml::{Validator, Visitor, Writer};

use super::{OperationPath, Pending};

/// An operation of any type.
pub(crate) trait DynOperation: Send {
    fn path(&self) -> OperationPath;

    fn effect(&self) -> Effect;

    fn idempotency(&self) -> Idempotency;

    /// Validates the operation as the element `name`, the `index`-th of its name, or 0 to show no index.
    fn validate(&self, name: &'static str, index: usize, validator: &mut Validator);

    /// Writes the operation as the element `name`.
    fn write(&self, name: &'static str, writer: &mut Writer);

    /// Returns what has to be kept until the reply arrives.
    fn pending(&self) -> Pending;
}

impl<Op: Operation + 'static> DynOperation for Op {
    fn path(&self) -> OperationPath {
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
        Pending::new(self)
    }
}
