//! Random edits of the base: `diff` finds each of them and nothing else.

use std::collections::BTreeSet;

use plesk_codegen::diff::{ChangeKind, Diff, SemverBump, Subject, diff};
use plesk_codegen::model::{Facet, Kind, Member, MemberKind, Model, Occurs, Role};
use proptest::prelude::*;

use crate::harbour::{config, model, schemas};

/// A kind of edit of a model.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Add,
    Remove,
    Rename,
    Move,
    Occurrence,
    Nillable,
    Default,
    Retype,
    AddValue,
    RemoveValue,
    MaxLength,
    Attribute,
}

const EDITS: [Edit; 12] = [
    Edit::Add,
    Edit::Remove,
    Edit::Rename,
    Edit::Move,
    Edit::Occurrence,
    Edit::Nillable,
    Edit::Default,
    Edit::Retype,
    Edit::AddValue,
    Edit::RemoveValue,
    Edit::MaxLength,
    Edit::Attribute,
];

/// The change that an edit makes: subject, kind, path and name.
type Expected = (Subject, ChangeKind, String, String);

/// Returns the members that may be edited: elements with text, each of which is edited once. A member is the index of its
/// type, and its index there.
fn editable_members(model: &Model, taken: &BTreeSet<String>) -> Vec<(usize, usize)> {
    let mut members = Vec::new();
    for (id, ty) in model.types.iter().enumerate() {
        let Kind::Record(record) = &ty.kind else { continue };
        if matches!(ty.role, Role::Operations { .. } | Role::Root(_)) {
            continue;
        }
        for (at, member) in record.members.iter().enumerate() {
            if matches!(member.kind, MemberKind::Text { .. })
                && !taken.contains(&format!("{}/{}", ty.origin.path, member.name))
            {
                members.push((id, at));
            }
        }
    }
    members
}

/// Makes an edit of the member that `chance` picks, if it applies there.
fn apply(
    model: &mut Model,
    edit: Edit,
    chance: usize,
    number: usize,
    taken: &mut BTreeSet<String>,
) -> Option<Expected> {
    if let Edit::AddValue | Edit::RemoveValue | Edit::MaxLength = edit {
        return apply_simple(model, edit, chance, number, taken);
    }
    let members = editable_members(model, taken);
    let (id, at) = *members.get(chance % members.len().max(1))?;
    let texts: Vec<usize> = (0..model.simples.len())
        .filter(|simple| model.simples[*simple].origin.type_name.as_deref().is_some_and(|name| name.starts_with("xs:")))
        .collect();
    let path = model.types[id].origin.path.clone();
    let Kind::Record(record) = &mut model.types[id].kind else { return None };
    let member = &mut record.members[at];
    let name = member.name.clone();
    let path_of = |name: &str| format!("{path}/{name}");
    let MemberKind::Text { simple, nillable, .. } = &mut member.kind else { return None };
    let done = match edit {
        Edit::Add => {
            let mut new: Member = member.clone();
            // Unlike any other name, so that it is not taken for a rename.
            new.name = format!("{}{number}", "qxzjk");
            new.occurs = Occurs { min: 0, max: Some(7) };
            let name = new.name.clone();
            record.members.insert(at + 1, new);
            taken.insert(path_of(&name));
            return Some((Subject::Element, ChangeKind::Added, path_of(&name), name));
        }
        Edit::Remove => {
            record.members.remove(at);
            (ChangeKind::Removed, name.clone())
        }
        Edit::Rename => {
            member.name = format!("{name}-{number}");
            taken.insert(path_of(&member.name));
            (ChangeKind::Renamed, member.name.clone())
        }
        Edit::Move => {
            // A single move within a type: with several, it is ambiguous which members moved.
            if record.members.len() < 3 || taken.iter().any(|other| other.starts_with(&format!("{path}/"))) {
                return None;
            }
            let target = if at + 2 < record.members.len() { record.members.len() - 1 } else { 0 };
            let member = record.members.remove(at);
            record.members.insert(target, member);
            taken.extend(record.members.iter().map(|member| path_of(&member.name)));
            (ChangeKind::Moved, name.clone())
        }
        Edit::Occurrence => {
            member.occurs = Occurs { min: 2, max: Some(number + 3) };
            (ChangeKind::Occurrence, name.clone())
        }
        Edit::Nillable => {
            *nillable = !*nillable;
            (ChangeKind::Nillable, name.clone())
        }
        Edit::Default => {
            member.default = Some(format!("value {number}"));
            (ChangeKind::Default, name.clone())
        }
        Edit::Retype => {
            let old = *simple;
            *simple = *texts.iter().filter(|other| **other != old).nth(chance % (texts.len() - 1))?;
            (ChangeKind::Retyped, name.clone())
        }
        Edit::Attribute => {
            let mut attribute = record.attributes.first()?.clone();
            attribute.name = format!("attribute{number}");
            let path = path_of(&attribute.name);
            record.attributes.push(attribute);
            return Some((Subject::Attribute, ChangeKind::Added, path, format!("attribute{number}")));
        }
        Edit::AddValue | Edit::RemoveValue | Edit::MaxLength => return None,
    };
    taken.insert(path_of(&name));
    Some((Subject::Element, done.0, path_of(&done.1), done.1))
}

