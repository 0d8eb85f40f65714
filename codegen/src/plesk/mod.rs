//! All that is Plesk's own in the generator, by protocol.
//!
//! What holds for the protocol as such stands in the files of this folder. What holds for some schemas only stands in a
//! layer: a folder with the version in its name. An entry of either that matches nothing in the schemas is an error.

mod conversions;
mod names;
mod operations;
mod secrets;
mod selectors;
mod untyped;
mod v1_6_6_0;
mod v1_6_9_1;

use crate::config::{Config, Conversion, OperationClass, OutcomeConvention, OutcomeMember, Rename, Selector, Setting};
use crate::model::{Class, Target, Untyped};

/// The configuration for the schemas of the Plesk XML API, of this version of the protocol.
///
/// A version that is not known has the layer of the newest known one before it. So a newer version is read as the newest
/// known one, and generation says which entries its schemas have no place for.
pub fn config(protocol: &str) -> Config {
    let layers = [&BASE, layer(protocol)];
    Config {
        title: "Plesk XML API",
        packet: Some("packet"),
        about: "Programs use the crate `plesk`, which sends these types and re-exports them.",
        runtime: "plesk_wire",
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
        stable_keys: selectors::STABLE_KEYS,
        roots: ("request", "response"),
        noise: names::NOISE,
        modules: layers.map(|layer| layer.modules).concat(),
        prefixes: layers.map(|layer| layer.prefixes).concat(),
        selectors: layers.map(|layer| layer.selectors).concat(),
        untyped: layers.map(|layer| layer.untyped).concat(),
        secrets: layers.map(|layer| layer.secrets).concat(),
        settings: layers.map(|layer| layer.settings).concat(),
        ambiguous: layers.map(|layer| layer.ambiguous).concat(),
        newtypes: layers.map(|layer| layer.newtypes).concat(),
        renames: layers.map(|layer| layer.renames).concat(),
        nested: layers.map(|layer| layer.nested).concat(),
        answers_only: layers.map(|layer| layer.answers_only).concat(),
        operations: layers.map(|layer| layer.operations).concat(),
        conversions: layers.map(|layer| layer.conversions).concat(),
        left_out: Vec::new(),
        features: true,
        root: None,
    }
}

/// What the generator is told of some schemas; the fields are those of [`Config`].
struct Layer {
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
    answers_only: &'static [(&'static str, &'static str)],
    operations: &'static [OperationClass],
    conversions: &'static [Conversion],
}

/// What holds for the protocol as such.
static BASE: Layer = Layer {
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
    answers_only: operations::ANSWERS_ONLY,
    operations: operations::OPERATIONS,
    conversions: conversions::CONVERSIONS,
};

/// The versions that have a layer, oldest first.
const LAYERS: &[(&str, &Layer)] = &[("1.6.6.0", &v1_6_6_0::LAYER), ("1.6.9.1", &v1_6_9_1::LAYER)];

/// The layer of the newest known version that is not newer than `protocol`, or else of the oldest known one. What is no
/// version has that of the newest.
fn layer(protocol: &str) -> &'static Layer {
    let (_, newest) = LAYERS[LAYERS.len() - 1];
    let (_, oldest) = LAYERS[0];
    let Some(wanted) = numbers(protocol) else { return newest };
    let known = LAYERS.iter().rev().find(|(known, _)| numbers(known).is_some_and(|known| known <= wanted));
    known.map_or(oldest, |(_, layer)| layer)
}

/// The numbers of a version: `1.6.9.1`.
fn numbers(version: &str) -> Option<Vec<u32>> {
    version.split('.').map(|number| number.parse().ok()).collect()
}

/// A name that no rule finds.
const fn rename(path: &'static str, name: &'static str) -> Rename {
    Rename { path, name }
}

/// An operation that touches what its selector chooses, if anything.
const fn operation(operator: &'static str, operation: &'static str, class: Class) -> OperationClass {
    operation_on(operator, operation, class, Target::Selected)
}

/// An operation that touches `target`.
const fn operation_on(operator: &'static str, operation: &'static str, class: Class, target: Target) -> OperationClass {
    OperationClass { operator, operation, class, target }
}

/// A selector that must name something.
const fn selector(path: &'static str) -> Selector {
    Selector { path, empty: None, everything: &[] }
}

/// A selector that, empty or absent, is `variant`, which touches `scope`.
const fn selector_or(path: &'static str, variant: &'static str, scope: &'static str) -> Selector {
    Selector { path, empty: Some((variant, scope)), everything: &[] }
}

/// A selector that, empty, is everything: `scope`.
const fn selector_or_all(path: &'static str, scope: &'static str) -> Selector {
    selector_or(path, "Everything", scope)
}

/// A selector that must name something, or say that it means all.
const fn selector_with_all(path: &'static str) -> Selector {
    Selector { path, empty: None, everything: &[("all", "Everything")] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_the_layer_of_the_newest_known_one_before_it() {
        let is = |protocol: &str, expected: &Layer| std::ptr::eq(layer(protocol), expected);
        assert!(is("1.6.6.0", &v1_6_6_0::LAYER) && is("1.6.8.0", &v1_6_6_0::LAYER) && is("1.6.3.5", &v1_6_6_0::LAYER));
        assert!(is("1.6.9.1", &v1_6_9_1::LAYER) && is("1.6.9.2", &v1_6_9_1::LAYER) && is("1.6.10.0", &v1_6_9_1::LAYER));
        assert!(is("next", &v1_6_9_1::LAYER));
    }
}
