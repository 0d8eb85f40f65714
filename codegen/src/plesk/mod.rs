//! The configuration for Plesk.
//!
//! The files of this folder apply to every version of the protocol. Entries for a single set of schema files are in a
//! layer: a file or folder with the name of the set, which is a version for our own files. An entry that matches nothing
//! in the schemas is an error.

mod conversions;
mod examples;
mod names;
mod operations;
mod secrets;
mod selectors;
mod untyped;
mod v1_6_6_0;
mod v1_6_9_1;
mod vendor_2020;

use crate::config::{
    Config, Conversion, IdConvention, OperationClass, OutcomeConvention, OutcomeMember, Rename, Selector, Setting,
};
use crate::model::{Class, Target, Untyped};

/// Returns the configuration for the schemas of this version of the Plesk XML API.
///
/// An unknown version gets the layer of the newest known version before it. Its generation then reports the entries that
/// match nothing in the new schemas.
pub fn config(protocol: &str) -> Config {
    config_of(layer(protocol))
}

/// Returns the configuration with the layer of this name; `None` if there is none. [`layers`] has all names.
///
/// Several sets of schema files can describe the same version. Each that differs has a layer of its own.
pub fn config_with_layer(name: &str) -> Option<Config> {
    LAYERS.iter().find(|(known, _)| *known == name).map(|(_, layer)| config_of(layer))
}

/// Returns the name of the layer that [`config`] uses for this version.
pub fn layer_name(protocol: &str) -> &'static str {
    let used = layer(protocol);
    LAYERS.iter().find(|(_, layer)| std::ptr::eq(*layer, used)).map_or("", |(name, _)| name)
}

/// Returns the names of all layers. A layer with the name of a version is that of our own files.
pub fn layers() -> impl Iterator<Item = &'static str> {
    LAYERS.iter().map(|(name, _)| *name)
}

/// Returns the configuration that consists of the base, the layers that `layer` builds on, and `layer` itself.
fn config_of(layer: &'static Layer) -> Config {
    let mut layers = vec![layer];
    while let Some(below) = layers[layers.len() - 1].on {
        layers.push(below);
    }
    layers.push(&BASE);
    layers.reverse();
    let mut config = concat(&layers);
    for layer in layers {
        config.remove(layer.lacks);
    }
    config
}

/// Returns the configuration with all entries of these layers.
fn concat(layers: &[&Layer]) -> Config {
    Config {
        title: "Plesk XML API",
        packet: Some("packet"),
        about: "Programs use the crate `plesk`, which sends these types and re-exports them.",
        runtime: "plesk_wire",
        client: Some("plesk"),
        outcome: Some(OutcomeConvention {
            base: "resultType",
            members: &[
                OutcomeMember { name: "status", built_in: "string", optional: false },
                OutcomeMember { name: "errcode", built_in: "unsignedInt", optional: true },
                OutcomeMember { name: "errtext", built_in: "string", optional: true },
            ],
            element: "result",
            echo: "filter-id",
        }),
        filter: Some("filter"),
        ids: Some(IdConvention { types: &["id_type"], word: "id" }),
        stable_keys: selectors::STABLE_KEYS,
        roots: ("request", "response"),
        noise: names::NOISE,
        wrappers: names::WRAPPERS,
        modules: all(layers, |layer| layer.modules),
        prefixes: all(layers, |layer| layer.prefixes),
        selectors: all(layers, |layer| layer.selectors),
        untyped: all(layers, |layer| layer.untyped),
        secrets: all(layers, |layer| layer.secrets),
        settings: all(layers, |layer| layer.settings),
        ambiguous: all(layers, |layer| layer.ambiguous),
        newtypes: all(layers, |layer| layer.newtypes),
        abbreviations: names::ABBREVIATIONS,
        renames: all(layers, |layer| layer.renames),
        nested: all(layers, |layer| layer.nested),
        replies_only: all(layers, |layer| layer.replies_only),
        operations: all(layers, |layer| layer.operations),
        conversions: all(layers, |layer| layer.conversions),
        examples: examples::EXAMPLES,
        left_out: Vec::new(),
        absent: Vec::new(),
        features: true,
        root: None,
    }
}

/// Returns the entries that `part` returns for each of the layers.
fn all<T: Copy>(layers: &[&Layer], part: fn(&Layer) -> &'static [T]) -> Vec<T> {
    layers.iter().flat_map(|layer| part(layer)).copied().collect()
}

