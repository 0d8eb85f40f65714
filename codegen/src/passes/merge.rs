//! Joins the models of both directions: equal types become one, and each operation gets its request and its reply.

use std::collections::HashMap;

use super::gaps::may_lack;
use crate::config::Config;
use crate::error::Problem;
use crate::model::{
    Body, Direction, Kind, Member, MemberKind, Model, Operation, Primitive, Role, SimpleId, SimpleType, TypeId,
};

/// Merges the models of requests and responses. Returns the model, and a problem for each request without a reply and
/// each reply without a request, unless the other one may be in a missing part of the schemas.
pub(crate) fn merge(protocol: &str, requests: Model, responses: Model, config: &Config) -> (Model, Vec<Problem>) {
    let mut model = requests;
    model.protocol = protocol.to_owned();
    let simples = merge_simples(&mut model, &responses);
    let types = merge_types(&mut model, &responses, &simples);
    model.roots.extend(responses.roots.iter().map(|root| {
        let mut root = root.clone();
        root.ty = types[root.ty];
        root
    }));
    model.used.extend(responses.used.iter().cloned());
    let problems = join_operations(&mut model, &responses, &types, config);
    (model, problems)
}

/// Adds the simple types of the responses that the model lacks. Returns the new id of each.
fn merge_simples(model: &mut Model, responses: &Model) -> Vec<SimpleId> {
    let known: HashMap<String, SimpleId> =
        (0..model.simples.len()).map(|id| (simple_key(model, id, true), id)).collect();
    let mut ids = Vec::new();
    for (id, simple) in responses.simples.iter().enumerate() {
        // The member types of a union or list precede it, so their new ids are already known.
        let new = known.get(&simple_key(responses, id, true)).copied().unwrap_or_else(|| {
            let mut simple = simple.clone();
            remap_simple(&mut simple, &ids);
            model.simples.push(simple);
            model.simples.len() - 1
        });
        ids.push(new);
    }
    ids
}

fn remap_simple(simple: &mut SimpleType, ids: &[SimpleId]) {
    match &mut simple.primitive {
        Primitive::BuiltIn(_) => {}
        Primitive::Union(members) => members.iter_mut().for_each(|member| *member = ids[*member]),
        Primitive::List(item) => *item = ids[*item],
    }
}

/// Adds the types of the responses that the model lacks. Returns the new id of each.
fn merge_types(model: &mut Model, responses: &Model, simples: &[SimpleId]) -> Vec<TypeId> {
    let known: HashMap<String, TypeId> = model
        .types
        .iter()
        .enumerate()
        .filter(|(_, ty)| ty.role == Role::Named)
        .map(|(id, _)| (TypeKey::default().of(model, id), id))
        .collect();
    let mut ids: Vec<Option<TypeId>> = vec![None; responses.types.len()];
    for (id, ty) in responses.types.iter().enumerate() {
        if ty.role == Role::Named
            && let Some(same) = known.get(&TypeKey::default().of(responses, id))
        {
            unify(model, responses, *same, id, &mut ids);
        }
    }
    for (id, same) in ids.iter_mut().enumerate() {
        match same {
            Some(same) => {
                let same = &mut model.types[*same];
                same.direction = Direction::Both;
                same.is_incomplete |= responses.types[id].is_incomplete;
            }
            None => {
                model.types.push(responses.types[id].clone());
                *same = Some(model.types.len() - 1);
            }
        }
    }
    let ids: Vec<TypeId> = ids.into_iter().flatten().collect();
    for (id, ty) in responses.types.iter().enumerate() {
        let new = ids[id];
        if model.types[new].direction == Direction::Both {
            continue;
        }
        let target = &mut model.types[new];
        if let Role::Within { parent, .. } | Role::Part { parent, .. } = &mut target.role {
            *parent = ids[*parent];
        }
        target.kind = ty.kind.clone();
        match &mut target.kind {
            Kind::Untyped => {}
            Kind::Record(record) => {
                record.attributes.iter_mut().for_each(|attribute| attribute.simple = simples[attribute.simple]);
                record.text = record.text.map(|simple| simples[simple]);
                record.members.iter_mut().for_each(|member| remap(member, &ids, simples));
            }
            Kind::Choice(choice) => choice.alternatives.iter_mut().for_each(|branch| remap(branch, &ids, simples)),
        }
    }
    ids
}

/// Replaces the ids in a member by new ones.
fn remap(member: &mut Member, types: &[TypeId], simples: &[SimpleId]) {
    match &mut member.kind {
        MemberKind::Text { simple, .. } => *simple = simples[*simple],
        MemberKind::Element(id) | MemberKind::Choice(id) | MemberKind::Group(id) => *id = types[*id],
        MemberKind::Outcome(Body::Record(id) | Body::Optional(id)) => *id = types[*id],
        MemberKind::Outcome(Body::Nothing) | MemberKind::Flag | MemberKind::Untyped(_) | MemberKind::Wildcard => {}
    }
}

