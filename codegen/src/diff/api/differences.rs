//! Finds the differences between the public APIs of two crates.

use std::collections::{BTreeMap, BTreeSet};

use super::public_api::{ApiItem, PublicApi, TypeItems};
use super::tokens::replace_paths;
use crate::diff::change::SemverBump;

/// A difference between two emitted crates.
#[derive(Clone, Debug)]
pub(in crate::diff) struct ApiDifference {
    /// The path of the type in the old and in the new crate, where it exists.
    pub(in crate::diff) paths: [Option<String>; 2],
    /// The item of the type, unless the difference is about the type itself.
    pub(in crate::diff) item: Option<ApiItem>,
    pub(in crate::diff) bump: SemverBump,
    pub(in crate::diff) text: String,
    /// The names of the arguments that differ, if it is about a function.
    pub(in crate::diff) arguments: Vec<String>,
}

/// A type that has another path in the new crate.
pub(in crate::diff) struct RenamedType {
    pub(in crate::diff) old: String,
    pub(in crate::diff) new: String,
    /// The index of the change that caused it, if one did.
    pub(in crate::diff) cause: Option<usize>,
}

impl ApiDifference {
    fn of_type(paths: [Option<String>; 2], bump: SemverBump, text: String) -> Self {
        Self { paths, item: None, bump, text, arguments: Vec::new() }
    }

    /// Returns `true` if the difference is about this type.
    pub(in crate::diff) fn is_about(&self, renamed: &RenamedType) -> bool {
        self.paths[0].as_deref() == Some(&renamed.old) && self.paths[1].as_deref() == Some(&renamed.new)
    }
}

/// Returns all differences between two crates.
pub(in crate::diff) fn differences(old: &PublicApi, new: &PublicApi, renamed: &[RenamedType]) -> Vec<ApiDifference> {
    let new_paths: BTreeMap<&str, &str> = renamed.iter().map(|it| (it.old.as_str(), it.new.as_str())).collect();
    let mut found = Vec::new();
    for (old_path, new_path) in &new_paths {
        let paths = [Some((*old_path).to_owned()), Some((*new_path).to_owned())];
        let text = format!("renames `{old_path}` to `{new_path}`");
        found.push(ApiDifference::of_type(paths, SemverBump::Major, text));
    }
    for (path, items) in &old.types {
        let new_path = new_paths.get(path.as_str()).copied().unwrap_or(path);
        match new.types.get(new_path) {
            Some(new_items) => found.extend(compare_items((path, items), (new_path, new_items), &new_paths)),
            None => {
                let paths = [Some(path.clone()), None];
                found.push(ApiDifference::of_type(paths, SemverBump::Major, format!("removes `{path}`")));
            }
        }
    }
    for path in new.types.keys() {
        if !old.types.contains_key(path) && !new_paths.values().any(|new_path| new_path == path) {
            let paths = [None, Some(path.clone())];
            found.push(ApiDifference::of_type(paths, SemverBump::Minor, format!("adds `{path}`")));
        }
    }
    found.extend(compare_features(old, new));
    found
}

/// Returns the differences between the items of a type in both crates.
fn compare_items(
    (old_path, old): (&str, &TypeItems),
    (new_path, new): (&str, &TypeItems),
    new_paths: &BTreeMap<&str, &str>,
) -> Vec<ApiDifference> {
    let difference = |item: &ApiItem, bump, text, arguments| {
        let paths = [Some(old_path.to_owned()), Some(new_path.to_owned())];
        ApiDifference { paths, item: Some(item.clone()), bump, text, arguments }
    };
    // The constants of an operation are not part of its type: programs compile whatever their values are.
    let is_constant = |item: &ApiItem| matches!(item, ApiItem::Constant(_));
    let mut found = Vec::new();
    for (item, old_text) in old {
        // The new name of a type is reported once, at that type.
        let old_text = replace_paths(old_text, |path| new_paths.get(path).map(|path| (*path).to_owned()));
        match new.get(item) {
            // All programs still compile.
            None if *item == ApiItem::MustUse => {}
            None => {
                let bump = if is_constant(item) { SemverBump::Patch } else { SemverBump::Major };
                found.push(difference(item, bump, removal_text(old_path, item), Vec::new()));
            }
            Some(new_text) if old_text == *new_text => {}
            Some(new_text) => {
                let bump = if is_constant(item) { SemverBump::Patch } else { SemverBump::Major };
                let is_function = matches!(item, ApiItem::Function(_));
                let arguments = if is_function { ArgumentChange::of(&old_text, new_text) } else { None };
                let text = change_text(new_path, item, &old_text, new_text, arguments.as_ref());
                found.push(difference(item, bump, text, arguments.map(|it| it.names).unwrap_or_default()));
            }
        }
    }
    for (item, text) in new.iter().filter(|(item, _)| !old.contains_key(item)) {
        let bump = if is_constant(item) { SemverBump::Patch } else { SemverBump::Minor };
        found.push(difference(item, bump, addition_text(new_path, item, text), Vec::new()));
    }
    found
}

