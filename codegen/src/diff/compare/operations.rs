//! Compares operators and operations, then the content of those that both versions have.

use super::comparison::{Comparison, RenameCause};
use crate::diff::change::ChangeKind::{Added, Removed, Renamed};
use crate::diff::change::{Subject, WireImpact};
use crate::diff::matching::{are_similar, same_type_structure};
use crate::diff::raw_change::{Construct, RawChange, Version};
use crate::model::{Model, Operation};

/// Compares two models.
pub(in crate::diff) fn compare<'a>(old: &'a Model, new: &'a Model) -> Comparison<'a> {
    let mut comparison = Comparison::new(old, new);
    let (old_names, new_names) = (operators(old), operators(new));
    let removed: Vec<&str> = old_names.iter().filter(|name| !new_names.contains(name)).copied().collect();
    let mut added: Vec<&str> = new_names.iter().filter(|name| !old_names.contains(name)).copied().collect();
    let kept = old_names.iter().filter(|name| new_names.contains(name));
    let mut pairs: Vec<(&str, &str, RenameCause)> = kept.map(|name| (*name, *name, None)).collect();
    for name in removed {
        let renamed = added.iter().position(|new_name| is_renamed_operator(old, new, name, new_name));
        let change = |kind, wire| RawChange::new(Subject::Operator, kind, wire).with_old(name);
        if let Some(new_name) = renamed.map(|at| added.remove(at)) {
            let change = change(Renamed, WireImpact::Different).with_new(new_name);
            let index = comparison.add(change.at_both(operator(name), operator(new_name)));
            pairs.push((name, new_name, Some(index)));
        } else {
            comparison.add(change(Removed, WireImpact::Narrower).at(Version::Old, operator(name)));
        }
    }
    for name in added {
        let change = RawChange::new(Subject::Operator, Added, WireImpact::Wider).with_new(name);
        comparison.add(change.at(Version::New, operator(name)));
    }
    for (old_name, new_name, cause) in pairs {
        compare_operations(&mut comparison, old_name, new_name, cause);
    }
    compare_documents(&mut comparison);
    comparison
}

fn operator(name: &str) -> Construct {
    Construct::Operator(name.to_owned())
}

/// Returns the names of the operators, in the order of the schemas.
fn operators(model: &Model) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for operation in &model.operations {
        if !names.contains(&operation.operator.as_str()) {
            names.push(&operation.operator);
        }
    }
    names
}

/// Returns the operations of an operator with their indexes.
fn operations_of<'m>(model: &'m Model, operator: &str) -> Vec<(usize, &'m Operation)> {
    model.operations.iter().enumerate().filter(|(_, operation)| operation.operator == operator).collect()
}

/// Returns `true` if the operator `new_name` has the operations of `old_name`, and a similar name or their content.
fn is_renamed_operator(old: &Model, new: &Model, old_name: &str, new_name: &str) -> bool {
    let (old_operations, new_operations) = (operations_of(old, old_name), operations_of(new, new_name));
    let same_operations = |is_same: &dyn Fn(&Operation, &Operation) -> bool| {
        old_operations.len() == new_operations.len()
            && old_operations.iter().all(|(_, a)| new_operations.iter().any(|(_, b)| a.path == b.path && is_same(a, b)))
    };
    same_operations(&|_, _| true)
        && (are_similar(old_name, new_name)
            || same_operations(&|a, b| same_type_structure(old, new, a.request, b.request)))
}

/// Returns `true` if one operation is the other under another name.
fn is_renamed_operation(old: &Model, new: &Model, old_operation: &Operation, new_operation: &Operation) -> bool {
    let parent = |operation: &Operation| operation.path.split_last().map(|(_, parent)| parent.to_vec());
    parent(old_operation) == parent(new_operation)
        && are_similar(&old_operation.path.join("-"), &new_operation.path.join("-"))
        && same_type_structure(old, new, old_operation.request, new_operation.request)
        && same_type_structure(old, new, old_operation.reply, new_operation.reply)
}

/// Compares the operations of an operator.
fn compare_operations(comparison: &mut Comparison<'_>, old_name: &str, new_name: &str, cause: RenameCause) {
    let (old, new) = (comparison.old, comparison.new);
    let mut added = operations_of(new, new_name);
    let mut pairs = Vec::new();
    let mut removed = Vec::new();
    for (old_index, operation) in operations_of(old, old_name) {
        match added.iter().position(|(_, other)| other.path == operation.path) {
            Some(at) => pairs.push((old_index, added.remove(at).0, cause)),
            None => removed.push((old_index, operation)),
        }
    }
    for (old_index, operation) in removed {
        let renamed = added.iter().position(|(_, other)| is_renamed_operation(old, new, operation, other));
        let change = |kind, wire| {
            let change = RawChange::new(Subject::Operation, kind, wire).with_old(operation.path.join("/"));
            change.at(Version::Old, Construct::Operation(old_index))
        };
        if let Some((new_index, new_operation)) = renamed.map(|at| added.remove(at)) {
            let change = change(Renamed, WireImpact::Different).with_new(new_operation.path.join("/"));
            let index = comparison.add(change.at(Version::New, Construct::Operation(new_index)));
            pairs.push((old_index, new_index, Some(index)));
        } else {
            comparison.add(change(Removed, WireImpact::Narrower));
        }
    }
    for (new_index, operation) in added {
        let change = RawChange::new(Subject::Operation, Added, WireImpact::Wider).with_new(operation.path.join("/"));
        comparison.add(change.at(Version::New, Construct::Operation(new_index)));
    }
    for (old_index, new_index, cause) in pairs {
        let (old_operation, new_operation) = (&old.operations[old_index], &new.operations[new_index]);
        comparison.compare_operation_types(old_operation.request, new_operation.request, cause);
        comparison.compare_operation_types(old_operation.reply, new_operation.reply, cause);
    }
}

/// Compares the documents, and with them everything outside of operations.
fn compare_documents(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    for root in &old.roots {
        match new.roots.iter().find(|other| other.name == root.name && other.direction == root.direction) {
            Some(other) => comparison.compare_types(root.ty, other.ty, None),
            None => {
                let change = RawChange::new(Subject::Document, Removed, WireImpact::Narrower).with_old(&*root.name);
                comparison.add(change.at(Version::Old, Construct::TypeTree(root.ty)));
            }
        }
    }
    for root in &new.roots {
        if !old.roots.iter().any(|other| other.name == root.name && other.direction == root.direction) {
            let change = RawChange::new(Subject::Document, Added, WireImpact::Wider).with_new(&*root.name);
            comparison.add(change.at(Version::New, Construct::TypeTree(root.ty)));
        }
    }
}
