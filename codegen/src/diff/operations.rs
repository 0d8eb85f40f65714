//! Compares operators and operations, and walks into what both sides have.

use super::change::ChangeKind::{Added, Removed, Renamed};
use super::change::{Subject, Wire};
use super::draft::{Draft, Side, Spot};
use super::likeness::{similar, types_alike};
use super::walk::{Cause, Walk};
use crate::model::{Model, Operation};

/// Walks from all operations, and from the documents.
pub(super) fn walk<'a>(old: &'a Model, new: &'a Model) -> Walk<'a> {
    let mut walk = Walk::new(old, new);
    let (was, is) = (operators(old), operators(new));
    let gone: Vec<&str> = was.iter().filter(|name| !is.contains(name)).copied().collect();
    let mut came: Vec<&str> = is.iter().filter(|name| !was.contains(name)).copied().collect();
    let mut pairs: Vec<(&str, &str, Cause)> =
        was.iter().filter(|name| is.contains(name)).map(|name| (*name, *name, None)).collect();
    for name in gone {
        let heir = came.iter().position(|heir| is_heir(old, new, name, heir));
        let draft = |kind, wire| Draft::new(Subject::Operator, kind, wire).from(name).at(Side::Old, operator(name));
        if let Some(heir) = heir.map(|at| came.remove(at)) {
            let draft = draft(Renamed, Wire::Different).to(heir).at(Side::New, operator(heir));
            pairs.push((name, heir, Some(walk.note(draft))));
        } else {
            walk.note(draft(Removed, Wire::Narrower));
        }
    }
    for name in came {
        walk.note(Draft::new(Subject::Operator, Added, Wire::Wider).to(name).at(Side::New, operator(name)));
    }
    for (was, is, cause) in pairs {
        operations(&mut walk, was, is, cause);
    }
    documents(&mut walk);
    walk
}

fn operator(name: &str) -> Spot {
    Spot::Operator(name.to_owned())
}

/// The operators, each once.
fn operators(model: &Model) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for operation in &model.operations {
        if !names.contains(&operation.operator.as_str()) {
            names.push(&operation.operator);
        }
    }
    names
}

fn of<'m>(model: &'m Model, operator: &str) -> Vec<(usize, &'m Operation)> {
    model.operations.iter().enumerate().filter(|(_, operation)| operation.operator == operator).collect()
}

/// Whether `new` has the operations of `old`, and is called much like it or has their contents.
fn is_heir(old_model: &Model, new_model: &Model, old: &str, new: &str) -> bool {
    let (a, b) = (of(old_model, old), of(new_model, new));
    let paths = a.len() == b.len() && a.iter().all(|(_, x)| b.iter().any(|(_, y)| x.path == y.path));
    let contents = || {
        a.iter().all(|(_, x)| {
            b.iter().any(|(_, y)| x.path == y.path && types_alike(old_model, new_model, x.request, y.request))
        })
    };
    paths && (similar(old, new) || contents())
}

/// Whether one operation is the other under another name.
fn is_same(old: &Model, new: &Model, was: &Operation, is: &Operation) -> bool {
    let parent = |operation: &Operation| operation.path.split_last().map(|(_, parent)| parent.to_vec());
    parent(was) == parent(is)
        && similar(&was.path.join("-"), &is.path.join("-"))
        && types_alike(old, new, was.request, is.request)
        && types_alike(old, new, was.answer, is.answer)
}

/// Compares the operations of an operator.
fn operations(walk: &mut Walk<'_>, was: &str, is: &str, cause: Cause) {
    let (old, new) = (walk.old, walk.new);
    let (before, mut came) = (of(old, was), of(new, is));
    let mut pairs = Vec::new();
    let mut gone = Vec::new();
    for (a, operation) in before {
        match came.iter().position(|(_, other)| other.path == operation.path) {
            Some(at) => pairs.push((a, came.remove(at).0, cause)),
            None => gone.push((a, operation)),
        }
    }
    for (a, operation) in gone {
        let path = operation.path.join("/");
        let heir = came.iter().position(|(_, other)| is_same(old, new, operation, other)).map(|at| came.remove(at));
        let draft =
            |kind, wire| Draft::new(Subject::Operation, kind, wire).from(&*path).at(Side::Old, Spot::Operation(a));
        if let Some((b, heir)) = heir {
            let draft = draft(Renamed, Wire::Different).to(heir.path.join("/")).at(Side::New, Spot::Operation(b));
            pairs.push((a, b, Some(walk.note(draft))));
        } else {
            walk.note(draft(Removed, Wire::Narrower));
        }
    }
    for (b, operation) in came {
        let draft = Draft::new(Subject::Operation, Added, Wire::Wider).to(operation.path.join("/"));
        walk.note(draft.at(Side::New, Spot::Operation(b)));
    }
    for (a, b, cause) in pairs {
        let (x, y) = (&old.operations[a], &new.operations[b]);
        walk.operation_type(x.request, y.request, cause);
        walk.operation_type(x.answer, y.answer, cause);
    }
}

/// Compares the documents as such: what stands in them beside operations.
fn documents(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old, walk.new);
    for root in &old.roots {
        match new.roots.iter().find(|other| other.name == root.name && other.direction == root.direction) {
            Some(other) => walk.types(root.ty, other.ty, None),
            None => {
                let draft = Draft::new(Subject::Document, Removed, Wire::Narrower).from(&*root.name);
                walk.note(draft.at(Side::Old, Spot::Whole(root.ty)));
            }
        }
    }
    for root in &new.roots {
        if !old.roots.iter().any(|other| other.name == root.name && other.direction == root.direction) {
            let draft = Draft::new(Subject::Document, Added, Wire::Wider).to(&*root.name);
            walk.note(draft.at(Side::New, Spot::Whole(root.ty)));
        }
    }
}