/// Makes an edit of the simple type that `chance` picks, if it applies there.
fn apply_simple(
    model: &mut Model,
    edit: Edit,
    chance: usize,
    number: usize,
    taken: &mut BTreeSet<String>,
) -> Option<Expected> {
    let id = chance % model.simples.len();
    // The change is found through a member of the type, so no later edit may remove that member.
    let user = editable_members(model, taken).into_iter().find_map(|(ty, at)| {
        let member = &model.types[ty].members()[at];
        let uses = matches!(member.kind, MemberKind::Text { simple, .. } if simple == id);
        uses.then(|| format!("{}/{}", model.types[ty].origin.path, member.name))
    });
    taken.insert(user?);
    let simple = &mut model.simples[id];
    let path = simple.origin.path.clone();
    for facet in &mut simple.facets {
        match (edit, facet) {
            (Edit::AddValue, Facet::Enumeration(values)) => {
                values.push(format!("value{number}"));
                return Some((Subject::Value, ChangeKind::Added, path, format!("value{number}")));
            }
            (Edit::RemoveValue, Facet::Enumeration(values)) if values.len() > 1 => {
                // A value that an earlier edit added must stay.
                let at = values.iter().position(|value| !value.starts_with("value"))?;
                let value = values.remove(at);
                return Some((Subject::Value, ChangeKind::Removed, path, value));
            }
            (Edit::MaxLength, Facet::MaxLength(length)) if taken.insert(path.clone()) => {
                *length += number + 1;
                return Some((Subject::Facet, ChangeKind::Changed, path, format!("maxLength {length}")));
            }
            _ => {}
        }
    }
    None
}

/// Returns the changes in the form of the expected ones.
fn found(diff: &Diff) -> BTreeSet<Expected> {
    let changes = diff.changes.iter().map(|change| {
        let path = change.origin.rsplit_once(" in ").map_or("", |(path, _)| path);
        let last = path.rsplit('/').next().unwrap_or_default();
        let name = match change.subject {
            Subject::Value | Subject::Facet => change.new.clone().or_else(|| change.old.clone()).unwrap_or_default(),
            _ => last.to_owned(),
        };
        (change.subject, change.kind, path.to_owned(), name)
    });
    changes.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn diff_of_random_edits_reports_exactly_these(
        edits in prop::collection::vec((0..EDITS.len(), any::<prop::sample::Index>()), 0..8)
    ) {
        thread_local!(static BASE: Model = model(&schemas(&[])));
        let base = BASE.with(Clone::clone);
        let mut edited = base.clone();
        let mut taken = BTreeSet::new();
        let mut expected = BTreeSet::new();
        for (number, (edit, chance)) in edits.into_iter().enumerate() {
            expected.extend(apply(&mut edited, EDITS[edit], chance.index(1000), number, &mut taken));
        }
        let diff = diff((&base, &config()), (&edited, &config()));
        prop_assert!(diff.api_problems.is_empty(), "{:?}", diff.api_problems);
        prop_assert_eq!(diff.is_empty(), expected.is_empty());
        prop_assert!(!diff.is_empty() || diff.bump == SemverBump::Patch);
        prop_assert_eq!(found(&diff), expected, "{}", diff);
    }
}
