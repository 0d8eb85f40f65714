//! All that is Plesk's own in the generator.

mod left_out;
mod names;
mod operations;
mod places;

use crate::config::{Config, OutcomeConvention};

/// The configuration for the schemas of the Plesk XML API.
pub fn config() -> Config {
    Config {
        title: "Plesk XML API",
        packet: Some("packet"),
        outcome: Some(OutcomeConvention { base: "resultType", members: &["status", "errcode", "errtext"] }),
        modules: names::MODULES,
        roots: ("request", "response"),
        prefixes: names::PREFIXES,
        noise: names::NOISE,
        selectors: places::SELECTORS,
        untyped: places::UNTYPED,
        secrets: places::SECRETS,
        newtypes: names::NEWTYPES,
        renames: names::RENAMES,
        nested: operations::NESTED,
        answers_only: &[],
        operations: operations::OPERATIONS,
        left_out: left_out::LEFT_OUT,
        root: None,
    }
}
