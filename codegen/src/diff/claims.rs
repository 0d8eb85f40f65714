//! Which items of the emitted crates a change of the schemas answers for.

use std::collections::BTreeSet;

use super::differences::Difference;
use super::draft::{Draft, Spot};
use super::surface::{Part, Surface};
use super::walk::Walk;
use crate::config::Config;
use crate::model::{Kind, MemberKind, Model, Operation, Role, TypeId};
use crate::passes::names;

/// The items of the emitted crates that a draft answers for.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// Parts of types: the type's path, and the name of a field, variant or function.
    parts: [BTreeSet<(String, String)>; 2],
    /// Types with all their parts.
    types: [BTreeSet<String>; 2],
    /// Types that it stands in.
    owners: [BTreeSet<String>; 2],
}

impl Claims {
    pub(super) fn of(draft: &Draft, walk: &Walk<'_>, surfaces: [&Surface; 2], configs: [&Config; 2]) -> Self {
        let mut claims = Self::default();
        for (side, spot) in &draft.spots {
            let at = *side as usize;
            let model = [walk.old, walk.new][at];
            let taken = Claimed { model, surface: surfaces[at], config: configs[at] };
            let other = surfaces[1 - at];
            taken.spot(spot, other, &mut claims.parts[at], &mut claims.types[at], &mut claims.owners[at]);
        }
        claims
    }

    pub(super) fn has_part(&self, difference: &Difference) -> bool {
        let Some(part) = &difference.part else { return false };
        (0..2).any(|at| {
            let Some(path) = &difference.paths[at] else { return false };
            let has = |name: &str| self.parts[at].contains(&(path.clone(), name.to_owned()));
            match part {
                Part::Function(name) if name == "new" => has(name) || difference.arguments.iter().any(|name| has(name)),
                Part::Field(name) | Part::Variant(name) | Part::Function(name) | Part::Associated(name) => has(name),
                _ => false,
            }
        })
    }

    pub(super) fn has_type(&self, difference: &Difference) -> bool {
        (0..2).any(|at| difference.paths[at].as_ref().is_some_and(|path| self.types[at].contains(path)))
    }

    pub(super) fn owns(&self, difference: &Difference) -> bool {
        (0..2).any(|at| difference.paths[at].as_ref().is_some_and(|path| self.owners[at].contains(path)))
    }
}

/// What of one crate a draft answers for.
struct Claimed<'a> {
    model: &'a Model,
    surface: &'a Surface,
    config: &'a Config,
}

impl Claimed<'_> {
    fn path(&self, id: TypeId) -> String {
        self.surface.names.types[id].to_string()
    }

    fn spot(
        &self,
        spot: &Spot,
        other: &Surface,
        parts: &mut BTreeSet<(String, String)>,
        types: &mut BTreeSet<String>,
        owners: &mut BTreeSet<String>,
    ) {
        match spot {
            Spot::Member(id, name, _) => {
                parts.extend(self.member(*id, name));
                owners.insert(self.path(*id));
                // What an answer is read as follows from its content.
                for operation in self.model.operations.iter().filter(|operation| operation.answer == *id) {
                    let request = self.path(operation.request);
                    parts.extend(["Answer", "Reply"].map(|name| (request.clone(), name.to_owned())));
                    owners.insert(request);
                    parts.extend(self.items(operation));
                }
            }
            Spot::Type(id) => _ = owners.insert(self.path(*id)),
            Spot::Whole(id) => types.extend(self.alone(*id, other)),
            Spot::Simple(id, value) => {
                let Some(path) = self.surface.simple_path(*id) else { return };
                match value {
                    Some(value) => {
                        parts.insert((path.clone(), names::value_name(&self.model.simples[*id], value)));
                        owners.insert(path);
                    }
                    None => _ = types.insert(path),
                }
            }
            Spot::Operation(at) => {
                let operation = &self.model.operations[*at];
                types.extend([self.path(operation.request), self.path(operation.answer)]);
                types.extend(self.alone(operation.request, other));
                types.extend(self.alone(operation.answer, other));
                parts.extend(self.items(operation));
                // What holds nested operations comes and goes with them.
                for (id, ty) in self.model.types.iter().enumerate() {
                    if let Role::Operations { operator, path } | Role::OperationItem { operator, path } = &ty.role
                        && *operator == operation.operator
                        && !path.is_empty()
                        && operation.path.starts_with(path)
                        && !other.types.contains_key(&self.path(id))
                    {
                        types.insert(self.path(id));
                    }
                }
            }
            Spot::Operator(name) => {
                for (id, ty) in self.model.types.iter().enumerate() {
                    match &ty.role {
                        Role::Operators => parts.extend(self.member(id, name)),
                        Role::Operations { operator, path } if path.is_empty() && operator == name => {
                            let module = self.surface.names.types[id].module.clone() + "::";
                            types.extend(self.surface.types.keys().filter(|path| path.starts_with(&module)).cloned());
                            types.extend(self.alone(id, other));
                            types.insert(module);
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// What an operation is called in the types that hold the requests and the answers of its operator.
    fn items(&self, operation: &Operation) -> Vec<(String, String)> {
        let mut parts = Vec::new();
        for (id, ty) in self.model.types.iter().enumerate() {
            let Role::OperationItem { operator, path } = &ty.role else { continue };
            let rest = operation.path.strip_prefix(&path[..]).filter(|_| *operator == operation.operator);
            if let Some(name) = rest.and_then(<[String]>::first) {
                parts.extend(self.member(id, name));
            }
        }
        parts
    }

    /// What a member is called in its type, and in those that hold a list of its type's alternatives.
    fn member(&self, id: TypeId, name: &str) -> Vec<(String, String)> {
        let ty = &self.model.types[id];
        let loud = names::match_all_name(names::selector(ty, self.config), name);
        let attribute = heck::ToSnakeCase::to_snake_case(name);
        let called: BTreeSet<String> = (ty.members().iter().filter(|member| member.name == name))
            .flat_map(|it| [names::field_name(it), names::plural_name(it), names::variant_name(it)])
            .chain(loud.map(str::to_owned))
            .chain([attribute])
            .collect();
        let holders = self.model.types.iter().enumerate().filter(|(_, holder)| {
            matches!(&holder.kind, Kind::Record(record)
                if record.members.iter().any(|it| matches!(it.kind, MemberKind::Choice(held) if held == id)))
        });
        let holders: Vec<TypeId> = holders.map(|(id, _)| id).chain([id]).collect();
        let each = |holder: TypeId| called.iter().map(move |name| (self.path(holder), name.clone()));
        holders.into_iter().flat_map(each).collect()
    }

    /// The types in the content of `start`, itself included, that the other crate does not have.
    fn alone(&self, start: TypeId, other: &Surface) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut queue = vec![start];
        while let Some(id) = queue.pop() {
            if !seen.insert(id) {
                continue;
            }
            let ty = &self.model.types[id];
            found.insert(self.path(id));
            queue.extend(ty.members().iter().filter_map(|member| member.ty()));
            let simples = ty.members().iter().filter_map(|member| match member.kind {
                MemberKind::Text { simple, .. } => Some(simple),
                _ => None,
            });
            let attributes = ty.record().map_or(&[][..], |record| &record.attributes).iter().map(|it| it.simple);
            found.extend(simples.chain(attributes).filter_map(|simple| self.surface.simple_path(simple)));
        }
        found.retain(|path| !other.types.contains_key(path));
        found
    }
}
