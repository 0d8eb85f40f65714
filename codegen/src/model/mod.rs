//! The model: what the schemas say, as plain data, between parsing and emitting.
//!
//! Names are those of the schemas; Rust names are given by the stage `names`.

mod operation;
mod queries;
mod simple;

use std::collections::BTreeSet;
use std::fmt;

pub use operation::{Class, Operation, Target};
pub(crate) use simple::BUILT_INS;
pub use simple::{Facet, Pattern, Primitive, SimpleType, WhiteSpace};

/// Everything that is generated.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The protocol version, for example `1.6.9.1`.
    pub protocol: String,
    /// All types; a [`TypeId`] is an index into them.
    pub types: Vec<Type>,
    /// All simple types; a [`SimpleId`] is an index into them.
    pub simples: Vec<SimpleType>,
    /// The root elements of the documents.
    pub roots: Vec<Root>,
    /// The operations, in the order of the schemas.
    pub operations: Vec<Operation>,
    /// The entries of the configuration that something in the schemas matched: the part, and the
    /// entry.
    pub used: BTreeSet<(&'static str, String)>,
}

impl Model {
    /// Notes that something matched `entry` in that part of the configuration.
    pub(crate) fn mark_used(&mut self, part: &'static str, entry: &str) {
        self.used.insert((part, entry.to_owned()));
    }
}

/// An index into [`Model::types`].
pub type TypeId = usize;

/// An index into [`Model::simples`].
pub type SimpleId = usize;

/// A root element.
#[derive(Clone, Debug)]
pub struct Root {
    /// The element.
    pub name: String,
    /// Its content.
    pub ty: TypeId,
    /// Who sends it.
    pub direction: Direction,
}

/// Who sends a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The client.
    Request,
    /// The server.
    Response,
    /// Both of them.
    Both,
}

/// Where in the schemas something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file's name.
    pub file: String,
    /// The named type or global element, and the elements on the way into it:
    /// `ClientTypeRequest/set/values`.
    pub path: String,
    /// The name of the type, if it has one of its own.
    pub type_name: Option<String>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.path, self.file)
    }
}

/// A type with content of its own.
#[derive(Clone, Debug)]
pub struct Type {
    /// Where it stands.
    pub origin: Origin,
    /// Who sends it.
    pub direction: Direction,
    /// Documentation.
    pub doc: String,
    /// What role it has in a packet.
    pub role: Role,
    /// What it holds.
    pub kind: Kind,
    /// What a fix-up calls it, or what it is prefix.
    pub renamed: Option<String>,
}

/// The role of a type, from which it gets its Rust name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A named type.
    Named,
    /// The root element of this name.
    Root(String),
    /// The choice of operators in a packet.
    Operators,
    /// The content of the element `element` of `parent`.
    Within {
        /// The type that holds the element.
        parent: TypeId,
        /// The element.
        element: String,
    },
    /// A choice or group in the content of `parent`, without an element of its own.
    Part {
        /// The type that holds it.
        parent: TypeId,
        /// What it is prefix: `owner` for `owner-id | owner-login`.
        prefix: Option<String>,
    },
    /// The content of elements, or a part of contents, that a module has in several places alike.
    Shared {
        /// The module.
        module: String,
        /// Its Rust name.
        name: String,
        /// Whether it is a part, without an element of its own.
        part: bool,
    },
    /// All requests to an operator, or all its answers; or those that one of its elements nests.
    Operations {
        /// The operator.
        operator: String,
        /// The elements on the way to nested operations.
        path: Vec<String>,
    },
    /// One of these.
    OperationItem {
        /// The operator.
        operator: String,
        /// The elements on the way to nested operations.
        path: Vec<String>,
    },
    /// An operation's request.
    Request {
        /// The operator.
        operator: String,
        /// The operation's path of elements.
        path: Vec<String>,
    },
    /// An operation's answer.
    Answer {
        /// The operator.
        operator: String,
        /// The operation's path of elements.
        path: Vec<String>,
    },
}

/// What a type holds.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Members, one after the other or in any order.
    Record(Record),
    /// One of several alternatives.
    Choice(Choice),
    /// Anything (`xs:anyType`).
    Untyped,
}

/// Members.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Attributes of the element.
    pub attributes: Vec<Attribute>,
    /// The text of the element, for simple content.
    pub text: Option<SimpleId>,
    /// The members, in schema order.
    pub members: Vec<Member>,
    /// Whether any order will do (`xs:all`).
    pub any_order: bool,
    /// Whether this is the body of an outcome: `status`, `errcode` and `errtext` precede it.
    pub outcome: bool,
    /// Whether the element is itself the result that the only member is.
    pub is_result: bool,
    /// Which of its values may be shown, where that depends on a name.
    pub shown: Option<Shown>,
}

/// The values of a list of settings that may be shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The element that holds the name.
    pub name: String,
    /// The element that holds the value.
    pub value: String,
    /// The names whose values may be shown.
    pub names: Vec<String>,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    pub simple: SimpleId,
    /// Whether it must be there.
    pub required: bool,
    /// Documentation.
    pub doc: String,
    /// The value that the server takes if the attribute is absent.
    pub default: Option<String>,
}

/// One of several alternatives.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The alternatives. Each stands at least once when chosen.
    pub alternatives: Vec<Member>,
    /// Whether nothing at all is an alternative too.
    pub may_be_empty: bool,
    /// Whether it says which objects an operation touches.
    pub selector: bool,
}

/// What may stand at one place of a content.
#[derive(Clone, Debug)]
pub struct Member {
    /// What it is.
    pub kind: MemberKind,
    /// How often it stands there.
    pub occurs: Occurs,
    /// The element's name, or what a choice or group is prefix.
    pub name: String,
    /// Documentation.
    pub doc: String,
    /// The value that the server takes if the element is absent or empty.
    pub default: Option<String>,
    /// What a fix-up calls it.
    pub renamed: Option<String>,
}

/// The kinds of members.
#[derive(Clone, Debug)]
pub enum MemberKind {
    /// An element with text.
    Text {
        /// Its type.
        simple: SimpleId,
        /// Whether it may be `xsi:nil`.
        nillable: bool,
        /// Whether its value must not be shown.
        secret: bool,
    },
    /// An element with content.
    Element(TypeId),
    /// An element that is always empty.
    Flag,
    /// An element of no type.
    Untyped(Untyped),
    /// An element that is the outcome of an operation.
    Outcome(Body),
    /// A choice without an element of its own.
    Choice(TypeId),
    /// A group without an element of its own.
    Group(TypeId),
    /// Any elements.
    Wildcard,
}

/// What an outcome holds beside `status`, `errcode` and `errtext`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Nothing,
    /// These members.
    Record(TypeId),
    /// These members, all or none.
    Optional(TypeId),
}

/// How an element of no type is used, which the schemas do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untyped {
    /// It is there or not; it holds nothing.
    Flag,
    /// It holds a text.
    Text,
    /// It holds anything.
    Raw,
}

/// How often something stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurs {
    /// At least this often.
    pub min: usize,
    /// At most this often; `None` is any number.
    pub max: Option<usize>,
}

impl Occurs {
    /// Exactly once.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };

    /// Whether it may stand there more than once.
    pub fn is_list(self) -> bool {
        self.max != Some(1)
    }

    /// Whether it may be absent.
    pub fn is_optional(self) -> bool {
        self.min == 0
    }
}
