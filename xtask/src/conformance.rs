//! `cargo xtask conformance`: our verdicts on random packets, held against libxml2's.

use std::path::PathBuf;

use clap::Args;

use crate::run;

#[derive(Args)]
pub(crate) struct Arguments {
    /// How many packets to make; with 100000 or more, everything in the schemas must have been reached
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    cases: usize,
    /// What the chance begins with: the same seed makes the same packets
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Only operations of this operator
    #[arg(long, value_name = "X")]
    operator: Option<String>,
    /// Other schemas: packets of every operation are held against libxml2 and the crate that is generated from them
    #[arg(long, value_name = "DIR", requires = "protocol", conflicts_with_all = ["cases", "seed", "operator"])]
    schemas: Option<PathBuf>,
    /// The protocol version of these schemas
    #[arg(long, value_name = "V", requires = "schemas")]
    protocol: Option<String>,
}

/// Builds the program that does it, with optimizations, and starts it; whether all verdicts agree.
pub(crate) fn conformance(arguments: &Arguments) -> Result<bool, String> {
    let (cases, seed) = (arguments.cases.to_string(), arguments.seed.to_string());
    let mut command = vec!["run", "--quiet", "--release", "--package", "plesk-conformance", "--"];
    command.extend(["--cases", &cases, "--seed", &seed]);
    if let Some(operator) = &arguments.operator {
        command.extend(["--operator", operator]);
    }
    // The program is started in the workspace, from wherever this one was.
    let schemas =
        arguments.schemas.as_ref().map(|path| path.canonicalize().map_err(|e| format!("{}: {e}", path.display())));
    let schemas = schemas.transpose()?.map(|path| path.display().to_string());
    if let (Some(schemas), Some(protocol)) = (&schemas, &arguments.protocol) {
        command = vec!["run", "--quiet", "--package", "plesk-conformance", "--", "--schemas", schemas];
        command.extend(["--protocol", protocol]);
    }
    run::cargo(&command, &[])
}
