//! Finds where constructs are used: the operations that lead to them, and a path in a packet.

use std::collections::BTreeSet;
use std::mem::discriminant;

use super::change::{ApiImpact, Change, Direction};
use super::describe;
use super::raw_change::{Construct, RawChange, Version};
use crate::model::{self, Kind, Member, MemberKind, Model, Operation, Primitive, Role, SimpleId, TypeId};

/// The usages of both versions.
pub(super) struct Usages<'a> {
    old: UsageMap<'a>,
    new: UsageMap<'a>,
}

impl<'a> Usages<'a> {
    pub(super) fn of(old: &'a Model, new: &'a Model) -> Self {
        Self { old: UsageMap::of(old), new: UsageMap::of(new) }
    }

    /// Completes a change with the operations and the path at which it appears.
    pub(super) fn locate(&self, change: &RawChange, api: ApiImpact) -> Change {
        let map = |version: Version| if version == Version::Old { &self.old } else { &self.new };
        let mut usage = Usage::default();
        let mut origin = String::new();
        if let Some((version, primary)) = change.primary() {
            let map = map(*version);
            usage = map.usage(primary);
            origin = primary.origin(map.model);
            // One schema type can become several types of the model, all of which count. A construct of another kind,
            // such as the type of an added element, is only part of the change.
            let same_kind = |other: &Construct| discriminant(primary) == discriminant(other);
            for (_, other) in change.constructs.iter().filter(|(its, other)| its == version && same_kind(other)) {
                let further = map.usage(other);
                usage.operations.extend(further.operations);
                usage.operators.extend(further.operators);
            }
            deduplicate(&mut usage.operations);
            deduplicate(&mut usage.operators);
        }
        Change {
            operator: if usage.operators.len() == 1 { usage.operators.pop() } else { None },
            operations: usage.operations,
            direction: usage.direction,
            // A difference that no construct explains, such as a feature, concerns all of it.
            path: if change.primary().is_some() { usage.path } else { "the crate".to_owned() },
            origin,
            subject: change.subject,
            kind: change.kind,
            old: change.old.clone(),
            new: change.new.clone(),
            wire: change.wire,
            api,
        }
    }
}

/// Removes repeated items and keeps the order.
fn deduplicate(list: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    list.retain(|item| seen.insert(item.clone()));
}

/// The usage of every type of a model.
struct UsageMap<'a> {
    model: &'a Model,
    types: Vec<TypeUsage>,
}

/// The operations and documents that lead to a type.
#[derive(Clone, Debug, Default)]
struct TypeUsage {
    operations: BTreeSet<usize>,
    request: bool,
    response: bool,
    /// The first path found.
    path: Option<String>,
}

/// The usage of a construct.
#[derive(Clone, Debug)]
struct Usage {
    path: String,
    operators: Vec<String>,
    operations: Vec<String>,
    direction: Direction,
}

impl Default for Usage {
    fn default() -> Self {
        Self { path: String::new(), operators: Vec::new(), operations: Vec::new(), direction: Direction::Both }
    }
}

/// Returns the path of an operation in a packet: `customer/add`.
fn operation_path(operation: &Operation) -> String {
    format!("{}/{}", operation.operator, operation.path.join("/"))
}

impl<'a> UsageMap<'a> {
    fn of(model: &'a Model) -> Self {
        let mut map = Self { model, types: vec![TypeUsage::default(); model.types.len()] };
        for (at, operation) in model.operations.iter().enumerate() {
            let path = operation_path(operation);
            map.follow(operation.request, Some(at), model::Direction::Request, &path);
            map.follow(operation.reply, Some(at), model::Direction::Response, &path);
        }
        for root in &model.roots {
            map.follow(root.ty, None, root.direction, &root.name);
        }
        map.add_operation_containers();
        map
    }

    /// Records that `start` and all types in its content are used.
    fn follow(&mut self, start: TypeId, operation: Option<usize>, direction: model::Direction, path: &str) {
        let model = self.model;
        let mut seen = BTreeSet::new();
        let mut stack = vec![(start, path.to_owned())];
        while let Some((id, path)) = stack.pop() {
            if !seen.insert(id) {
                continue;
            }
            let usage = &mut self.types[id];
            usage.operations.extend(operation);
            usage.request |= direction != model::Direction::Response;
            usage.response |= direction != model::Direction::Request;
            // Reversed, so that the first member is taken from the stack first.
            stack.extend(model.types[id].members().iter().rev().filter_map(|member| {
                let inner = member.ty()?;
                // The content of operators has been followed from each operation.
                let is_operators = matches!(model.types[inner].role, Role::Operators) && operation.is_none();
                (!is_operators).then(|| (inner, member_path(&path, member)))
            }));
            if self.types[id].path.is_none() {
                self.types[id].path = Some(path);
            }
        }
    }

    /// Records the usage of the types that contain operations.
    fn add_operation_containers(&mut self) {
        let model = self.model;
        for (ty, usage) in model.types.iter().zip(&mut self.types) {
            let (Role::Operations { operator, path } | Role::OperationItem { operator, path }) = &ty.role else {
                continue;
            };
            let is_contained =
                |operation: &Operation| operation.operator == *operator && operation.path.starts_with(path);
            let contained = model.operations.iter().enumerate().filter(|(_, operation)| is_contained(operation));
            usage.operations.extend(contained.map(|(at, _)| at));
            usage.request |= ty.direction != model::Direction::Response;
            usage.response |= ty.direction != model::Direction::Request;
            let names = [std::slice::from_ref(operator), path].concat();
            usage.path.get_or_insert_with(|| names.join("/"));
        }
    }

