//! Cargo features: one for each operator, so that a program compiles only the operators that it uses.
//!
//! An operator's feature enables the operator's module. If that module uses types of another operator's module, directly
//! or through a shared module, the one feature implies the other.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase;

use crate::config::Config;
use crate::model::{Kind, Member, MemberKind, Model, Role, SimpleId};
use crate::passes::names::{Names, RustType};

/// The internal feature that every operator's feature implies: what all operators share depends on it.
pub const ANY: &str = "_any";

/// The feature of an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name: the element of the operator, with hyphens between the words.
    pub name: String,
    /// The features of the operators whose types this one uses, directly or indirectly.
    pub implies: Vec<String>,
}

/// The features of a crate, and the modules that they enable.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    /// All features, in the order of their names.
    pub(crate) all: Vec<Feature>,
    /// The features of which any enables a module, for modules that are not always there.
    modules: BTreeMap<String, Vec<String>>,
}

/// The modules that each module uses.
type Uses<'n> = BTreeMap<&'n str, BTreeSet<&'n str>>;

impl Features {
    /// Returns the features of a model; none if the configuration disables them.
    pub(crate) fn of(model: &Model, names: &Names, config: &Config) -> Self {
        if !config.features {
            return Self::default();
        }
        let by_module: BTreeMap<&str, String> = (model.types.iter().zip(&names.types))
            .filter_map(|(ty, path)| Some((path.module.as_str(), feature_name(operator(&ty.role)?))))
            .collect();
        let packets: BTreeSet<&str> = (model.types.iter().zip(&names.types))
            .filter(|(ty, _)| ty.role == Role::Operators)
            .map(|(_, path)| path.module.as_str())
            .collect();
        let uses = uses(model, names);
        let mut all: Vec<Feature> = Vec::new();
        let mut enabled_by: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (module, feature) in &by_module {
            // The packets contain the operator, so its feature enables them.
            let needed = reachable(&uses, packets.iter().copied().chain([*module]));
            let implies = needed.iter().filter_map(|needed| by_module.get(*needed)).filter(|other| *other != feature);
            all.push(Feature { name: feature.clone(), implies: implies.cloned().collect() });
            for needed in needed {
                enabled_by.entry(needed).or_default().push(feature.clone());
            }
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        let modules = (enabled_by.into_iter())
            .filter(|(module, _)| {
                let depends = |module: &str| by_module.contains_key(module) || packets.contains(module);
                reachable(&uses, [*module]).into_iter().any(depends)
            })
            .map(|(module, mut features)| {
                // A feature that implies the operator's own one adds nothing.
                if let Some(own) = by_module.get(module) {
                    features.retain(|feature| feature == own);
                }
                features.sort();
                (module.to_owned(), features)
            })
            .collect();
        Self { all, modules }
    }

    /// Returns the feature of an alternative of a packet, which is an operator.
    pub(crate) fn of_branch(&self, model: &Model, branch: &Member) -> Option<&String> {
        self.of_operator(operator(&model.types[branch.ty()?].role)?).map(|feature| &feature.name)
    }

    /// Returns the feature of an operator.
    pub(crate) fn of_operator(&self, operator: &str) -> Option<&Feature> {
        let name = feature_name(operator);
        self.all.iter().find(|feature| feature.name == name)
    }

    /// Returns the features of which any enables the module; none if it is always there.
    pub(crate) fn of_module(&self, module: &str) -> &[String] {
        self.modules.get(module).map_or(&[], Vec::as_slice)
    }
}

fn feature_name(operator: &str) -> String {
    operator.to_kebab_case()
}

/// Returns the operator if a type of this role contains all its requests or replies.
fn operator(role: &Role) -> Option<&str> {
    match role {
        Role::Operations { operator, path } if path.is_empty() => Some(operator),
        _ => None,
    }
}

/// Returns the modules that the types of each module use, without the operators in a packet.
fn uses<'n>(model: &Model, names: &'n Names) -> Uses<'n> {
    let of_simple = |id: SimpleId| match &names.simples[id].rust {
        RustType::Newtype(path, _) | RustType::Enumeration(path) => Some(path.module.as_str()),
        RustType::Plain(_) => None,
    };
    let mut uses = Uses::new();
    for (id, ty) in model.types.iter().enumerate() {
        let used = uses.entry(names.types[id].module.as_str()).or_default();
        if let Kind::Record(record) = &ty.kind {
            used.extend(
                record.attributes.iter().map(|attribute| attribute.simple).chain(record.text).filter_map(of_simple),
            );
        }
        for member in ty.members() {
            match (member.ty(), &member.kind) {
                (Some(held), _) if operator(&model.types[held].role).is_none() => {
                    used.insert(names.types[held].module.as_str());
                }
                (_, MemberKind::Text { simple, .. }) => used.extend(of_simple(*simple)),
                _ => {}
            }
        }
    }
    // A request names the type of its reply.
    for operation in &model.operations {
        uses.entry(names.types[operation.request].module.as_str())
            .or_default()
            .insert(names.types[operation.reply].module.as_str());
    }
    uses
}

/// Returns all modules that can be reached from `start`, and these themselves.
fn reachable<'n>(uses: &Uses<'n>, start: impl IntoIterator<Item = &'n str>) -> BTreeSet<&'n str> {
    let mut queue: Vec<&str> = start.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(module) = queue.pop() {
        if reached.insert(module) {
            queue.extend(uses.get(module).into_iter().flatten());
        }
    }
    reached
}
