//! Types without a name of their own that a module would have several times alike become one: the owner of a plan is
//! the representative choice in whichever operation it stands.

use std::collections::{BTreeMap, HashMap};

use heck::ToUpperCamelCase;

use crate::config::Config;
use crate::model::{Attribute, Direction, Kind, Member, Model, Role, Type, TypeId};
use crate::passes::names;

/// Joins the types of a module that are alike and about the representative.
pub(crate) fn dedup(model: &mut Model, config: &Config) {
    let mut representative: Vec<TypeId> = (0..model.types.len()).collect();
    let mut groups: BTreeMap<(String, String, String), Vec<TypeId>> = BTreeMap::new();
    // What stands within a type comes after it, so that the inner ones are joined first.
    for id in (0..model.types.len()).rev() {
        let Some(name) = shared_name(model, config, id) else { continue };
        let key = (names::module_of_type(model, config, id), name, structural_key(model, config, id, &representative));
        let group = groups.entry(key).or_default();
        group.push(id);
        representative[id] = group[0];
    }
    for ((module, name, _), mut group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        group.reverse();
        group.iter().for_each(|id| representative[*id] = group[0]);
        merge_group(model, &group, module, name);
    }
    remove_duplicates(model, &representative);
}

/// What a type is called if there are several alike: the element that holds it, or what it is prefix.
fn shared_name(model: &Model, config: &Config, id: TypeId) -> Option<String> {
    let ty = &model.types[id];
    let name = match &ty.role {
        Role::Within { parent, element } => {
            let is_result = config.outcome.is_some_and(|outcome| outcome.element == element);
            let in_answer = matches!(model.types[*parent].role, Role::Answer { .. });
            Some(element).filter(|_| !(is_result && in_answer))
        }
        Role::Part { prefix, .. } => ty.renamed.as_ref().or(prefix.as_ref()),
        _ => None,
    };
    Some(ty.renamed.as_ref().or(name)?.to_upper_camel_case()).filter(|_| name.is_some())
}

/// The first of `group` stays, for all directions that any of them has, with the words that say most.
fn merge_group(model: &mut Model, group: &[TypeId], module: String, name: String) {
    let types = || group.iter().map(|id| &model.types[*id]);
    let first = &model.types[group[0]];
    let part = matches!(first.role, Role::Part { .. });
    let both = types().any(|ty| ty.direction != first.direction);
    let longest = types().max_by_key(|ty| doc_length(ty)).unwrap_or(first);
    let (doc, kind) = (longest.doc.clone(), longest.kind.clone());
    let ty = &mut model.types[group[0]];
    ty.role = Role::Shared { module, name, part };
    if both {
        ty.direction = Direction::Both;
    }
    (ty.doc, ty.kind) = (doc, kind);
}

fn doc_length(ty: &Type) -> usize {
    ty.doc.len() + ty.members().iter().map(|member| member.doc.len()).sum::<usize>()
}

/// All that matters of a type but its words and where it stands.
fn structural_key(model: &Model, config: &Config, id: TypeId, representative: &[TypeId]) -> String {
    let ty = &model.types[id];
    let head = match &ty.kind {
        Kind::Untyped => "anything".to_owned(),
        Kind::Record(record) => {
            let of = |it: &'_ Attribute| format!("{} {} {} {:?}", it.name, it.simple, it.required, it.default);
            let attributes: Vec<_> = record.attributes.iter().map(of).collect();
            format!("{attributes:?} {:?} {} {} {:?}", record.text, record.any_order, record.outcome, record.shown)
        }
        Kind::Choice(choice) => {
            let selector = names::selector(ty, config).map(|selector| (selector.empty, selector.everything));
            format!("{} {} {selector:?}", choice.may_be_empty, choice.selector)
        }
    };
    let members: Vec<String> = ty.members().iter().map(|member| member_key(member, representative)).collect();
    format!("{} {head} {members:?}", matches!(ty.role, Role::Part { .. }))
}

fn member_key(member: &Member, representative: &[TypeId]) -> String {
    // What is meant differently is not alike, though it looks so.
    let Member { occurs, name, doc, default, renamed, .. } = member;
    let mut kind = member.kind.clone();
    if let Some(id) = kind.ty_mut() {
        *id = representative[*id];
    }
    format!("{name} {occurs:?} {doc} {default:?} {renamed:?} {kind:?}")
}

/// Drops the types that others stand for.
fn remove_duplicates(model: &mut Model, representative: &[TypeId]) {
    let kept: Vec<TypeId> = (0..representative.len()).filter(|id| representative[*id] == *id).collect();
    let new: HashMap<TypeId, TypeId> = kept.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let of = |id: TypeId| new[&representative[id]];
    let mut types = std::mem::take(&mut model.types);
    for ty in &mut types {
        if let Role::Within { parent, .. } | Role::Part { parent, .. } = &mut ty.role {
            *parent = of(*parent);
        }
        for id in ty.members_mut().iter_mut().filter_map(|member| member.kind.ty_mut()) {
            *id = of(*id);
        }
    }
    let mut ids = 0..;
    types.retain(|_| ids.next().is_some_and(|id| representative[id] == id));
    model.types = types;
    for operation in &mut model.operations {
        (operation.request, operation.answer) = (of(operation.request), of(operation.answer));
    }
    for root in &mut model.roots {
        root.ty = of(root.ty);
    }
}
