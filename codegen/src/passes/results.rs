//! Moves the optional data of a result into its body, if a success means something without it.
//!
//! The schemas have results whose data is all or nothing. For an operation that reads or creates, a success without data
//! is nothing to work with, so the data as a whole is the body of the result. For an operation that changes or deletes,
//! the data only names the object, and a server may leave it out: there, each of its members is optional.

use std::collections::BTreeSet;

use crate::model::{
    Body, Class, Kind, Member, MemberKind, Model, Occurs, Operation, Origin, Record, Role, Type, TypeId,
};

/// The name of the member for data of several elements, unless a fix-up renames it.
const GROUP: &str = "group";

/// Makes the data of results that change or delete optional members of their bodies.
pub(crate) fn move_optional_data(model: &mut Model) {
    let (required, optional): (Vec<_>, Vec<_>) = model.operations.iter().cloned().partition(requires_data);
    let required: BTreeSet<TypeId> = required.iter().filter_map(|operation| optional_body(model, operation)).collect();
    for operation in &optional {
        let Some(body) = optional_body(model, operation) else { continue };
        if required.contains(&body) {
            // A named type that several operations share. Only some of them need all of the data.
            let own = own_copy(model, body, operation.reply);
            move_into_body(model, own);
            replace(&mut model.types[operation.reply], body, own);
        } else {
            move_into_body(model, body);
            model.types.iter_mut().for_each(|ty| replace(ty, body, body));
        }
    }
}

/// Returns `true` if a success without data is no success.
fn requires_data(operation: &Operation) -> bool {
    matches!(operation.class, Some(Class::Read | Class::Create))
}

/// Returns the type of the data of the operation's results, if it is all or nothing.
fn optional_body(model: &Model, operation: &Operation) -> Option<TypeId> {
    match model.result_of(operation.reply)? {
        (_, Body::Optional(id)) => Some(id),
        _ => None,
    }
}

/// Adds a copy of the type for the results in `reply`. Returns its ID.
fn own_copy(model: &mut Model, id: TypeId, reply: TypeId) -> TypeId {
    let element = model.result_of(reply).map_or_else(String::new, |(member, _)| member.name.clone());
    let outer = &model.types[reply].origin;
    let path = format!("{}/{element}", outer.path);
    let origin = Origin { file: outer.file.clone(), path, type_name: None };
    let role = Role::Within { parent: reply, element };
    let own = Type { origin, role, renamed: None, ..model.types[id].clone() };
    model.types.push(own);
    model.types.len() - 1
}

/// Replaces the data `from`, all or nothing, by the body `to` in the results of `ty`.
fn replace(ty: &mut Type, from: TypeId, to: TypeId) {
    for member in ty.members_mut() {
        if let MemberKind::Outcome(body @ Body::Optional(_)) = &mut member.kind
            && *body == Body::Optional(from)
        {
            *body = Body::Record(to);
        }
    }
}

/// Makes the members of a body optional: a single one by itself, several required ones together.
fn move_into_body(model: &mut Model, id: TypeId) {
    let Kind::Record(record) = &mut model.types[id].kind else { return };
    match record.members.as_mut_slice() {
        [only] => only.occurs.min = 0,
        members if members.iter().all(|member| member.occurs.is_optional()) => {}
        _ => move_into_group(model, id),
    }
}

/// Moves the members of a body into an optional group.
fn move_into_group(model: &mut Model, id: TypeId) {
    let body = &mut model.types[id];
    let Kind::Record(record) = &mut body.kind else { return };
    let members = std::mem::take(&mut record.members);
    let origin = Origin { path: format!("{}/({GROUP})", body.origin.path), type_name: None, ..body.origin.clone() };
    let group = Type {
        origin,
        role: Role::Part { parent: id, prefix: None },
        kind: Kind::Record(Record { members, ..Record::default() }),
        doc: body.doc.clone(),
        direction: body.direction,
        renamed: None,
        is_incomplete: body.is_incomplete,
    };
    let member = Member {
        kind: MemberKind::Group(model.types.len()),
        occurs: Occurs { min: 0, max: Some(1) },
        name: GROUP.to_owned(),
        doc: "The data, all of it or nothing.".to_owned(),
        default: None,
        renamed: None,
    };
    if let Kind::Record(record) = &mut model.types[id].kind {
        record.members = vec![member];
    }
    model.types.push(group);
}