/// Records that the response type `theirs` equals the request type `ours`, and so do all types within them.
fn unify(model: &Model, responses: &Model, ours: TypeId, theirs: TypeId, ids: &mut [Option<TypeId>]) {
    if ids[theirs].is_some() {
        return;
    }
    ids[theirs] = Some(ours);
    for (our, their) in model.types[ours].members().iter().zip(responses.types[theirs].members()) {
        if let (Some(our), Some(their)) = (our.ty(), their.ty()) {
            unify(model, responses, our, their, ids);
        }
    }
}

/// Gives each operation its reply. An operation without one is removed.
fn join_operations(model: &mut Model, responses: &Model, types: &[TypeId], config: &Config) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut joined: Vec<Operation> = Vec::new();
    for operation in std::mem::take(&mut model.operations) {
        let name = format!("{} {}", operation.operator, operation.path.join("/"));
        let Some(reply) = responses
            .operations
            .iter()
            .find(|other| other.operator == operation.operator && other.path == operation.path)
        else {
            if may_lack(responses, Direction::Response, &operation.operator) {
                continue;
            }
            let origin = &model.types[operation.request].origin;
            let problem = Problem::new("the response entry point", name, "the operation has no reply");
            let advice = "declare one there, or list the operation in `left_out` or `nested` of the configuration";
            problems.push(problem.advice(advice).shown_at(&origin.file, &origin.path).label("the request"));
            continue;
        };
        joined.push(Operation { reply: types[reply.reply], repeats: reply.repeats, ..operation });
    }
    for reply in &responses.operations {
        let path = reply.path.join("/");
        if joined.iter().any(|operation| operation.operator == reply.operator && operation.path == reply.path) {
            continue;
        }
        let name = format!("{} {path}", reply.operator);
        if config.replies_only.contains(&(reply.operator.as_str(), path.as_str())) {
            model.mark_used("replies_only", &name);
        } else if !may_lack(model, Direction::Request, &reply.operator) {
            let origin = &responses.types[reply.reply].origin;
            let problem = Problem::new("the request entry point", name, "there is a reply, but no such operation");
            let advice = "declare the operation there, or list it in `replies_only` of the configuration";
            problems.push(problem.advice(advice).shown_at(&origin.file, &origin.path).label("the reply"));
        }
    }
    model.operations = joined;
    problems
}

/// Returns a text that is equal for equal simple types. It includes their origin only if `with_origin`.
fn simple_key(model: &Model, id: SimpleId, with_origin: bool) -> String {
    let simple = &model.simples[id];
    let primitive = match &simple.primitive {
        Primitive::BuiltIn(name) => name.clone(),
        Primitive::Union(members) => members.iter().map(|member| simple_key(model, *member, false)).collect(),
        Primitive::List(item) => format!("list of {}", simple_key(model, *item, false)),
    };
    let origin = if with_origin { simple.origin.to_string() } else { String::new() };
    format!("{origin} {primitive} {:?} {:?}", simple.white_space, simple.facets)
}

/// Builds a text that is equal for equal types. Recursion into a type that was already visited is cut.
#[derive(Default)]
struct TypeKey {
    seen: Vec<TypeId>,
}

impl TypeKey {
    fn of(&mut self, model: &Model, id: TypeId) -> String {
        let ty = &model.types[id];
        let origin = &ty.origin;
        if self.seen.contains(&id) {
            return format!("see {origin}");
        }
        self.seen.push(id);
        let head = match &ty.kind {
            Kind::Untyped => "anything".to_owned(),
            Kind::Record(record) => {
                let simple = |id: SimpleId| simple_key(model, id, true);
                let attributes: Vec<_> =
                    record.attributes.iter().map(|a| (&a.name, a.required, simple(a.simple))).collect();
                format!("{} {:?} {:?} {attributes:?}", record.any_order, record.outcome, record.text.map(simple))
            }
            Kind::Choice(choice) => format!("{} {}", choice.may_be_empty, choice.selector),
        };
        let mut text = format!("{origin} {head} {{");
        for member in ty.members() {
            let kind = match &member.kind {
                MemberKind::Text { simple, nillable, secret } => {
                    format!("{} {nillable} {secret}", simple_key(model, *simple, true))
                }
                MemberKind::Untyped(how) => format!("{how:?}"),
                MemberKind::Flag => "flag".to_owned(),
                MemberKind::Wildcard => "wildcard".to_owned(),
                MemberKind::Outcome(body) => format!("outcome {}", matches!(body, Body::Optional(_))),
                MemberKind::Element(_) => "element".to_owned(),
                MemberKind::Choice(_) => "choice".to_owned(),
                MemberKind::Group(_) => "group".to_owned(),
            };
            text.push_str(&format!("{} {:?} {:?} {kind}", member.name, member.occurs, member.default));
            if let Some(inner) = member.ty() {
                text.push_str(&self.of(model, inner));
            }
            text.push(';');
        }
        text.push('}');
        text
    }
}
