//! What each operation does. Every operation of the schemas is listed, or generation fails.

use crate::config::OperationClass;
use crate::model::Class;

/// Elements that hold operations instead of being one.
pub(super) const NESTED: &[(&str, &str)] = &[];

const fn does(operator: &'static str, operation: &'static str, class: Class) -> OperationClass {
    OperationClass { operator, operation, class }
}

pub(super) const OPERATIONS: &[OperationClass] = &[
    does("customer", "add", Class::Create),
    does("customer", "get", Class::Read),
    does("customer", "del", Class::Delete),
    does("customer", "set", Class::Set),
    does("customer", "convert-to-reseller", Class::Change),
    does("customer", "change-owner", Class::Change),
    does("customer", "get-domain-list", Class::Read),
    does("reseller", "del", Class::Delete),
    does("service-plan", "del", Class::Delete),
    does("session", "get", Class::Read),
    does("session", "terminate", Class::End),
    does("webspace", "del", Class::Delete),
];
