//! Deduplicates anonymous types and enumerations: equal ones in a module become one type. For example, the owner of a
//! plan is the same choice in every operation that has it.

use std::collections::{BTreeMap, HashMap};

use heck::ToUpperCamelCase;

use crate::config::Config;
use crate::model::{Attribute, Direction, Kind, Member, MemberKind, Model, Role, SimpleId, SimpleType, Type, TypeId};
use crate::passes::names;

/// Replaces the anonymous types of a module that have the same name and structure by one type.
pub(crate) fn dedup(model: &mut Model, config: &Config) {
    dedup_enumerations(model, config);
    // The type that replaces each type; most types replace only themselves.
    let mut representative: Vec<TypeId> = (0..model.types.len()).collect();
    let mut groups: BTreeMap<(String, String, String), Vec<TypeId>> = BTreeMap::new();
    // Inner types have higher ids than the types that contain them, so this order visits inner types first.
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

/// Replaces the anonymous enumerations of a module that have the same element and values by one, with the name of the
/// element.
fn dedup_enumerations(model: &mut Model, config: &Config) {
    let mut groups: BTreeMap<(String, String, String), Vec<SimpleId>> = BTreeMap::new();
    for (id, simple) in model.simples.iter().enumerate() {
        let SimpleType { origin, doc, primitive, white_space, facets, renamed, renamed_values } = simple;
        let is_anonymous = origin.type_name.is_none() && renamed.is_none();
        let Some((_, element)) = origin.path.rsplit_once('/') else { continue };
        if is_anonymous && simple.enumeration().is_some() {
            let structure = format!("{doc} {primitive:?} {white_space:?} {facets:?} {renamed_values:?}");
            let name = element.trim_start_matches('@').to_upper_camel_case();
            groups.entry((names::module_of(&origin.file, config), name, structure)).or_default().push(id);
        }
    }
    let mut representative: Vec<SimpleId> = (0..model.simples.len()).collect();
    for ((_, name, _), group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        group.iter().for_each(|id| representative[*id] = group[0]);
        model.simples[group[0]].renamed = Some(name);
    }
    for ty in &mut model.types {
        if let Kind::Record(record) = &mut ty.kind {
            let attributes = record.attributes.iter_mut().map(|attribute| &mut attribute.simple);
            attributes.chain(&mut record.text).for_each(|simple| *simple = representative[*simple]);
        }
        for member in ty.members_mut() {
            if let MemberKind::Text { simple, .. } = &mut member.kind {
                *simple = representative[*simple];
            }
        }
    }
}

/// Returns the name of a shared type: its element, or the common prefix of its members.
fn shared_name(model: &Model, config: &Config, id: TypeId) -> Option<String> {
    let ty = &model.types[id];
    let name = match &ty.role {
        Role::Within { parent, element } => {
            let is_result = config.outcome.is_some_and(|outcome| outcome.element == element);
            let in_reply = matches!(model.types[*parent].role, Role::Reply { .. });
            Some(element).filter(|_| !(is_result && in_reply))
        }
        Role::Part { prefix, .. } => ty.renamed.as_ref().or(prefix.as_ref()),
        _ => None,
    };
    Some(ty.renamed.as_ref().or(name)?.to_upper_camel_case()).filter(|_| name.is_some())
}

/// Turns the first type of `group` into the shared type. It gets the directions of all of them and the longest
/// documentation.
fn merge_group(model: &mut Model, group: &[TypeId], module: String, name: String) {
    let types = || group.iter().map(|id| &model.types[*id]);
    let first = &model.types[group[0]];
    let part = matches!(first.role, Role::Part { .. });
    let both = types().any(|ty| ty.direction != first.direction);
    let longest = types().max_by_key(|ty| doc_length(ty)).unwrap_or(first);
    let (doc, kind) = (longest.doc.clone(), longest.kind.clone());
    let is_incomplete = types().any(|ty| ty.is_incomplete);
    let ty = &mut model.types[group[0]];
    ty.role = Role::Shared { module, name, part };
    if both {
        ty.direction = Direction::Both;
    }
    (ty.doc, ty.kind, ty.is_incomplete) = (doc, kind, is_incomplete);
}

fn doc_length(ty: &Type) -> usize {
    ty.doc.len() + ty.members().iter().map(|member| member.doc.len()).sum::<usize>()
}

/// Returns a text that is equal for types of the same structure. It ignores the documentation and the origin of the type
/// itself.
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
    // The documentation is part of the key: members that look alike can have different meanings.
    let Member { occurs, name, doc, default, renamed, .. } = member;
    let mut kind = member.kind.clone();
    if let Some(id) = kind.ty_mut() {
        *id = representative[*id];
    }
    format!("{name} {occurs:?} {doc} {default:?} {renamed:?} {kind:?}")
}

/// Removes the types that are replaced by others, and renumbers the rest.
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
        (operation.request, operation.reply) = (of(operation.request), of(operation.reply));
    }
    for root in &mut model.roots {
        root.ty = of(root.ty);
    }
}
