//! The list of operators and operations, which is small enough to be read at any time.

use serde::{Deserialize, Serialize};

use crate::{Answer, Class};

/// All operators of a protocol version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The protocol version, such as `1.6.9.1`.
    pub protocol: String,
    /// The operators, in the order of the schemas.
    pub operators: Vec<OperatorSummary>,
}

/// An operator in one line, with its operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorSummary {
    /// The name of its element.
    pub name: String,
    /// The first paragraph of its documentation.
    pub doc: String,
    /// Its operations, in the order of the schemas.
    pub operations: Vec<OperationSummary>,
}

/// An operation in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationSummary {
    /// The path of elements from the operator to the operation, separated by slashes: `add`, `update/add`.
    pub path: String,
    /// The first paragraph of its documentation.
    pub doc: String,
    /// Its class.
    pub class: Class,
    /// The form of its answer.
    pub answer: Answer,
}
