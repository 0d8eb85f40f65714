//! The texts that all formats share.

use std::fmt;

use crate::diff::change::{Change, ChangeKind, Diff, Direction, SemverBump, Subject, WireImpact};

impl Change {
    /// Returns the change in a few words: `element removed: email: string, optional`.
    pub fn summary(&self) -> String {
        let head = format!("{} {}", self.subject, self.kind);
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => format!("{head}: {old} → {new}"),
            (Some(one), None) | (None, Some(one)) => format!("{head}: {one}"),
            (None, None) => head,
        }
    }

    /// Returns the impact on documents in words.
    pub fn wire_summary(&self) -> &'static str {
        match (self.wire, self.direction) {
            (WireImpact::Same, _) => "unchanged",
            (WireImpact::Meaning, _) => "the same documents are valid, but some have another meaning",
            (WireImpact::Wider, Direction::Request) => "existing requests stay valid; new ones become possible",
            (WireImpact::Wider, Direction::Response) => "existing responses stay valid; new ones become possible",
            (WireImpact::Wider, Direction::Both) => "existing documents stay valid; new ones become possible",
            (WireImpact::Narrower, Direction::Request) => "some existing requests become invalid",
            (WireImpact::Narrower, Direction::Response) => "the server no longer sends some responses",
            (WireImpact::Narrower, Direction::Both) => "some existing documents become invalid",
            (WireImpact::Different, Direction::Request) => {
                "some existing requests become invalid; new ones become possible"
            }
            (WireImpact::Different, Direction::Response) => "responses change",
            (WireImpact::Different, Direction::Both) => "documents change",
        }
    }

    /// Returns the operations that use the construct as the end of a sentence. Empty if there is at most one.
    pub(super) fn usage_summary(&self) -> String {
        match self.operations.len() {
            0 | 1 => String::new(),
            n @ 2..=4 => format!(", used by {n} operations: {}", self.operations.join(", ")),
            n => format!(", used by {n} operations, such as {}", self.operations[..3].join(", ")),
        }
    }
}

impl Diff {
    /// Returns the reasons for the version bump: the changes that need it, and the problems that hid the API.
    pub fn reasons(&self) -> Vec<String> {
        let decisive = self.changes.iter().filter(|change| change.api.bump == self.bump);
        let reasons = decisive.map(|change| match change.api.differences.first() {
            Some(difference) => format!("{}: {difference}", change.path),
            None => format!("{}: {}", change.path, change.summary()),
        });
        self.api_problems.iter().cloned().chain(reasons).collect()
    }

    /// Returns the changes by operator, each group with its heading.
    pub(super) fn groups(&self) -> Vec<(&str, Vec<&Change>)> {
        let mut groups: Vec<(&str, Vec<&Change>)> = Vec::new();
        for change in &self.changes {
            let heading = match &change.operator {
                Some(operator) => operator,
                None if change.operations.is_empty() => "packets",
                None => "several operators",
            };
            match groups.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, changes)) => changes.push(change),
                None => groups.push((heading, vec![change])),
            }
        }
        groups
    }

    /// Returns the versions and the number of changes.
    pub(super) fn summary(&self) -> String {
        let changes = match self.changes.len() {
            0 => "no changes".to_owned(),
            1 => "1 change".to_owned(),
            n => format!("{n} changes"),
        };
        if self.old == self.new { changes } else { format!("{} to {}, {changes}", self.old, self.new) }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Operator => "operator",
            Self::Operation => "operation",
            Self::Type => "type",
            Self::Element => "element",
            Self::Group => "group",
            Self::Attribute => "attribute",
            Self::Text => "text",
            Self::Facet => "facet",
            Self::Value => "value",
            Self::Rust => "Rust",
        })
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Retyped => "retyped",
            Self::Occurrence => "occurrence",
            Self::Nillable => "nillable",
            Self::Default => "default",
            Self::Regrouped => "regrouped",
            Self::Changed => "changed",
        })
    }
}

impl fmt::Display for SemverBump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}
