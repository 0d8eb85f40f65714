//! Finds the items of the emitted crates that a change of the schemas can affect.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use crate::config::Config;
use crate::diff::api::{ApiDifference, ApiItem, PublicApi};
use crate::diff::compare::Comparison;
use crate::diff::raw_change::{Construct, RawChange};
use crate::model::{Kind, MemberKind, Model, Operation, Role, TypeId};
use crate::passes::names;

/// The items that a change can affect, in the old and in the new crate.
#[derive(Debug)]
pub(super) struct AffectedItems([VersionItems; 2]);

/// The items of one crate.
#[derive(Debug, Default)]
struct VersionItems {
    /// The path of a type, with the name of a field, variant or function.
    items: BTreeSet<(String, String)>,
    /// Types with all their items.
    types: BTreeSet<String>,
    /// Types that contain the changed construct.
    owners: BTreeSet<String>,
}

impl AffectedItems {
    pub(super) fn of(
        change: &RawChange,
        comparison: &Comparison<'_>,
        apis: [&PublicApi; 2],
        configs: [&Config; 2],
    ) -> Self {
        let models = [comparison.old, comparison.new];
        let mut affected = [VersionItems::default(), VersionItems::default()];
        for (version, construct) in &change.constructs {
            let at = *version as usize;
            let finder = ItemFinder { model: models[at], api: apis[at], other_api: apis[1 - at], config: configs[at] };
            finder.find(construct, &mut affected[at]);
        }
        Self(affected)
    }

    /// Returns `true` if the change affects the item by name.
    pub(super) fn includes_item(&self, difference: &ApiDifference) -> bool {
        let Some(item) = &difference.item else { return false };
        self.any(difference, |affected, path| {
            let includes = |name: &str| affected.items.contains(&(path.to_owned(), name.to_owned()));
            match item {
                ApiItem::Function(name) if name == "new" => {
                    includes(name) || difference.arguments.iter().any(|name| includes(name))
                }
                ApiItem::Field(name)
                | ApiItem::Variant(name)
                | ApiItem::Function(name)
                | ApiItem::AssociatedType(name) => includes(name),
                _ => false,
            }
        })
    }

    /// Returns `true` if the change affects the whole type.
    pub(super) fn includes_type(&self, difference: &ApiDifference) -> bool {
        self.any(difference, |affected, path| affected.types.contains(path))
    }

    /// Returns `true` if the type contains the changed construct.
    pub(super) fn includes_owner(&self, difference: &ApiDifference) -> bool {
        self.any(difference, |affected, path| affected.owners.contains(path))
    }

    fn any(&self, difference: &ApiDifference, includes: impl Fn(&VersionItems, &str) -> bool) -> bool {
        let paths = self.0.iter().zip(&difference.paths);
        paths.filter_map(|(affected, path)| Some((affected, path.as_ref()?))).any(|(items, path)| includes(items, path))
    }
}

/// The data of one version that tells which items a construct becomes.
struct ItemFinder<'a> {
    model: &'a Model,
    api: &'a PublicApi,
    /// The other version's crate.
    other_api: &'a PublicApi,
    config: &'a Config,
}

