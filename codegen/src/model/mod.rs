//! The model: the schemas as plain data, between parsing and emitting.
//!
//! All names are those of the schemas. The pass `names` assigns the Rust names.

mod operation;
mod queries;
mod simple;

use std::collections::BTreeSet;
use std::fmt;

pub use operation::{Class, Operation, Target};
pub(crate) use simple::BUILT_INS;
pub use simple::{Facet, Pattern, Primitive, SimpleType, WhiteSpace};

/// All types and operations of a protocol version.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The protocol version, such as `1.6.9.1`.
    pub protocol: String,
    /// All types; a [`TypeId`] is an index into them.
    pub types: Vec<Type>,
    /// All simple types; a [`SimpleId`] is an index into them.
    pub simples: Vec<SimpleType>,
    /// The root elements of the documents.
    pub roots: Vec<Root>,
    /// The operations, in the order of the schemas.
    pub operations: Vec<Operation>,
    /// The entries of the configuration that matched something in the schemas: the part, and the entry.
    pub used: BTreeSet<(&'static str, String)>,
}

impl Model {
    /// Records that something matched `entry` in this part of the configuration.
    pub(crate) fn mark_used(&mut self, part: &'static str, entry: &str) {
        self.used.insert((part, entry.to_owned()));
    }
}

/// An index into [`Model::types`].
pub type TypeId = usize;

/// An index into [`Model::simples`].
pub type SimpleId = usize;

/// The root element of a document.
#[derive(Clone, Debug)]
pub struct Root {
    /// The name of the element.
    pub name: String,
    /// The type of its content.
    pub ty: TypeId,
    /// The side that sends it.
    pub direction: Direction,
}

/// The side that sends a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The client.
    Request,
    /// The server.
    Response,
    /// The client and the server.
    Both,
}

/// The schema file and the declaration that something was generated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of the file.
    pub file: String,
    /// The named type or global element, and the path of elements from there: `ClientTypeRequest/set/values`.
    pub path: String,
    /// The name of the type, unless it is anonymous.
    pub type_name: Option<String>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.path, self.file)
    }
}

/// A complex type, or a part of one that becomes a Rust type of its own.
#[derive(Clone, Debug)]
pub struct Type {
    /// The declaration of the type.
    pub origin: Origin,
    /// The side that sends it.
    pub direction: Direction,
    /// Its documentation.
    pub doc: String,
    /// Its role in a packet.
    pub role: Role,
    /// Its content.
    pub kind: Kind,
    /// The name that a fix-up gives it. For a part, the name that replaces the common prefix of its members.
    pub renamed: Option<String>,
    /// `true` if a part of its content could not be lowered because of a problem in the schema files. A model without
    /// problems has no such type.
    pub is_incomplete: bool,
}

/// The role of a type, which determines its Rust name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A named type.
    Named,
    /// The root element of this name.
    Root(String),
    /// The choice of operators in a packet.
    Operators,
    /// The anonymous type of the element `element` of `parent`.
    Within {
        /// The type with the element.
        parent: TypeId,
        /// The name of the element.
        element: String,
    },
    /// A choice or group in the content of `parent` that has no element.
    Part {
        /// The type that contains it.
        parent: TypeId,
        /// The common prefix of the names of its members: `owner` for `owner-id | owner-login`.
        prefix: Option<String>,
    },
    /// A type that replaces several equal ones of a module.
    Shared {
        /// The module.
        module: String,
        /// The Rust name.
        name: String,
        /// `true` if it is a choice or group that has no element.
        part: bool,
    },
    /// All requests to an operator, or all its replies. If `path` is not empty, those nested in one of its elements.
    Operations {
        /// The operator.
        operator: String,
        /// The path of the element with nested operations.
        path: Vec<String>,
    },
    /// One of the requests or replies of `Operations`.
    OperationItem {
        /// The operator.
        operator: String,
        /// The path of the element with nested operations.
        path: Vec<String>,
    },
    /// The request of an operation.
    Request {
        /// The operator.
        operator: String,
        /// The path of the operation.
        path: Vec<String>,
    },
    /// The reply of an operation.
    Reply {
        /// The operator.
        operator: String,
        /// The path of the operation.
        path: Vec<String>,
    },
}

