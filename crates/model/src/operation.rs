//! Operators and their operations.

use serde::{Deserialize, Serialize};

use crate::{SimpleType, SimpleTypeId, Type, TypeId};

/// An operator with everything that its operations use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The name of its element.
    pub name: String,
    /// The module of the crate `plesk` with its types.
    pub module: String,
    /// Its documentation.
    pub doc: String,
    /// Its operations, in the order of the schemas.
    pub operations: Vec<Operation>,
    /// The types of the contents of elements; a [`TypeId`] is an index into them.
    pub types: Vec<Type>,
    /// The types of texts; a [`SimpleTypeId`] is an index into them.
    pub simple_types: Vec<SimpleType>,
}

impl Operator {
    /// Returns the operation at `path`, with its elements separated by slashes or dots (`update/add`).
    pub fn operation(&self, path: &str) -> Option<&Operation> {
        let path = path.replace('.', "/");
        self.operations.iter().find(|operation| operation.path == path)
    }

    /// Returns the type `id`.
    ///
    /// # Panics
    /// If `id` is not from this operator.
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id]
    }

    /// Returns the simple type `id`.
    ///
    /// # Panics
    /// If `id` is not from this operator.
    pub fn simple_type(&self, id: SimpleTypeId) -> &SimpleType {
        &self.simple_types[id]
    }
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// The path of elements from the operator to the operation, separated by slashes: `add`, `update/add`.
    pub path: String,
    /// Its documentation.
    pub doc: String,
    /// What it does.
    pub class: Class,
    /// The objects that it acts on.
    pub target: Target,
    /// The content of its element in a request.
    pub request: TypeId,
    /// The content of its element in a response.
    pub reply: TypeId,
    /// The form of its answer.
    pub answer: Answer,
    /// The Rust type of the request, in the crate `plesk`: `customer::Add`.
    pub rust_request: String,
    /// The Rust type of the data of one result, or of the whole answer if it has no results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rust_answer: Option<String>,
    /// The error codes that its documentation names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorCode>,
    /// Example packets. They are valid, and no server was asked for them.
    pub examples: Examples,
}

/// The kinds of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Reads.
    Read,
    /// Creates an object.
    Create,
    /// Changes its target. Repeating it leaves the same state.
    Set,
    /// Changes its target, and must not be repeated.
    Change,
    /// Deletes its target.
    Delete,
    /// Ends its target, which can never exist again.
    End,
}

/// The objects that an operation acts on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The objects that the selectors of the request choose.
    Selected,
    /// The object that these required elements of the request name, as paths with slashes.
    Named(Vec<String>),
    /// The same, but the elements are stable keys: no other object can ever have the same values.
    StableId(Vec<String>),
    /// Something that exists once on a server.
    Server,
}

/// The forms of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// One result.
    One,
    /// Any number of results, for example one for each object.
    List,
    /// Content without a status.
    Plain,
}

/// An error code that the documentation of an operation names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorCode {
    /// The code.
    pub code: u32,
    /// Its meaning for this operation.
    pub meaning: String,
}

/// The example packets of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examples {
    /// Request packets.
    pub request: Packets,
    /// Response packets in which the operation succeeds.
    pub response: Packets,
}

/// The smallest and the largest example of a packet, as XML without a declaration and without white space between elements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packets {
    /// A packet with nothing but required elements. A selector chooses one object, even if it could be empty.
    pub minimal: String,
    /// A packet with every element, each once. Of alternatives, it has the first.
    pub full: String,
}
