//! Where in packets things stand, and which operations lead to them.

use std::collections::BTreeSet;

use super::change::Direction;
use super::draft::Spot;
use super::words;
use crate::model::{self, Kind, Member, MemberKind, Model, Primitive, Role, SimpleId, TypeId};

/// Which operations lead to each type, and the first way to it.
pub(super) struct Reach<'a> {
    model: &'a Model,
    types: Vec<Reached>,
}

/// What leads to a type.
#[derive(Clone, Debug, Default)]
struct Reached {
    operations: BTreeSet<usize>,
    request: bool,
    response: bool,
    place: Option<String>,
}

/// What is known of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) place: String,
    pub(super) operators: Vec<String>,
    pub(super) operations: Vec<String>,
    pub(super) direction: Direction,
}

impl<'a> Reach<'a> {
    pub(super) fn of(model: &'a Model) -> Self {
        let mut reach = Self { model, types: vec![Reached::default(); model.types.len()] };
        for (at, operation) in model.operations.iter().enumerate() {
            let name = format!("{}/{}", operation.operator, operation.path.join("/"));
            reach.follow(operation.request, Some(at), model::Direction::Request, &name);
            reach.follow(operation.answer, Some(at), model::Direction::Response, &name);
        }
        for root in &model.roots {
            reach.follow(root.ty, None, root.direction, &root.name);
        }
        reach.frames();
        reach
    }

    /// Notes that `start` is reached, and all that stands in it.
    fn follow(&mut self, start: TypeId, operation: Option<usize>, direction: model::Direction, place: &str) {
        let model = self.model;
        let mut seen = BTreeSet::new();
        let mut queue = vec![(start, place.to_owned())];
        while let Some((id, place)) = queue.pop() {
            if !seen.insert(id) {
                continue;
            }
            let reached = &mut self.types[id];
            reached.operations.extend(operation);
            reached.request |= direction != model::Direction::Response;
            reached.response |= direction != model::Direction::Request;
            let ty = &model.types[id];
            // In reverse, so that what stands first is taken first.
            queue.extend(ty.members().iter().rev().filter_map(|member| {
                let inner = member.ty()?;
                // What operations lead to, they have been followed to.
                let operator = matches!(model.types[inner].role, Role::Operators) && operation.is_none();
                (!operator).then(|| (inner, step(&place, member)))
            }));
            if self.types[id].place.is_none() {
                self.types[id].place = Some(place);
            }
        }
    }

    /// Notes what leads to the types that hold operations.
    fn frames(&mut self) {
        let model = self.model;
        for (ty, reached) in model.types.iter().zip(&mut self.types) {
            let (Role::Operations { operator, path } | Role::OperationItem { operator, path }) = &ty.role else {
                continue;
            };
            let within =
                |operation: &model::Operation| operation.operator == *operator && operation.path.starts_with(path);
            let held = model.operations.iter().enumerate().filter(|(_, operation)| within(operation));
            reached.operations.extend(held.map(|(at, _)| at));
            reached.request |= ty.direction != model::Direction::Response;
            reached.response |= ty.direction != model::Direction::Request;
            let names = [std::slice::from_ref(operator), path].concat();
            reached.place.get_or_insert_with(|| names.join("/"));
        }
    }

    /// What leads to the spot.
    pub(super) fn place(&self, spot: &Spot) -> Place {
        match spot {
            Spot::Member(id, name, _) => {
                let member = self.model.types[*id].members().iter().find(|member| member.name == *name);
                let attribute = match &self.model.types[*id].kind {
                    Kind::Record(record) => record.attributes.iter().any(|attribute| attribute.name == *name),
                    _ => false,
                };
                let of = self.of_type(*id);
                let place = match member {
                    Some(Member { kind: MemberKind::Choice(part) | MemberKind::Group(part), .. }) => {
                        format!("{}/({})", of.place, words::shape(self.model, *part))
                    }
                    Some(member) => step(&of.place, member),
                    None if attribute => format!("{}/@{name}", of.place),
                    None => of.place,
                };
                Place { place, ..of }
            }
            Spot::Type(id) | Spot::Whole(id) => self.of_type(*id),
            Spot::Simple(id, _) => self.of_simple(*id),
            Spot::Operation(at) => {
                let operation = &self.model.operations[*at];
                let name = format!("{}/{}", operation.operator, operation.path.join("/"));
                Place {
                    place: name.clone(),
                    operators: vec![operation.operator.clone()],
                    operations: vec![name],
                    direction: Direction::Both,
                }
            }
            Spot::Operator(operator) => {
                let all = self.model.operations.iter().filter(|operation| operation.operator == *operator);
                Place {
                    place: operator.clone(),
                    operators: vec![operator.clone()],
                    operations: all.map(|o| format!("{operator}/{}", o.path.join("/"))).collect(),
                    direction: Direction::Both,
                }
            }
        }
    }