/// The part of the configuration that depends on the schema set. The other fields are those of [`Config`].
struct Layer {
    /// The layer that this one builds on; `None` for the base alone.
    on: Option<&'static Layer>,
    /// The entries of the layers below that this set has nothing for: the part of the configuration, and the entry.
    lacks: &'static [(&'static str, &'static str)],
    modules: &'static [(&'static str, &'static str)],
    prefixes: &'static [(&'static str, &'static [&'static str])],
    selectors: &'static [Selector],
    untyped: &'static [(&'static str, Untyped)],
    secrets: &'static [&'static str],
    settings: &'static [Setting],
    ambiguous: &'static [&'static str],
    newtypes: &'static [(&'static str, &'static str)],
    renames: &'static [Rename],
    nested: &'static [(&'static str, &'static str)],
    replies_only: &'static [(&'static str, &'static str)],
    operations: &'static [OperationClass],
    conversions: &'static [Conversion],
}

/// The entries for all versions.
static BASE: Layer = Layer {
    on: None,
    lacks: &[],
    modules: names::MODULES,
    prefixes: names::PREFIXES,
    selectors: selectors::SELECTORS,
    untyped: untyped::UNTYPED,
    secrets: secrets::SECRETS,
    settings: secrets::SETTINGS,
    ambiguous: &[],
    newtypes: names::NEWTYPES,
    renames: names::RENAMES,
    nested: operations::NESTED,
    replies_only: operations::REPLIES_ONLY,
    operations: operations::OPERATIONS,
    conversions: conversions::CONVERSIONS,
};

/// The layers by name, in the order of their versions. A name that is not a version is that of a set of files that others
/// wrote; only `--layer` chooses it.
const LAYERS: &[(&str, &Layer)] =
    &[("1.6.6.0", &v1_6_6_0::LAYER), ("1.6.9.1", &v1_6_9_1::LAYER), ("vendor-2020", &vendor_2020::LAYER)];

/// Returns the layer of the newest known version that is not newer than `protocol`; if there is none, that of the oldest
/// known version. A text that is not a version gets the layer of the newest one.
fn layer(protocol: &str) -> &'static Layer {
    let versions: Vec<(Vec<u32>, &Layer)> =
        LAYERS.iter().filter_map(|(name, layer)| Some((numbers(name)?, *layer))).collect();
    let (oldest, newest) = (versions[0].1, versions[versions.len() - 1].1);
    let Some(wanted) = numbers(protocol) else { return newest };
    versions.iter().rev().find(|(known, _)| *known <= wanted).map_or(oldest, |(_, layer)| layer)
}

/// Returns `true` for a protocol version, such as `1.6.9.1`: at least two numbers, separated by dots.
pub fn is_version(text: &str) -> bool {
    numbers(text).is_some()
}

/// Parses a version such as `1.6.9.1` into its numbers.
fn numbers(version: &str) -> Option<Vec<u32>> {
    let numbers: Vec<u32> = version.split('.').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    (numbers.len() > 1).then_some(numbers)
}

/// Returns an entry with a Rust name that overrides the naming rules.
const fn rename(path: &'static str, name: &'static str) -> Rename {
    Rename { path, name }
}

/// Returns an operation whose target is chosen by the selector of its request.
const fn operation(operator: &'static str, operation: &'static str, class: Class) -> OperationClass {
    operation_on(operator, operation, class, Target::Selected)
}

/// Returns an operation that acts on `target`.
const fn operation_on(operator: &'static str, operation: &'static str, class: Class, target: Target) -> OperationClass {
    OperationClass { operator, operation, class, target }
}

/// Returns a selector that cannot be empty.
const fn selector(path: &'static str) -> Selector {
    Selector { path, empty: None, everything: &[] }
}

/// Returns a selector that is called `variant` if it is empty or absent; it then chooses `scope`.
const fn selector_or(path: &'static str, variant: &'static str, scope: &'static str) -> Selector {
    Selector { path, empty: Some((variant, scope)), everything: &[] }
}

/// Returns a selector that chooses everything, which is `scope`, if it is empty or absent.
const fn selector_or_all(path: &'static str, scope: &'static str) -> Selector {
    selector_or(path, "Everything", scope)
}

/// Returns a selector that cannot be empty, with the explicit alternative `<all/>`.
const fn selector_with_all(path: &'static str) -> Selector {
    Selector { path, empty: None, everything: &[("all", "Everything")] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layer_of_unknown_version_is_newest_known_before_it() {
        let is = |protocol: &str, expected: &Layer| std::ptr::eq(layer(protocol), expected);
        assert!(is("1.6.6.0", &v1_6_6_0::LAYER) && is("1.6.8.0", &v1_6_6_0::LAYER) && is("1.6.3.5", &v1_6_6_0::LAYER));
        assert!(is("1.6.9.1", &v1_6_9_1::LAYER) && is("1.6.9.2", &v1_6_9_1::LAYER) && is("1.6.10.0", &v1_6_9_1::LAYER));
        assert!(is("next", &v1_6_9_1::LAYER) && is("2020", &v1_6_9_1::LAYER));
    }
}