    /// Returns the usage of a construct.
    fn usage(&self, construct: &Construct) -> Usage {
        match construct {
            Construct::Member(id, name) => {
                let ty = &self.model.types[*id];
                let member = ty.members().iter().find(|member| member.name == *name);
                let is_attribute = match &ty.kind {
                    Kind::Record(record) => record.attributes.iter().any(|attribute| attribute.name == *name),
                    _ => false,
                };
                let parent = self.type_usage(*id);
                let path = match member {
                    Some(Member { kind: MemberKind::Choice(part) | MemberKind::Group(part), .. }) => {
                        format!("{}/({})", parent.path, describe::content_model(self.model, *part))
                    }
                    Some(member) => member_path(&parent.path, member),
                    None if is_attribute => format!("{}/@{name}", parent.path),
                    None => parent.path,
                };
                Usage { path, ..parent }
            }
            Construct::Type(id) | Construct::TypeTree(id) => self.type_usage(*id),
            Construct::Simple(id, _) => self.simple_usage(*id),
            Construct::Operation(at) => {
                let operation = &self.model.operations[*at];
                let path = operation_path(operation);
                Usage {
                    operators: vec![operation.operator.clone()],
                    operations: vec![path.clone()],
                    path,
                    direction: Direction::Both,
                }
            }
            Construct::Operator(operator) => {
                let operations = self.model.operations.iter().filter(|operation| operation.operator == *operator);
                Usage {
                    path: operator.clone(),
                    operators: vec![operator.clone()],
                    operations: operations.map(operation_path).collect(),
                    direction: Direction::Both,
                }
            }
        }
    }

    fn type_usage(&self, id: TypeId) -> Usage {
        let usage = &self.types[id];
        let path = usage.path.clone().unwrap_or_else(|| self.model.types[id].origin.path.clone());
        self.named(path, usage)
    }

    /// Replaces the operation indexes of a usage by names.
    fn named(&self, path: String, usage: &TypeUsage) -> Usage {
        let mut operators: Vec<String> = Vec::new();
        let mut operations = Vec::new();
        for operation in usage.operations.iter().map(|at| &self.model.operations[*at]) {
            operations.push(operation_path(operation));
            if !operators.contains(&operation.operator) {
                operators.push(operation.operator.clone());
            }
        }
        let direction = match (usage.request, usage.response) {
            (true, false) => Direction::Request,
            (false, true) => Direction::Response,
            _ => Direction::Both,
        };
        Usage { path, operators, operations, direction }
    }

    /// Returns the usage of a simple type: that of all types with a text of it, and the path of the first operation.
    fn simple_usage(&self, id: SimpleId) -> Usage {
        let mut all = TypeUsage::default();
        let mut first: Option<(Option<usize>, String)> = None;
        for (ty, usage) in self.types.iter().enumerate() {
            let Some(suffix) = self.path_to_simple(ty, id) else { continue };
            all.operations.extend(&usage.operations);
            all.request |= usage.request;
            all.response |= usage.response;
            let at = usage.operations.first().copied();
            let path = usage.path.as_ref().map(|path| format!("{path}{suffix}"));
            if let Some(path) = path
                && first.as_ref().is_none_or(|(other, _)| at.is_some_and(|at| other.is_none_or(|other| at < other)))
            {
                first = Some((at, path));
            }
        }
        let path = first.map_or_else(|| self.model.simples[id].origin.path.clone(), |(_, path)| path);
        self.named(path, &all)
    }

    /// Returns the path from a type to the first of its texts that uses the simple type, if there is one.
    fn path_to_simple(&self, ty: TypeId, id: SimpleId) -> Option<String> {
        let ty = &self.model.types[ty];
        if let Kind::Record(record) = &ty.kind {
            if record.text.is_some_and(|text| self.consists_of(text, id)) {
                return Some(String::new());
            }
            if let Some(attribute) = record.attributes.iter().find(|attribute| self.consists_of(attribute.simple, id)) {
                return Some(format!("/@{}", attribute.name));
            }
        }
        let uses =
            |member: &&Member| matches!(member.kind, MemberKind::Text { simple, .. } if self.consists_of(simple, id));
        Some(format!("/{}", ty.members().iter().find(uses)?.name))
    }

    /// Returns `true` if the simple type `whole` is `part`, or a union or list of it.
    fn consists_of(&self, whole: SimpleId, part: SimpleId) -> bool {
        whole == part
            || match &self.model.simples[whole].primitive {
                Primitive::BuiltIn(_) => false,
                Primitive::List(item) => self.consists_of(*item, part),
                Primitive::Union(members) => members.iter().any(|member| self.consists_of(*member, part)),
            }
    }
}

/// Returns the path of a member. Choices and groups are no elements, so they add nothing.
fn member_path(parent: &str, member: &Member) -> String {
    match member.kind {
        MemberKind::Choice(_) | MemberKind::Group(_) => parent.to_owned(),
        _ if parent.is_empty() => member.name.clone(),
        _ => format!("{parent}/{}", member.name),
    }
}
