//! What must hold of a model before anything is emitted from it.

use std::collections::HashSet;

use crate::config::Config;
use crate::error::{Error, Problem};
use crate::model::{Class, Direction, Kind, Member, MemberKind, Model, Operation, Target, Type, TypeId};

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
        problems.push(Problem::new("configuration, operations", name, "the operation is missing; say what it does"));
        return;
    };
    let answer = &model.types[operation.answer];
    if operation.repeats && !answer.record().is_some_and(|record| record.members.iter().any(Member::holds_many)) {
        let message = "one request may have several answers, which cannot be joined since none of them holds a list";
        problems.push(Problem::new(&answer.origin.file, &answer.origin.path, message));
    }
    if matches!(class, Class::Set | Class::Change | Class::Delete | Class::End)
        && let Err(message) = check_target(model, operation)
    {
        problems.push(Problem::new("configuration, operations", name, message));
    }
}

/// What an operation touches must be said by the part of its request that the configuration names.
fn check_target(model: &Model, operation: &Operation) -> Result<(), String> {
    let found = model.selectors_of(operation.request).len();
    match operation.target {
        Target::Selected if found == 1 => Ok(()),
        Target::Selected if found == 0 => {
            Err("changes or deletes, but nothing in its request is a selector; list the type in `selectors`, or say \
                 what else the operation touches"
                .to_owned())
        }
        Target::Selected => Err("has more than one selector; which of them says what it touches?".to_owned()),
        Target::Named(_) | Target::Lasting(_) | Target::Server if found > 0 => {
            Err("has a selector, which says what it touches".to_owned())
        }
        Target::Named(elements) | Target::Lasting(elements) => {
            let missing = elements.iter().find(|element| !model.requires(operation.request, element, elements));
            missing.map_or(Ok(()), |element| Err(format!("touches what <{element}> names, which it does not require")))
        }
        Target::Server => Ok(()),
    }
}

/// A selector has a name for its emptiness if it may be empty, and its loud alternatives are there.
fn check_selector(ty: &Type, config: &Config, problems: &mut Vec<Problem>) {
    let Some(selector) = config.selectors.iter().find(|selector| selector.path == ty.origin.path) else { return };
    let mut problem = |message| problems.push(Problem::new("configuration, selectors", selector.path, message));
    let Kind::Choice(choice) = &ty.kind else {
        problem("is no choice, and not a sequence of which all may be absent".to_owned());
        return;
    };
    if choice.may_be_empty && selector.empty.is_none() {
        problem("may be empty; name the variant for that in `empty`".to_owned());
    }
    if !choice.may_be_empty && selector.empty.is_some() {
        problem("may not be empty; remove `empty`".to_owned());
    }
    for (element, _) in selector.everything {
        if !choice.branches.iter().any(|branch| branch.name == *element) {
            problem(format!("has no alternative <{element}>, which `everything` names"));
        }
    }
}

/// Where a selector or filter may be absent or empty without a word, "everything" is easy to ask for by accident.
fn check_absence(model: &Model, ty: &Type, config: &Config, problems: &mut Vec<Problem>) {
    for member in ty.members() {
        let mut problem = |message: String| {
            problems.push(Problem::new(&ty.origin.file, format!("{}/{}", ty.origin.path, member.name), message));
        };
        let selects = member.ty().is_some_and(|id| model.types[id].is_selector());
        let is_filter = config.filter == Some(&member.name);
        let path = format!("{}/({})", ty.origin.path, member.name);
        match member.kind {
            MemberKind::Element(_) if selects && member.occurs.is_optional() && ty.record().is_some() => {
                problem(format!(
                    "is an optional selector: leaving it out would choose everything without saying so; list `{path}` \
                     in `selectors`"
                ));
            }
            MemberKind::Element(_) if is_filter && member.occurs.is_optional() && ty.record().is_some() => {
                problem(format!("is a filter that may be absent; list `{path}` in `selectors`"));
            }
            MemberKind::Element(id) if is_filter && !selects => {
                if let Some(silent) = silent_member(model, id) {
                    problem(format!(
                        "is a filter of {}, in which <{silent}> may be absent; list the type or the element in \
                         `selectors`",
                        model.types[id].origin.path
                    ));
                }
            }
            MemberKind::Choice(_) | MemberKind::Element(_) => {}
            _ if is_filter => problem("is a filter without a type of its own".to_owned()),
            _ => {}
        }
    }
}

/// What may be absent in the content of a filter, though no selector says what that means.
fn silent_member(model: &Model, filter: TypeId) -> Option<&str> {
    let absent = |member: &&Member| {
        let selects = member.ty().is_some_and(|id| model.types[id].is_selector());
        member.occurs.is_optional() && !selects
    };
    model.types[filter].record().and_then(|record| record.members.iter().find(absent)).map(|member| &*member.name)
}
