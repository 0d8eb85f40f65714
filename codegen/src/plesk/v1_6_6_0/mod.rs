//! The layer for 1.6.6.0: for the vendor's own files, and for the operators that later versions lack.

mod names;
mod operations;
mod secrets;
mod selectors;
mod untyped;

use super::Layer;

pub(super) static LAYER: Layer = Layer {
    on: None,
    lacks: &[],
    modules: names::MODULES,
    prefixes: names::PREFIXES,
    selectors: selectors::SELECTORS,
    untyped: untyped::UNTYPED,
    secrets: secrets::SECRETS,
    settings: secrets::SETTINGS,
    ambiguous: &[],
    newtypes: &[],
    renames: names::RENAMES,
    nested: &[],
    replies_only: &[],
    operations: operations::OPERATIONS,
    conversions: &[],
};
