//! Configurations for schemas written by a test.

// Each test program uses its own part of this.
#![allow(dead_code)]

use plesk_codegen::config::{Config, OutcomeConvention, OutcomeMember};

/// Returns a minimal configuration.
pub(crate) fn plain() -> Config {
    Config {
        title: "Harbour API",
        runtime: "plesk_wire",
        roots: ("request", "response"),
        noise: &["Type"],
        ..Config::default()
    }
}

/// Returns the configuration of a protocol with packets, operators and results.
pub(crate) fn packets() -> Config {
    let members = &[
        OutcomeMember { name: "status", built_in: "string", optional: false },
        OutcomeMember { name: "errcode", built_in: "unsignedInt", optional: true },
        OutcomeMember { name: "errtext", built_in: "string", optional: true },
    ];
    Config {
        packet: Some("packet"),
        filter: Some("filter"),
        stable_keys: &["id", "guid"],
        outcome: Some(OutcomeConvention { base: "resultType", members, element: "result", echo: "filter-id" }),
        ..plain()
    }
}
