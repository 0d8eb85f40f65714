//! All that is Plesk's own in the generator.

mod conversions;
mod names;
mod operations;
mod secrets;
mod selectors;
mod untyped;

use crate::config::{Config, OutcomeConvention, OutcomeMember};

/// The configuration for the schemas of the Plesk XML API.
pub fn config() -> Config {
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
        lasting: selectors::LASTING,
        modules: names::MODULES,
        roots: ("request", "response"),
        prefixes: names::PREFIXES,
        noise: names::NOISE,
        selectors: selectors::SELECTORS,
        untyped: untyped::UNTYPED,
        secrets: secrets::SECRETS,
        settings: secrets::SETTINGS,
        ambiguous: &["ExtensionOutputType/call/result"],
        newtypes: names::NEWTYPES,
        renames: names::RENAMES,
        nested: operations::NESTED,
        answers_only: operations::ANSWERS_ONLY,
        operations: operations::OPERATIONS,
        conversions: conversions::CONVERSIONS,
        left_out: &[],
        features: true,
        root: None,
    }
}
