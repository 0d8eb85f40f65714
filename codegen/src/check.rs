//! What must hold of a model before anything is emitted from it.

use std::collections::HashSet;

use crate::config::Config;
use crate::error::{Error, Problem};
use crate::model::{Class, Direction, Kind, Member, MemberKind, Model, Role, Type, TypeId};

pub(crate) fn check(model: &Model, config: &Config) -> Result<(), Error> {
    let mut problems = Vec::new();
    for operation in &model.operations {
        let name = format!("{} {}", operation.operator, operation.path.join("/"));
        let Some(class) = operation.class else {
            problems.push(Problem::new(
                "configuration, operations",
                name,
                "the operation is missing; say what it does",
            ));
            continue;
        };
        let answer = &model.types[operation.answer];
        if operation.repeats && !answer.record().is_some_and(|record| record.members.iter().any(Member::holds_many)) {
            let message =
                "one request may have several answers, which cannot be joined since none of them holds a list";
            problems.push(Problem::new(&answer.origin.file, &answer.origin.path, message));
        }
        let touches = matches!(class, Class::Set | Class::Change | Class::Delete);
        if touches && !selects(model, operation.request) {
            let message =
                "changes or deletes, but no member of its request is a selector; list the type in `selectors`";
            problems.push(Problem::new("configuration, selectors", name, message));
        }
    }
    for ty in &model.types {
        check_selectors(model, ty, config, &mut problems);
    }
    // A type that several operations use is several types here.
    let mut seen = HashSet::new();
    problems.retain(|problem: &Problem| seen.insert(problem.to_string()));
    if problems.is_empty() { Ok(()) } else { Err(Error(problems)) }
}

/// Whether a member of the request chooses what the operation touches.
fn selects(model: &Model, request: TypeId) -> bool {
    let selector = |member: &Member| member.ty().filter(|id| model.types[*id].is_selector());
    model.types[request].record().is_some_and(|record| record.find(selector).is_some())
}

/// A request's filter that is no selector would make "everything" easy to ask for by accident.
fn check_selectors(model: &Model, ty: &Type, config: &Config, problems: &mut Vec<Problem>) {
    let selector = config.selectors.iter().find(|selector| selector.path == ty.origin.path);
    let may_be_empty = matches!(&ty.kind, Kind::Choice(choice) if choice.may_be_empty);
    if let Some(selector) = selector
        && ty.is_selector()
        && may_be_empty != selector.empty.is_some()
    {
        let message = if may_be_empty {
            "may be empty; name the variant for that in `empty`"
        } else {
            "may not be empty; remove `empty`"
        };
        problems.push(Problem::new("configuration, selectors", selector.path, message));
    }
    for (element, _) in selector.iter().flat_map(|selector| selector.everything) {
        if !ty.members().iter().any(|branch| branch.name == *element) {
            let message = format!("has no alternative <{element}>, which `everything` names");
            problems.push(Problem::new("configuration, selectors", &ty.origin.path, message));
        }
    }
    if ty.direction == Direction::Response || config.packet.is_none() {
        return;
    }
    for member in ty.members() {
        let selects = matches!(member.kind, MemberKind::Element(id) if model.types[id].is_selector());
        if selects && member.occurs.is_optional() && matches!(ty.kind, Kind::Record(_)) {
            let message = "is an optional selector: leaving it out would choose everything without saying so";
            problems.push(Problem::new(&ty.origin.file, format!("{}/{}", ty.origin.path, member.name), message));
        }
        let filters = config.filter == Some(&member.name) && matches!(ty.role, Role::Request { .. });
        if filters && !selects {
            let what = member.ty().map_or("no type of its own", |id| &model.types[id].origin.path);
            let message = format!("is a filter of {what}, which is not listed in `selectors`, or not a choice");
            problems.push(Problem::new(&ty.origin.file, format!("{}/{}", ty.origin.path, member.name), message));
        }
    }
}