impl ItemFinder<'_> {
    fn path(&self, id: TypeId) -> String {
        self.api.names.types[id].to_string()
    }

    /// Adds the items that a construct can affect.
    fn find(&self, construct: &Construct, affected: &mut VersionItems) {
        match construct {
            Construct::Member(id, name) => {
                affected.items.extend(self.member_items(*id, name));
                affected.owners.insert(self.path(*id));
                // The Rust type of an answer depends on its content.
                for operation in self.model.operations.iter().filter(|operation| operation.reply == *id) {
                    let request = self.path(operation.request);
                    affected.items.extend(["Answer", "Reply"].map(|name| (request.clone(), name.to_owned())));
                    affected.owners.insert(request);
                    affected.items.extend(self.operation_items(operation));
                }
            }
            Construct::Type(id) => _ = affected.owners.insert(self.path(*id)),
            Construct::TypeTree(id) => affected.types.extend(self.types_of_this_version(*id)),
            Construct::Simple(id, value) => {
                let Some(path) = self.api.simple_path(*id) else { return };
                match value {
                    Some(value) => {
                        let variant = names::value_name(&self.model.simples[*id], value);
                        affected.items.insert((path.clone(), variant));
                        affected.owners.insert(path);
                    }
                    None => _ = affected.types.insert(path),
                }
            }
            Construct::Operation(at) => self.find_operation(&self.model.operations[*at], affected),
            Construct::Operator(name) => self.find_operator(name, affected),
        }
    }

    fn find_operation(&self, operation: &Operation, affected: &mut VersionItems) {
        affected.types.extend([self.path(operation.request), self.path(operation.reply)]);
        affected.types.extend(self.types_of_this_version(operation.request));
        affected.types.extend(self.types_of_this_version(operation.reply));
        affected.items.extend(self.operation_items(operation));
        // The containers of nested operations are added and removed with them.
        for (id, ty) in self.model.types.iter().enumerate() {
            if let Role::Operations { operator, path } | Role::OperationItem { operator, path } = &ty.role
                && *operator == operation.operator
                && !path.is_empty()
                && operation.path.starts_with(path)
                && !self.other_api.types.contains_key(&self.path(id))
            {
                affected.types.insert(self.path(id));
            }
        }
    }

    fn find_operator(&self, name: &str, affected: &mut VersionItems) {
        for (id, ty) in self.model.types.iter().enumerate() {
            match &ty.role {
                Role::Operators => affected.items.extend(self.member_items(id, name)),
                Role::Operations { operator, path } if path.is_empty() && operator == name => {
                    let module = self.api.names.types[id].module.clone() + "::";
                    let in_module = self.api.types.keys().filter(|path| path.starts_with(&module));
                    affected.types.extend(in_module.cloned());
                    affected.types.extend(self.types_of_this_version(id));
                    affected.types.insert(module);
                }
                _ => {}
            }
        }
    }

    /// Returns the items of an operation in the types that list the requests and the answers of its operator.
    fn operation_items(&self, operation: &Operation) -> Vec<(String, String)> {
        let mut items = Vec::new();
        for (id, ty) in self.model.types.iter().enumerate() {
            let Role::OperationItem { operator, path } = &ty.role else { continue };
            let rest = operation.path.strip_prefix(&path[..]).filter(|_| *operator == operation.operator);
            if let Some(name) = rest.and_then(<[String]>::first) {
                items.extend(self.member_items(id, name));
            }
        }
        items
    }

    /// Returns the items of a member in its type, and in the types with a list of its type's alternatives.
    fn member_items(&self, id: TypeId, name: &str) -> Vec<(String, String)> {
        let ty = &self.model.types[id];
        let match_all = names::match_all_name(names::selector(ty, self.config), name);
        let attribute = name.to_snake_case();
        let item_names: BTreeSet<String> = (ty.members().iter().filter(|member| member.name == name))
            .flat_map(|it| [names::field_name(it), names::plural_name(it), names::variant_name(it)])
            .chain(match_all.map(str::to_owned))
            .chain([attribute])
            .collect();
        let lists = self.model.types.iter().enumerate().filter(|(_, list)| {
            matches!(&list.kind, Kind::Record(record)
                if record.members.iter().any(|it| matches!(it.kind, MemberKind::Choice(choice) if choice == id)))
        });
        let types: Vec<TypeId> = lists.map(|(id, _)| id).chain([id]).collect();
        let items_of = |ty: TypeId| item_names.iter().map(move |name| (self.path(ty), name.clone()));
        types.into_iter().flat_map(items_of).collect()
    }

    /// Returns `start` and the types in its content, as far as the other crate does not have them.
    fn types_of_this_version(&self, start: TypeId) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut stack = vec![start];
        while let Some(id) = stack.pop() {
            if !seen.insert(id) {
                continue;
            }
            let ty = &self.model.types[id];
            found.insert(self.path(id));
            stack.extend(ty.members().iter().filter_map(|member| member.ty()));
            let simples = ty.members().iter().filter_map(|member| match member.kind {
                MemberKind::Text { simple, .. } => Some(simple),
                _ => None,
            });
            let attributes = ty.record().map_or(&[][..], |record| &record.attributes).iter().map(|it| it.simple);
            found.extend(simples.chain(attributes).filter_map(|simple| self.api.simple_path(simple)));
        }
        found.retain(|path| !self.other_api.types.contains_key(path));
        found
    }
}
