//! Describes operators and operations.

use plesk_model::{Answer, Class, OperationSummary, Operator, OperatorSummary, Target};

use super::types::Types;
use super::{errors, examples};
use crate::model::{self, Body, Direction, MemberKind, Model, Operation, Role, TypeId};
use crate::passes::names::Names;
use crate::samples::Protocol;

/// Describes all operators, in the order of the schemas.
pub(super) fn describe(protocol: &Protocol, names: &Names) -> Vec<Operator> {
    let operations = &protocol.model.operations;
    let mut order: Vec<&str> = Vec::new();
    for operation in operations {
        if !order.contains(&operation.operator.as_str()) {
            order.push(&operation.operator);
        }
    }
    order.into_iter().map(|name| describe_operator(protocol, names, name)).collect()
}

/// Returns an operator in one line.
pub(super) fn summarize(operator: &Operator) -> OperatorSummary {
    let operations = operator.operations.iter().map(|operation| OperationSummary {
        path: operation.path.clone(),
        doc: first_paragraph(&operation.doc),
        class: operation.class,
        answer: operation.answer,
    });
    OperatorSummary {
        name: operator.name.clone(),
        doc: first_paragraph(&operator.doc),
        operations: operations.collect(),
    }
}

fn first_paragraph(doc: &str) -> String {
    doc.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

fn describe_operator(protocol: &Protocol, names: &Names, name: &str) -> Operator {
    let model = &protocol.model;
    let mut types = Types::new(protocol, names);
    let of_operator = model.operations.iter().filter(|operation| operation.operator == name);
    let operations: Vec<_> =
        of_operator.clone().map(|operation| describe_operation(protocol, names, operation, &mut types)).collect();
    let module = of_operator.map(|operation| names.types[operation.request].module.clone()).next().unwrap_or_default();
    let (types, simple_types) = types.into_parts();
    Operator { name: name.to_owned(), module, doc: operator_doc(model, name), operations, types, simple_types }
}

/// Returns the documentation of the type of an operator's element in requests.
fn operator_doc(model: &Model, name: &str) -> String {
    let is_operator = |ty: &&model::Type| {
        ty.direction != Direction::Response
            && matches!(&ty.role, Role::Operations { operator, path } if operator == name && path.is_empty())
    };
    model.types.iter().find(is_operator).map_or_else(String::new, |ty| ty.doc.clone())
}

fn describe_operation(
    protocol: &Protocol,
    names: &Names,
    operation: &Operation,
    types: &mut Types<'_>,
) -> plesk_model::Operation {
    let model = &protocol.model;
    let doc = model.types[operation.request].doc.clone();
    let (answer, data) = answer(model, operation.reply);
    plesk_model::Operation {
        path: operation.path.join("/"),
        class: class(operation.class),
        target: target(operation.target),
        request: types.content(operation.request),
        reply: types.content(operation.reply),
        answer,
        rust_request: names.types[operation.request].to_string(),
        rust_answer: data.map(|id| names.types[id].to_string()),
        errors: errors::find(&doc),
        examples: examples::of_operation(protocol, operation),
        doc,
    }
}

/// Returns the form of an answer, and the type of its data.
fn answer(model: &Model, reply: TypeId) -> (Answer, Option<TypeId>) {
    let ty = &model.types[reply];
    let result = ty.members().iter().find_map(|member| match member.kind {
        MemberKind::Outcome(body) => Some((member, body)),
        _ => None,
    });
    let Some((member, body)) = result.filter(|(member, _)| !member.occurs.is_optional() || member.occurs.is_list())
    else {
        return (Answer::Plain, Some(reply));
    };
    let form = if member.occurs.is_list() { Answer::List } else { Answer::One };
    match body {
        Body::Nothing => (form, None),
        Body::Record(id) | Body::Optional(id) => (form, Some(id)),
    }
}

fn class(class: Option<model::Class>) -> Class {
    match class {
        // Without a class, nothing is known but the worst.
        Some(model::Class::Change) | None => Class::Change,
        Some(model::Class::Read) => Class::Read,
        Some(model::Class::Create) => Class::Create,
        Some(model::Class::Set) => Class::Set,
        Some(model::Class::Delete) => Class::Delete,
        Some(model::Class::End) => Class::End,
    }
}

fn target(target: model::Target) -> Target {
    let owned = |elements: &[&str]| elements.iter().map(|element| (*element).to_owned()).collect();
    match target {
        model::Target::Selected => Target::Selected,
        model::Target::Named(elements) => Target::Named(owned(elements)),
        model::Target::StableId(elements) => Target::StableId(owned(elements)),
        model::Target::Server => Target::Server,
    }
}
