//! Checks the properties of a model that the emitted code relies on.
//!
//! Every operation has a class and a target, and no selector can silently be empty or absent.

use std::collections::HashSet;

use super::gaps::incomplete_types;
use crate::config::Config;
use crate::error::{Error, Problem, SpanHint};
use crate::model::{Class, Direction, Kind, Member, MemberKind, Model, Operation, Origin, Target, Type, TypeId};

/// Checks all operations and selectors, as far as they are complete.
///
/// # Errors
/// Returns every problem found.
pub(crate) fn check(model: &Model, config: &Config) -> Result<(), Error> {
    let mut problems = Vec::new();
    let incomplete = incomplete_types(model);
    for operation in &model.operations {
        let is_complete = [operation.request, operation.reply].iter().all(|id| !incomplete.contains(id));
        check_operation(model, operation, is_complete, &mut problems);
    }
    for (_, ty) in model.types.iter().enumerate().filter(|(id, _)| !incomplete.contains(id)) {
        check_selector(ty, config, &mut problems);
        if ty.direction != Direction::Response && config.packet.is_some() {
            check_absence(model, ty, config, &mut problems);
        }
    }
    // A schema type that several operations use is several types in the model.
    let mut seen = HashSet::new();
    problems.retain(|problem: &Problem| seen.insert(problem.to_string()));
    if problems.is_empty() { Ok(()) } else { Err(Error(problems)) }
}

/// Checks that an operation is listed, and that what is listed fits its request and its reply, if both are complete.
fn check_operation(model: &Model, operation: &Operation, is_complete: bool, problems: &mut Vec<Problem>) {
    let name = format!("{} {}", operation.operator, operation.path.join("/"));
    let Some(class) = operation.class else {
        let origin = &model.types[operation.request].origin;
        let entry = format!("{:?}, {:?}", operation.operator, operation.path.join("/"));
        let advice = format!("add an entry for ({entry}) with its class and target");
        let problem = Problem::new("configuration, operations", name, "the operation is not listed").advice(advice);
        problems.push(problem.related(&origin.file, &origin.path, SpanHint::Construct(0), "the operation"));
        return;
    };
    if !is_complete {
        return;
    }
    let reply = &model.types[operation.reply];
    if operation.repeats && !reply.record().is_some_and(|record| record.members.iter().any(Member::holds_many)) {
        let message = "one request may have several replies, which cannot be joined because none contains a list";
        let problem = Problem::new(&reply.origin.file, &reply.origin.path, message);
        problems.push(problem.advice("set maxOccurs to 1, or add a list"));
    }
    if matches!(class, Class::Set | Class::Change | Class::Delete | Class::End)
        && let Err((message, advice)) = check_target(model, operation)
    {
        let origin = &model.types[operation.request].origin;
        let problem = Problem::new("configuration, operations", name, message).advice(advice);
        problems.push(problem.related(&origin.file, &origin.path, SpanHint::Construct(0), "the operation"));
    }
}

/// Checks that the target which the configuration gives for an operation is always part of its request.
///
/// # Errors
/// Returns a message and advice.
fn check_target(model: &Model, operation: &Operation) -> Result<(), (String, &'static str)> {
    let refuse = |message: &str, advice| Err((message.to_owned(), advice));
    let found = model.selectors_of(operation.request).len();
    match operation.target {
        Target::Selected if found == 1 => Ok(()),
        Target::Selected if found == 0 => refuse(
            "changes or deletes objects, but its request has no selector",
            "list the type in `selectors`, or give the operation another target",
        ),
        Target::Selected => refuse(
            "has more than one selector",
            "keep the one that chooses the objects to act on in `selectors`, and remove the others",
        ),
        Target::Named(_) | Target::StableId(_) | Target::Server if found > 0 => {
            refuse("has a selector, but its target is not `Selected`", "set its target to `Selected`")
        }
        Target::Named(elements) | Target::StableId(elements) => {
            let missing = elements.iter().find(|element| !model.requires(operation.request, element, elements));
            let optional = |element| format!("its target is named by <{element}>, which the schema does not require");
            let advice = "name required elements, or list the type as a selector";
            missing.map_or(Ok(()), |element| Err((optional(element), advice)))
        }
        Target::Server => Ok(()),
    }
}

/// Checks that a selector names its empty variant if it may be empty, and that its match-all alternatives exist.
fn check_selector(ty: &Type, config: &Config, problems: &mut Vec<Problem>) {
    let Some(selector) = config.selectors.iter().find(|selector| selector.path == ty.origin.path) else { return };
    let Origin { file, path, .. } = &ty.origin;
    let mut problem = |message, advice: &str| {
        let problem = Problem::new("configuration, selectors", selector.path, message).advice(advice);
        problems.push(problem.related(file, path, SpanHint::Construct(0), "the selector"));
    };
    let Kind::Choice(choice) = &ty.kind else {
        let message = "is neither a choice nor a sequence of optional elements";
        problem(message.to_owned(), "remove the entry, or list the selectors within the type");
        return;
    };
    if choice.may_be_empty && selector.empty.is_none() {
        problem("may be empty".to_owned(), "set `empty` to a name for that variant");
    }
    if !choice.may_be_empty && selector.empty.is_some() {
        problem("may not be empty".to_owned(), "remove `empty`");
    }
    for (element, _) in selector.everything {
        if !choice.alternatives.iter().any(|branch| branch.name == *element) {
            problem(format!("`everything` lists <{element}>, which is not an alternative"), "correct the name");
        }
    }
}

/// Checks that no selector or filter can be absent or empty without a name for that. Otherwise it would be easy to
/// choose everything by accident.
fn check_absence(model: &Model, ty: &Type, config: &Config, problems: &mut Vec<Problem>) {
    for member in ty.members() {
        let mut problem = |message: &str, advice: &str| {
            let construct = format!("{}/{}", ty.origin.path, member.name);
            problems.push(Problem::new(&ty.origin.file, construct, message).advice(advice));
        };
        let selects = member.ty().is_some_and(|id| model.types[id].is_selector());
        let is_filter = config.filter == Some(&member.name);
        let path = format!("{}/({})", ty.origin.path, member.name);
        match member.kind {
            MemberKind::Element(_) if selects && member.occurs.is_optional() && ty.record().is_some() => {
                let message = "is an optional selector: omitting it would silently choose everything";
                problem(message, &format!("list `{path}` in `selectors`"));
            }
            MemberKind::Element(_) if is_filter && member.occurs.is_optional() && ty.record().is_some() => {
                problem("is a filter that may be absent", &format!("list `{path}` in `selectors`"));
            }
            MemberKind::Element(id) if is_filter && !selects => {
                if let Some(optional) = unexplained_optional(model, id) {
                    let path = &model.types[id].origin.path;
                    let message = format!("is a filter of type {path}, whose <{optional}> may be absent");
                    problem(&message, &format!("list `{path}` or `{path}/({optional})` in `selectors`"));
                }
            }
            MemberKind::Choice(_) | MemberKind::Element(_) => {}
            _ if is_filter => problem("is a filter without a complex type", "give it a type with a choice of criteria"),
            _ => {}
        }
    }
}

/// Returns the first optional member of a filter that is not a selector, so its absence has no name.
fn unexplained_optional(model: &Model, filter: TypeId) -> Option<&str> {
    let absent = |member: &&Member| {
        let selects = member.ty().is_some_and(|id| model.types[id].is_selector());
        member.occurs.is_optional() && !selects
    };
    model.types[filter].record().and_then(|record| record.members.iter().find(absent)).map(|member| &*member.name)
}