/// The difference between the arguments of two functions.
struct ArgumentChange {
    /// The names of the arguments that only one function has, or that have another type or position.
    names: Vec<String>,
    text: String,
}

impl ArgumentChange {
    /// Compares two signatures. Returns `None` if not only the arguments differ.
    fn of(old: &str, new: &str) -> Option<Self> {
        let parse = |text: &str| -> Option<(Vec<String>, String)> {
            // The type parameters before the arguments are markers, which follow from the types of the arguments.
            let (arguments, result) = text.split_once('(')?.1.rsplit_once(')')?;
            Some((split_arguments(arguments), result.to_owned()))
        };
        let name = |argument: &str| argument.split(": ").next().unwrap_or_default().to_owned();
        let names = |arguments: &[String]| -> Vec<String> { arguments.iter().map(|it| name(it)).collect() };
        let ((old, old_result), (new, new_result)) = (parse(old)?, parse(new)?);
        if old_result != new_result {
            return None;
        }
        let common = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|it| those.contains(it)).cloned().collect()
        };
        let is_reordered = common(&old, &new) != common(&new, &old);
        let differs = |argument: &&String| is_reordered || !(old.contains(argument) && new.contains(argument));
        let differing = old.iter().chain(&new).filter(differs).map(|it| name(it)).collect();
        let (old_names, new_names) = (names(&old), names(&new));
        let text = if old_names == new_names {
            let retyped = old.iter().zip(&new).filter(|(old, new)| old != new);
            retyped.map(|(old, new)| format!("`{old}` becomes `{new}`")).collect::<Vec<_>>().join(", ")
        } else {
            format!("`({})` becomes `({})`", old_names.join(", "), new_names.join(", "))
        };
        Some(Self { names: differing, text })
    }
}

/// Splits the arguments of a function at the commas that are not within a type.
fn split_arguments(arguments: &str) -> Vec<String> {
    let mut depth = 0;
    let at_comma = |c: char| {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    };
    arguments.split(at_comma).map(|argument| argument.trim().to_owned()).collect()
}

fn removal_text(path: &str, item: &ApiItem) -> String {
    match item {
        ApiItem::Trait(name) => format!("`{path}` no longer implements `{name}`"),
        ApiItem::MustUse => format!("`{path}` is no longer `#[must_use]`"),
        _ => format!("removes {}", item_name(path, item)),
    }
}

fn addition_text(path: &str, item: &ApiItem, text: &str) -> String {
    match item {
        ApiItem::Trait(name) => format!("`{path}` implements `{name}`"),
        ApiItem::MustUse => format!("`{path}` is `#[must_use]`"),
        ApiItem::Field(_) => format!("adds {}: `{text}`", item_name(path, item)),
        _ => format!("adds {}", item_name(path, item)),
    }
}

fn change_text(path: &str, item: &ApiItem, old: &str, new: &str, arguments: Option<&ArgumentChange>) -> String {
    let name = item_name(path, item);
    match (item, arguments) {
        (_, Some(arguments)) => format!("{name}: {}", arguments.text),
        (ApiItem::Kind, _) => format!("{name} changes from {old} to {new}"),
        _ => format!("{name}: `{old}` becomes `{new}`"),
    }
}

/// Returns the name of an item of a type, for a message.
fn item_name(path: &str, item: &ApiItem) -> String {
    let ty = path.rsplit("::").next().unwrap_or(path);
    match item {
        ApiItem::Field(name) => format!("the field `{ty}::{name}`"),
        ApiItem::Variant(name) => format!("the variant `{ty}::{name}`"),
        ApiItem::Function(name) => format!("`{ty}::{name}()`"),
        ApiItem::AssociatedType(name) | ApiItem::Constant(name) => format!("`{ty}::{name}`"),
        ApiItem::Trait(_) | ApiItem::Kind | ApiItem::MustUse => format!("`{ty}`"),
    }
}

/// Returns the differences between the Cargo features, and between the modules that they enable.
fn compare_features(old: &PublicApi, new: &PublicApi) -> Vec<ApiDifference> {
    let mut found = Vec::new();
    let modules: BTreeSet<&String> = new.features.values().flatten().collect();
    // A feature is reported at the module of its operator.
    let difference = |feature: &str, bump, text| {
        ApiDifference::of_type([Some(format!("{}::", feature.replace('-', "_"))), None], bump, text)
    };
    for (feature, old_modules) in &old.features {
        match new.features.get(feature) {
            None => found.push(difference(feature, SemverBump::Major, format!("removes the feature `{feature}`"))),
            Some(new_modules) => {
                let is_lost = |module: &&String| !new_modules.contains(*module) && modules.contains(module);
                for module in old_modules.iter().filter(is_lost) {
                    let text = format!("the feature `{feature}` no longer enables the module `{module}`");
                    found.push(difference(feature, SemverBump::Major, text));
                }
            }
        }
    }
    for feature in new.features.keys().filter(|feature| !old.features.contains_key(*feature)) {
        found.push(difference(feature, SemverBump::Minor, format!("adds the feature `{feature}`")));
    }
    found
}
