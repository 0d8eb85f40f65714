//! Applies the entries of the configuration for single types, members and operations.
//!
//! An entry that matches nothing is a problem: the schemas have changed, and the entry must be changed or removed.

use std::collections::BTreeSet;

use crate::config::{Config, Conversion};
use crate::error::Problem;
use crate::model::{Direction, Member, Model, Role, SimpleType, Type, TypeId};
use crate::passes::results;

/// Applies names and operation classes. Returns a problem for every entry that matches nothing or is listed twice.
pub(crate) fn apply(model: &mut Model, config: &Config) -> Vec<Problem> {
    classify(model, config);
    // The bodies of results depend on the classes, and what becomes of them can be renamed.
    results::move_optional_data(model);
    for rename in &config.renames {
        if apply_rename(model, rename.path, rename.name) {
            model.mark_used("renames", rename.path);
        }
    }
    for (element, name) in config.abbreviations {
        let is_abbreviation =
            |member: &&mut Member| member.name.replace('-', "_") == *element && member.renamed.is_none();
        let mut found = false;
        for member in model.types.iter_mut().flat_map(Type::members_mut).filter(is_abbreviation) {
            member.renamed = Some((*name).to_owned());
            found = true;
        }
        if found {
            model.mark_used("abbreviations", element);
        }
    }
    for (name, _) in &config.newtypes {
        if model.simples.iter().any(|simple| simple.origin.type_name.as_deref() == Some(name)) {
            model.mark_used("newtypes", name);
        }
    }
    let mut problems = Vec::new();
    for conversion in &config.conversions {
        let entry = conversion.to_string();
        if let Some(path) = missing_type(model, conversion) {
            let message = format!("there is no type `{path}`; remove or correct the entry");
            problems.push(Problem::new("configuration, conversions", &entry, message));
        }
        model.mark_used("conversions", &entry);
    }
    for (part, entry) in &config.absent {
        let problem = Problem::new("configuration, lacks", format!("{part}: {entry}"), "no layer below has this entry");
        problems.push(problem.advice("remove it from `lacks` of the layer"));
    }
    let mut seen = BTreeSet::new();
    for (part, entry) in config.entries() {
        let mut problem = |message, advice: &str| {
            problems.push(Problem::new(format!("configuration, {part}"), &entry, message).advice(advice));
        };
        if !model.used.contains(&(part, entry.clone())) {
            problem("matches nothing in the schemas", "remove or correct the entry");
        }
        if !seen.insert((part, entry.clone())) {
            problem("is listed twice", "remove one of the entries");
        }
    }
    problems
}

/// Gives each operation its class and its target.
fn classify(model: &mut Model, config: &Config) {
    for class in &config.operations {
        let path: Vec<&str> = class.operation.split('/').collect();
        let found = model.operations.iter_mut().find(|o| o.operator == class.operator && o.path == path);
        if let Some(operation) = found {
            (operation.class, operation.target) = (Some(class.class), class.target);
            model.mark_used("operations", &class.to_string());
        }
    }
}

/// Returns the path of the conversion that is not that of a type which the right side sends.
fn missing_type(model: &Model, conversion: &Conversion) -> Option<&'static str> {
    let ends = [(conversion.from, Direction::Request), (conversion.to, Direction::Response)];
    let exists = |(path, other)| model.types.iter().any(|ty| ty.origin.path == path && ty.direction != other);
    ends.into_iter().find(|end| !exists(*end)).map(|(path, _)| path)
}

/// Renames the type at `path`, or a member (`path#2` is the second of its name), or a listed value (`path=value`).
/// Returns `true` if it exists.
fn apply_rename(model: &mut Model, path: &str, name: &str) -> bool {
    if let Some((path, value)) = path.split_once('=') {
        let listed = |simple: &&mut SimpleType| {
            simple.origin.path == path && simple.enumeration().is_some_and(|values| values.iter().any(|v| v == value))
        };
        let mut found = false;
        for simple in model.simples.iter_mut().filter(listed) {
            simple.renamed_values.push((value.to_owned(), name.to_owned()));
            found = true;
        }
        return found;
    }
    if let Some((member, ordinal)) = path.rsplit_once('#') {
        let (Some((ty, element)), Ok(ordinal)) = (member.rsplit_once('/'), ordinal.parse::<usize>()) else {
            return false;
        };
        let found = model
            .types
            .iter_mut()
            .filter(|t| t.origin.path == ty)
            .find_map(|t| t.members_mut().iter_mut().filter(|m| m.name == element).nth(ordinal.checked_sub(1)?));
        return found.map(|member| member.renamed = Some(name.to_owned())).is_some();
    }
    let mut found = false;
    let ids: Vec<TypeId> = (0..model.types.len()).filter(|id| model.types[*id].origin.path == path).collect();
    for id in ids {
        model.types[id].renamed = Some(name.to_owned());
        if let Role::Part { parent, .. } = model.types[id].role {
            rename_part(&mut model.types[parent], id, name);
        }
        found = true;
    }
    for simple in model.simples.iter_mut().filter(|simple| simple.origin.path == path) {
        simple.renamed = Some(name.to_owned());
        found = true;
    }
    found
}

/// Renames the field of the choice or group `id`. It has no element that could name the field.
fn rename_part(parent: &mut Type, id: TypeId, name: &str) {
    for member in parent.members_mut().iter_mut().filter(|member| member.ty() == Some(id)) {
        member.renamed = Some(name.to_owned());
    }
}
