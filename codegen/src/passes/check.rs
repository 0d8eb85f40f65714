//! What must hold of a model before anything is emitted from it.

use std::collections::HashSet;

use crate::config::Config;
use crate::error::{Error, Problem, SpanHint};
use crate::model::{Class, Direction, Kind, Member, MemberKind, Model, Operation, Origin, Target, Type, TypeId};

pub(crate) fn check(model: &Model, config: &Config) -> Result<(), Error> {
    let mut problems = Vec::new();
    for operation in &model.operations {
        check_operation(model, operation, &mut problems);
    }
    for ty in &model.types {
        check_selector(ty, config, &mut problems);
        if ty.direction != Direction::Response && config.packet.is_some() {
            check_absence(model, ty, config, &mut problems);
        }
    }
    // A type that several operations use is several types here.
    let mut seen = HashSet::new();
    problems.retain(|problem: &Problem| seen.insert(problem.to_string()));
    if problems.is_empty() { Ok(()) } else { Err(Error(problems)) }
}

fn check_operation(model: &Model, operation: &Operation, problems: &mut Vec<Problem>) {
    let name = format!("{} {}", operation.operator, operation.path.join("/"));
    let Some(class) = operation.class else {
        let origin = &model.types[operation.request].origin;
        let entry = format!("{:?}, {:?}", operation.operator, operation.path.join("/"));
        let advice = format!("say what it does, with a class and a target: an entry for ({entry})");
        let problem = Problem::new("configuration, operations", name, "the operation is missing").advice(advice);
        problems.push(problem.related(&origin.file, &origin.path, SpanHint::Construct(0), "the operation"));
        return;
    };
    let answer = &model.types[operation.answer];
    if operation.repeats && !answer.record().is_some_and(|record| record.members.iter().any(Member::holds_many)) {
        let message = "one request may have several answers, which cannot be joined since none of them holds a list";
        let problem = Problem::new(&answer.origin.file, &answer.origin.path, message);
        problems.push(problem.advice("let it stand once, or let it hold a list"));
    }
    if matches!(class, Class::Set | Class::Change | Class::Delete | Class::End)
        && let Err((message, advice)) = check_target(model, operation)
    {
        let origin = &model.types[operation.request].origin;
        let problem = Problem::new("configuration, operations", name, message).advice(advice);
        problems.push(problem.related(&origin.file, &origin.path, SpanHint::Construct(0), "the operation"));
    }
}

/// What an operation touches must be said by the part of its request that the configuration names.
///
/// # Errors
/// What is wrong, and what to do about it.
fn check_target(model: &Model, operation: &Operation) -> Result<(), (String, &'static str)> {
    let refuse = |message: &str, advice| Err((message.to_owned(), advice));
    let found = model.selectors_of(operation.request).len();
    match operation.target {
        Target::Selected if found == 1 => Ok(()),
        Target::Selected if found == 0 => refuse(
            "changes or deletes, but nothing in its request is a selector",
            "list the type in `selectors`, or say what else the operation touches",
        ),
        Target::Selected => refuse(
            "has more than one selector",
            "decide which of them says what it touches, and remove the other from `selectors`",
        ),
        Target::Named(_) | Target::StableId(_) | Target::Server if found > 0 => {
            refuse("has a selector, which says what it touches", "let its target be `Selected`")
        }
        Target::Named(elements) | Target::StableId(elements) => {
            let missing = elements.iter().find(|element| !model.requires(operation.request, element, elements));
            let optional = |element| format!("touches what <{element}> names, which it does not require");
            let advice = "name elements that the schema requires, or list the place as a selector";
            missing.map_or(Ok(()), |element| Err((optional(element), advice)))
        }
        Target::Server => Ok(()),
    }
}

/// A selector has a name for its emptiness if it may be empty, and its match_all alternatives are there.
fn check_selector(ty: &Type, config: &Config, problems: &mut Vec<Problem>) {
    let Some(selector) = config.selectors.iter().find(|selector| selector.path == ty.origin.path) else { return };
    let Origin { file, path, .. } = &ty.origin;
    let mut problem = |message, advice: &str| {
        let problem = Problem::new("configuration, selectors", selector.path, message).advice(advice);
        problems.push(problem.related(file, path, SpanHint::Construct(0), "the selector"));
    };
    let Kind::Choice(choice) = &ty.kind else {
        let message = "is no choice, and not a sequence of which all may be absent";
        problem(message.to_owned(), "remove the entry, or list the types in it that are");
        return;
    };
    if choice.may_be_empty && selector.empty.is_none() {
        problem("may be empty".to_owned(), "name the variant for that in `empty`");
    }
    if !choice.may_be_empty && selector.empty.is_some() {
        problem("may not be empty".to_owned(), "remove `empty`");
    }
    for (element, _) in selector.everything {
        if !choice.alternatives.iter().any(|branch| branch.name == *element) {
            problem(format!("has no alternative <{element}>, which `everything` names"), "correct the name there");
        }
    }
}

/// Where a selector or filter may be absent or empty without a word, "everything" is easy to ask for by accident.
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
                let message = "is an optional selector: leaving it out would choose everything without saying so";
                problem(message, &format!("list `{path}` in `selectors`"));
            }
            MemberKind::Element(_) if is_filter && member.occurs.is_optional() && ty.record().is_some() => {
                problem("is a filter that may be absent", &format!("list `{path}` in `selectors`"));
            }
            MemberKind::Element(id) if is_filter && !selects => {
                if let Some(optional) = unexplained_optional(model, id) {
                    let around = &model.types[id].origin.path;
                    let message = format!("is a filter of {around}, in which <{optional}> may be absent");
                    problem(&message, &format!("list `{around}` or `{around}/({optional})` in `selectors`"));
                }
            }
            MemberKind::Choice(_) | MemberKind::Element(_) => {}
            _ if is_filter => {
                problem("is a filter without a type of its own", "give it a choice of what it filters by")
            }
            _ => {}
        }
    }
}

/// What may be absent in the content of a filter, though no selector says what that means.
fn unexplained_optional(model: &Model, filter: TypeId) -> Option<&str> {
    let absent = |member: &&Member| {
        let selects = member.ty().is_some_and(|id| model.types[id].is_selector());
        member.occurs.is_optional() && !selects
    };
    model.types[filter].record().and_then(|record| record.members.iter().find(absent)).map(|member| &*member.name)
}
