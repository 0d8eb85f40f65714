//! Operations with their class and target.

use super::TypeId;

/// The kind of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Reads. A success without data means that nothing was found.
    Read,
    /// Creates an object.
    Create,
    /// Changes its target. Repeating it leaves the same state if it still matches the same objects.
    Set,
    /// Changes its target, and must not be repeated.
    Change,
    /// Deletes its target.
    Delete,
    /// Ends its target, which can never exist again.
    End,
}

/// The objects that an operation changes, deletes or ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// The objects that the selector of the request chooses.
    #[default]
    Selected,
    /// The object that these required elements of the request name.
    Named(&'static [&'static str]),
    /// Like `Named`, but the elements are stable keys: no other object can ever have the same values.
    StableId(&'static [&'static str]),
    /// Something that exists once on a server, such as its settings.
    Server,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The element of the operator.
    pub operator: String,
    /// The path of elements from the operator to the operation.
    pub path: Vec<String>,
    /// The type of the request.
    pub request: TypeId,
    /// The type of the reply.
    pub reply: TypeId,
    /// `true` if a response may have several replies to one request.
    pub repeats: bool,
    /// The kind of the operation; the pass `fixups` sets it.
    pub class: Option<Class>,
    /// The objects that it acts on.
    pub target: Target,
}