/// The content of a type.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Attributes, text and members.
    Record(Record),
    /// A choice between alternatives.
    Choice(Choice),
    /// Anything (`xs:anyType`).
    Untyped,
}

/// The content of a type that is not a choice.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The attributes of the element.
    pub attributes: Vec<Attribute>,
    /// The type of the text, for simple content.
    pub text: Option<SimpleId>,
    /// The members, in schema order.
    pub members: Vec<Member>,
    /// `true` if the members may be in any order (`xs:all`).
    pub any_order: bool,
    /// `true` for the body of a result, which follows `status`, `errcode` and `errtext`.
    pub outcome: bool,
    /// `true` if the element is itself a result. It is represented as the only member.
    pub is_result: bool,
    /// The values that may be shown, if that depends on a name.
    pub shown: Option<Shown>,
}

/// The settings whose values are not secrets.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The element with the name.
    pub name: String,
    /// The element with the value.
    pub value: String,
    /// The names whose values may be shown.
    pub names: Vec<String>,
}

/// An attribute of an element.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    pub simple: SimpleId,
    /// `true` if it must be present.
    pub required: bool,
    /// Its documentation.
    pub doc: String,
    /// The value that the server assumes if the attribute is absent.
    pub default: Option<String>,
}

/// A choice between alternatives.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The alternatives. Each occurs at least once when chosen.
    pub alternatives: Vec<Member>,
    /// `true` if the choice may be empty.
    pub may_be_empty: bool,
    /// `true` if it is a selector.
    pub selector: bool,
}

/// One particle of a content model.
#[derive(Clone, Debug)]
pub struct Member {
    /// The kind of particle.
    pub kind: MemberKind,
    /// The bounds of its number of occurrences.
    pub occurs: Occurs,
    /// The name of the element, or the common prefix of the members of a choice or group.
    pub name: String,
    /// Its documentation.
    pub doc: String,
    /// The value that the server assumes if the element is absent or empty.
    pub default: Option<String>,
    /// The name that a fix-up gives it.
    pub renamed: Option<String>,
}

/// The kinds of members.
#[derive(Clone, Debug)]
pub enum MemberKind {
    /// An element with text.
    Text {
        /// The type of the text.
        simple: SimpleId,
        /// `true` if it may be `xsi:nil`.
        nillable: bool,
        /// `true` if the text is a secret.
        secret: bool,
    },
    /// An element of a complex type.
    Element(TypeId),
    /// An element that is always empty.
    Flag,
    /// An element without a type.
    Untyped(Untyped),
    /// An element that is the result of an operation.
    Outcome(Body),
    /// A choice that has no element.
    Choice(TypeId),
    /// A group that has no element.
    Group(TypeId),
    /// Any elements.
    Wildcard,
}

/// The content of a result after `status`, `errcode` and `errtext`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Nothing,
    /// These members.
    Record(TypeId),
    /// These members, all or none.
    Optional(TypeId),
}

/// The representation of an element without a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untyped {
    /// It is present or absent, and always empty.
    Flag,
    /// It contains text.
    Text,
    /// It may contain anything.
    Raw,
}

/// The minimum and maximum number of occurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurs {
    /// The minimum.
    pub min: usize,
    /// The maximum; `None` for unbounded.
    pub max: Option<usize>,
}

impl Occurs {
    /// Exactly once.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };

    /// Returns `true` if it may occur more than once.
    pub fn is_list(self) -> bool {
        self.max != Some(1)
    }

    /// Returns `true` if it may be absent.
    pub fn is_optional(self) -> bool {
        self.min == 0
    }
}
