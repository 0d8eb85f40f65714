//! The result of a comparison, as plain data.
//!
//! JSON uses the names of these fields; enum values are in kebab case.

use serde::Serialize;

use crate::model;

/// The differences between two models.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diff {
    /// The old protocol version.
    pub old: String,
    /// The new protocol version.
    pub new: String,
    /// The version bump that the emitted crate needs, at least.
    pub bump: SemverBump,
    /// All changes, sorted by operator. Changes of packets and of several operators come first.
    pub changes: Vec<Change>,
    /// Constructs whose documentation changed. The protocol is the same.
    pub documentation: Vec<String>,
    /// The problems because of which the Rust API could not be compared. If there are any, `bump` is the worst case.
    pub api_problems: Vec<String>,
}

/// One change, however many operations it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The operator, if the change concerns a single one.
    pub operator: Option<String>,
    /// The operations that the change concerns, as `operator/operation`. Empty if it concerns the packet itself.
    pub operations: Vec<String>,
    /// Who sends the changed construct.
    pub direction: Direction,
    /// The path in a packet: `customer/add/gen_info/login`. The first one, if there are several.
    pub path: String,
    /// The place in the schemas: `clientAddGenInfo/login in client_input.xsd`.
    pub origin: String,
    /// The kind of construct that changed.
    pub subject: Subject,
    /// How it changed.
    pub kind: ChangeKind,
    /// The old state in words: a type, an occurrence, a name.
    pub old: Option<String>,
    /// The new state in words.
    pub new: Option<String>,
    /// The impact on documents.
    pub wire: WireImpact,
    /// The impact on programs that use the emitted crate.
    pub api: ApiImpact,
}

/// The sender of a construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The client.
    Request,
    /// The server.
    Response,
    /// Client and server.
    Both,
}

impl From<model::Direction> for Direction {
    fn from(direction: model::Direction) -> Self {
        match direction {
            model::Direction::Request => Self::Request,
            model::Direction::Response => Self::Response,
            model::Direction::Both => Self::Both,
        }
    }
}

/// The kind of construct that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The root element of documents.
    Document,
    /// An operator, with all its operations.
    Operator,
    /// An operation, with its answer.
    Operation,
    /// A type.
    Type,
    /// An element, or a wildcard.
    Element,
    /// A choice or a group of elements.
    Group,
    /// An attribute.
    Attribute,
    /// The text of an element that also has attributes.
    Text,
    /// A facet of a simple type.
    Facet,
    /// A value of an enumeration.
    Value,
    /// An item of the emitted crate that changed although the schemas agree here. For example, its name depends on
    /// other types.
    Rust,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// It has another position among its siblings.
    Moved,
    /// It has another type, or content of another kind.
    Retyped,
    /// It may occur more or less often, or is required or optional now.
    Occurrence,
    /// It may be `xsi:nil` now, or no longer.
    Nillable,
    /// It has another default.
    Default,
    /// Its elements are combined differently: as alternatives, as a group, in any order.
    Regrouped,
    /// Any other change, for example of a facet.
    Changed,
}

/// The impact of a change on the documents that are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WireImpact {
    /// None: the same documents are valid, with the same meaning.
    #[default]
    Same,
    /// The same documents are valid, but some have another meaning.
    Meaning,
    /// All valid documents stay valid, and others become valid.
    Wider,
    /// Some valid documents become invalid, and no others become valid.
    Narrower,
    /// Some valid documents become invalid, and others become valid.
    Different,
}

impl WireImpact {
    /// Returns the impact of both changes together.
    pub(super) fn combine(self, other: Self) -> Self {
        match (self, other) {
            (Self::Wider, Self::Narrower) | (Self::Narrower, Self::Wider) => Self::Different,
            (a, b) => a.max(b),
        }
    }
}

/// The impact of a change on programs that use the emitted crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ApiImpact {
    /// The version bump that the change needs.
    pub bump: SemverBump,
    /// The differences of public items, in words.
    pub differences: Vec<String>,
}

/// The version bump that semantic versioning requires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SemverBump {
    /// All programs still compile.
    #[default]
    Patch,
    /// All programs still compile, and there are new items.
    Minor,
    /// Some programs no longer compile, or behave differently.
    Major,
}

impl Diff {
    /// Returns `true` if nothing but documentation changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}
