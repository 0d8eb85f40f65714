//! Operations: what they do, and to what.

use super::TypeId;

/// The kinds of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Reads; a success without data says that nothing was found.
    Read,
    /// Creates an object.
    Create,
    /// Changes its target; repeating it leaves the same state, provided that it still meets the same objects.
    Set,
    /// Changes its target, and must not be repeated.
    Change,
    /// Deletes its target.
    Delete,
    /// Ends what its argument names, which never comes back.
    End,
}

/// What an operation changes, deletes or ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// The objects that the selector of its request chooses.
    #[default]
    Selected,
    /// What these elements of its request name, which must be there.
    Named(&'static [&'static str]),
    /// The same, where no other object can ever be called so.
    StableId(&'static [&'static str]),
    /// What a server has once, such as its settings.
    Server,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operator's element.
    pub operator: String,
    /// The operation's elements within it.
    pub path: Vec<String>,
    /// The content of the request.
    pub request: TypeId,
    /// The content of the answer.
    pub answer: TypeId,
    /// Whether one request may be answered with several elements.
    pub repeats: bool,
    /// What it does, once the fix-ups have said so.
    pub class: Option<Class>,
    /// To what it does that.
    pub target: Target,
}
