//! Type-erased operations, so that a batch can hold operations of different types.

use plesk_wire::packet::{Effect, Idempotency, Operation};
use plesk_wire::xml::{Validator, Visitor, Writer};

use super::secrets::SecretCollector;
use super::{OperationPath, Pending};

/// An operation of any type.
pub(crate) trait DynOperation: Send {
    fn path(&self) -> OperationPath;

    fn effect(&self) -> Effect;

    fn idempotency(&self) -> Idempotency;

    /// Returns the elements that name the objects, where there is no filter.
    fn targets(&self) -> &'static [&'static str];

    /// Validates the operation as the element `name`, the `index`-th of its name, or 0 to show no index.
    fn validate(&self, name: &'static str, index: usize, validator: &mut Validator);

    /// Writes the operation as the element `name`.
    fn write(&self, name: &'static str, writer: &mut Writer);

    /// Collects the secrets of the operation.
    fn collect_secrets(&self, collector: &mut SecretCollector);

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

    fn targets(&self) -> &'static [&'static str] {
        Op::TARGETS
    }

    fn validate(&self, name: &'static str, index: usize, validator: &mut Validator) {
        validator.visit_element(name, index, self);
    }

    fn write(&self, name: &'static str, writer: &mut Writer) {
        writer.visit_element(name, 0, self);
    }

    fn collect_secrets(&self, collector: &mut SecretCollector) {
        collector.visit_element("", 0, self);
    }

    fn pending(&self) -> Pending {
        Pending::new(self)
    }
}