    fn of_type(&self, id: TypeId) -> Place {
        let reached = &self.types[id];
        let place = reached.place.clone().unwrap_or_else(|| self.model.types[id].origin.path.clone());
        self.named(place, reached)
    }

    fn named(&self, place: String, reached: &Reached) -> Place {
        let mut operators: Vec<String> = Vec::new();
        let mut operations = Vec::new();
        for operation in reached.operations.iter().map(|at| &self.model.operations[*at]) {
            operations.push(format!("{}/{}", operation.operator, operation.path.join("/")));
            if !operators.contains(&operation.operator) {
                operators.push(operation.operator.clone());
            }
        }
        let direction = match (reached.request, reached.response) {
            (true, false) => Direction::Request,
            (false, true) => Direction::Response,
            _ => Direction::Both,
        };
        Place { place, operators, operations, direction }
    }

    /// What leads to a simple type: all that leads to the types with texts of it.
    fn of_simple(&self, id: SimpleId) -> Place {
        let mut all = Reached::default();
        let mut first: Option<(Option<usize>, String)> = None;
        for (ty, reached) in self.types.iter().enumerate() {
            let Some(step) = self.use_of(ty, id) else { continue };
            all.operations.extend(&reached.operations);
            all.request |= reached.request;
            all.response |= reached.response;
            let at = reached.operations.first().copied();
            let place = reached.place.as_ref().map(|place| format!("{place}{step}"));
            if let Some(place) = place
                && first.as_ref().is_none_or(|(other, _)| at.is_some_and(|at| other.is_none_or(|other| at < other)))
            {
                first = Some((at, place));
            }
        }
        let place = first.map_or_else(|| self.model.simples[id].origin.path.clone(), |(_, place)| place);
        self.named(place, &all)
    }

    /// The step from a type to a text of the simple type, if there is one.
    fn use_of(&self, ty: TypeId, id: SimpleId) -> Option<String> {
        let ty = &self.model.types[ty];
        if let Kind::Record(record) = &ty.kind {
            if record.text.is_some_and(|text| self.is_made_of(text, id)) {
                return Some(String::new());
            }
            if let Some(attribute) = record.attributes.iter().find(|attribute| self.is_made_of(attribute.simple, id)) {
                return Some(format!("/@{}", attribute.name));
            }
        }
        let member = ty
            .members()
            .iter()
            .find(|member| matches!(member.kind, MemberKind::Text { simple, .. } if self.is_made_of(simple, id)))?;
        Some(format!("/{}", member.name))
    }

    /// Whether the simple type `whole` is `part`, or a union or list of it.
    fn is_made_of(&self, whole: SimpleId, part: SimpleId) -> bool {
        whole == part
            || match &self.model.simples[whole].primitive {
                Primitive::BuiltIn(_) => false,
                Primitive::List(item) => self.is_made_of(*item, part),
                Primitive::Union(members) => members.iter().any(|member| self.is_made_of(*member, part)),
            }
    }
}

/// The place within `place` that a member is.
fn step(place: &str, member: &Member) -> String {
    match member.kind {
        MemberKind::Choice(_) | MemberKind::Group(_) => place.to_owned(),
        _ if place.is_empty() => member.name.clone(),
        _ => format!("{place}/{}", member.name),
    }
}
