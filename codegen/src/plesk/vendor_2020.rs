//! The layer for the vendor's own files of 1.6.9.1, as published in 2020.

use super::{Layer, rename};
use crate::config::Rename;

pub(super) static LAYER: Layer = Layer {
    on: Some(&super::v1_6_9_1::LAYER),
    lacks: &[("secrets", "remote-access-hash"), ("renames", "SetPPBConnectionType/connection")],
    modules: MODULES,
    prefixes: &[],
    selectors: &[],
    untyped: &[],
    secrets: &[],
    settings: &[],
    ambiguous: &[],
    newtypes: &[],
    renames: RENAMES,
    nested: &[],
    replies_only: &[],
    operations: &[],
    conversions: &[],
};

/// The modules of files that do not have the name of their module. The files of an operator go to its module.
const MODULES: &[(&str, &str)] = &[
    ("database_input", "database"),
    ("database_output", "database"),
    ("event_log_input", "event_log"),
    ("event_log_output", "event_log"),
    ("event_log_types", "event_log"),
    ("plesk_secretkeys", "secret_key"),
];

// The name is already that of the type of a choice.
const RENAMES: &[Rename] = &[rename("ZoneType", "ZoneKind")];
