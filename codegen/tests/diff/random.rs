//! Random edits of the base are found, each and no others; and where there are none, nothing is.

use std::collections::BTreeSet;

use plesk_codegen::diff::{ChangeKind, Diff, Subject, Verdict, diff};
use plesk_codegen::model::{Facet, Kind, Member, MemberKind, Model, Occurs, Role};
use proptest::prelude::*;

use crate::harbour::{config, model, schemas};

/// An edit of a model, at one of the places where it can be made.
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

/// What an edit did, as it is to be found.
type Done = (Subject, ChangeKind, String, String);

/// Members that may be edited: elements with text in sequences of requests and of answers, one edit each.
fn places(model: &Model, taken: &BTreeSet<String>) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for (id, ty) in model.types.iter().enumerate() {
        let Kind::Record(record) = &ty.kind else { continue };
        if matches!(ty.role, Role::Operations { .. } | Role::Root(_)) {
            continue;
        }
        for (at, member) in record.members.iter().enumerate() {
            if matches!(member.kind, MemberKind::Text { .. })
                && !taken.contains(&format!("{}/{}", ty.origin.path, member.name))
            {
                places.push((id, at));
            }
        }
    }
    places
}

/// Makes the edit at the place that `chance` picks, if it can be made there.
fn apply(model: &mut Model, edit: Edit, chance: usize, number: usize, taken: &mut BTreeSet<String>) -> Option<Done> {
    if let Edit::AddValue | Edit::RemoveValue | Edit::MaxLength = edit {
        return apply_simple(model, edit, chance, number, taken);
    }
    let places = places(model, taken);
    let (id, at) = *places.get(chance % places.len().max(1))?;
    let texts: Vec<usize> = (0..model.simples.len())
        .filter(|simple| model.simples[*simple].origin.type_name.as_deref().is_some_and(|name| name.starts_with("xs:")))
        .collect();
    let path = model.types[id].origin.path.clone();
    let Kind::Record(record) = &mut model.types[id].kind else { return None };
    let member = &mut record.members[at];
    let name = member.name.clone();
    let place = |name: &str| format!("{path}/{name}");
    let MemberKind::Text { simple, nillable, .. } = &mut member.kind else { return None };
    let done = match edit {
        Edit::Add => {
            let mut new: Member = member.clone();
            // Nothing like any other name, so that it is nobody's new name.
            new.name = format!("{}{number}", "qxzjk");
            new.occurs = Occurs { min: 0, max: Some(7) };
            let name = new.name.clone();
            record.members.insert(at + 1, new);
            taken.insert(place(&name));
            return Some((Subject::Element, ChangeKind::Added, place(&name), name));
        }
        Edit::Remove => {
            record.members.remove(at);
            (ChangeKind::Removed, name.clone())
        }
        Edit::Rename => {
            member.name = format!("{name}-{number}");
            taken.insert(place(&member.name));
            (ChangeKind::Renamed, member.name.clone())
        }
        Edit::Move => {
            // A single move within a type: of several, it is not certain which ones moved.
            if record.members.len() < 3 || taken.iter().any(|other| other.starts_with(&format!("{path}/"))) {
                return None;
            }
            let target = if at + 2 < record.members.len() { record.members.len() - 1 } else { 0 };
            let member = record.members.remove(at);
            record.members.insert(target, member);
            taken.extend(record.members.iter().map(|member| place(&member.name)));
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
            let was = *simple;
            *simple = *texts.iter().filter(|other| **other != was).nth(chance % (texts.len() - 1))?;
            (ChangeKind::Retyped, name.clone())
        }
        Edit::Attribute => {
            let mut attribute = record.attributes.first()?.clone();
            attribute.name = format!("attribute{number}");
            let place = place(&attribute.name);
            record.attributes.push(attribute);
            return Some((Subject::Attribute, ChangeKind::Added, place, format!("attribute{number}")));
        }
        Edit::AddValue | Edit::RemoveValue | Edit::MaxLength => return None,
    };
    taken.insert(place(&name));
    Some((Subject::Element, done.0, place(&done.1), done.1))
}

fn apply_simple(
    model: &mut Model,
    edit: Edit,
    chance: usize,
    number: usize,
    taken: &mut BTreeSet<String>,
) -> Option<Done> {
    let id = chance % model.simples.len();
    // It is seen where a member has it, which no further edit may take away.
    let user = places(model, taken).into_iter().find_map(|(ty, at)| {
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
                // What an edit before this one added must stay.
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

/// What was found, as edits tell it.
fn found(diff: &Diff) -> BTreeSet<(Subject, ChangeKind, String, String)> {
    let changes = diff.changes.iter().map(|change| {
        let place = change.schema.rsplit_once(" in ").map_or("", |(place, _)| place);
        let last = place.rsplit('/').next().unwrap_or_default();
        let what = match change.subject {
            Subject::Value | Subject::Facet => change.new.clone().or_else(|| change.old.clone()).unwrap_or_default(),
            _ => last.to_owned(),
        };
        (change.subject, change.kind, place.to_owned(), what)
    });
    changes.collect()
}

/// The order of a set is that of nothing in particular.
fn sorted(done: Vec<Done>) -> BTreeSet<Done> {
    done.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_are_found(edits in prop::collection::vec((0..EDITS.len(), any::<prop::sample::Index>()), 0..8)) {
        thread_local!(static BASE: Model = model(&schemas(&[])));
        let base = BASE.with(Clone::clone);
        let mut edited = base.clone();
        let mut taken = BTreeSet::new();
        let mut done = Vec::new();
        for (number, (edit, chance)) in edits.into_iter().enumerate() {
            done.extend(apply(&mut edited, EDITS[edit], chance.index(1000), number, &mut taken));
        }
        let diff = diff((&base, &config()), (&edited, &config()));
        prop_assert!(diff.unnamed.is_empty(), "{:?}", diff.unnamed);
        prop_assert_eq!(diff.is_empty(), done.is_empty());
        prop_assert!(!diff.is_empty() || diff.verdict() == Verdict::Patch);
        prop_assert_eq!(found(&diff), sorted(done), "{}", diff);
    }
}
