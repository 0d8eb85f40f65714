//! What a comparison finds, as plain data. As JSON it has the names of these fields; the words of enumerations are
//! written with hyphens.

use serde::Serialize;

use crate::model;

/// The differences of two models.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diff {
    /// The protocol version that was.
    pub old: String,
    /// The protocol version that is.
    pub new: String,
    /// What must be the next version of the emitted crate, at least.
    pub verdict: Verdict,
    /// All changes, grouped by operator: those of packets and of several operators come first.
    pub changes: Vec<Change>,
    /// Places whose documentation changed, which is no change of the protocol.
    pub documentation: Vec<String>,
    /// Why the Rust API could not be compared, if it could not. The verdict then supposes the worst.
    pub unnamed: Vec<String>,
}

/// One change, however many operations it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The operator, if it concerns a single one.
    pub operator: Option<String>,
    /// The operations that it concerns, as `operator/operation`; none if it concerns packets as such.
    pub operations: Vec<String>,
    /// Who sends what changed.
    pub direction: Direction,
    /// Where it stands in a packet: `customer/add/gen_info/login`. The first place, if there are several.
    pub place: String,
    /// Where it stands in the schemas: `clientAddGenInfo/login in client_input.xsd`.
    pub schema: String,
    /// What changed.
    pub subject: Subject,
    /// How.
    pub kind: ChangeKind,
    /// What was, in words: a type, an occurrence, a name.
    pub old: Option<String>,
    /// What is.
    pub new: Option<String>,
    /// What it means for the documents that cross the wire.
    pub wire: Wire,
    /// What it means for programs that use the emitted crate.
    pub api: Api,
}

/// Who sends something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The client.
    Request,
    /// The server.
    Response,
    /// Both of them.
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

/// What a change is about.
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
    /// An element, or a place for any.
    Element,
    /// A choice or a group of elements.
    Group,
    /// An attribute.
    Attribute,
    /// The text of an element that has attributes too.
    Text,
    /// A facet of a simple type.
    Facet,
    /// A value that a simple type lists.
    Value,
    /// Something of the emitted crate that changed though the schemas are alike at this place: a name that follows from
    /// what other types there are, say.
    Rust,
}

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is called otherwise.
    Renamed,
    /// It stands before or after others.
    Moved,
    /// It is of another type, or holds something of another kind.
    Retyped,
    /// It stands there more or less often, must be there or need not.
    Occurrence,
    /// It may be `xsi:nil`, or may no longer.
    Nillable,
    /// Another value is taken where it is absent.
    Default,
    /// Elements stand together otherwise: as alternatives, as a group, in any order.
    Regrouped,
    /// Any other change, as of a facet.
    Changed,
}

/// What a change means for the documents that cross the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wire {
    /// The same documents mean the same.
    #[default]
    Same,
    /// The same documents, but some mean something else.
    Meaning,
    /// Every document that was valid is; others are too.
    Wider,
    /// Some documents that were valid are not; no others are.
    Narrower,
    /// Neither of these: documents as they were may be invalid, and new ones would have been.
    Different,
}

impl Wire {
    /// The effect of both.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Wider, Self::Narrower) | (Self::Narrower, Self::Wider) => Self::Different,
            (a, b) => a.max(b),
        }
    }
}

/// What a change means for programs that use the emitted crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Api {
    /// What it asks of the next version.
    pub verdict: Verdict,
    /// What becomes of items of the emitted crate, in words.
    pub effects: Vec<String>,
}

/// What a change asks of the next version, by the rules of semantic versioning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Programs compile as before.
    #[default]
    Patch,
    /// Programs compile as before, and there is more for them to use.
    Minor,
    /// Some programs no longer compile, or do something else.
    Major,
}

impl Diff {
    /// Whether the models are alike, but for documentation.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What must be the next version of the emitted crate, at least.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The changes that ask for this much, and why the API could not be compared, if it could not.
    pub fn reasons(&self) -> Vec<String> {
        let worst = self.changes.iter().filter(|change| change.api.verdict == self.verdict);
        let reasons = worst.map(|change| match change.api.effects.first() {
            Some(effect) => format!("{}: {effect}", change.place),
            None => format!("{}: {}", change.place, change.what()),
        });
        self.unnamed.iter().cloned().chain(reasons).collect()
    }
}
