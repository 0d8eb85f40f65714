//! `cargo xtask conformance`: compares our verdicts on random packets with those of libxml2.

use std::path::PathBuf;

use clap::Args;

use crate::run;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The number of packets to generate; with 100000 or more, they must cover everything in the schemas
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    cases: usize,
    /// The seed of the random packets: the same seed generates the same packets
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Only generate operations of this operator
    #[arg(long, value_name = "X")]
    operator: Option<String>,
    /// Use the schemas in this directory: generate a crate from them, and run packets of every operation through it
    #[arg(long, value_name = "DIR", requires = "protocol", conflicts_with_all = ["cases", "seed", "operator"])]
    schemas: Option<PathBuf>,
    /// The protocol version of these schemas
    #[arg(long, value_name = "V", requires = "schemas")]
    protocol: Option<String>,
}

/// Builds and runs the program that does it, with optimizations. Returns `true` if all verdicts agree.
pub(crate) fn conformance(arguments: &Arguments) -> Result<bool, String> {
    let (cases, seed) = (arguments.cases.to_string(), arguments.seed.to_string());
    let mut command = vec!["run", "--quiet", "--release", "--package", "plesk-conformance", "--"];
    command.extend(["--cases", &cases, "--seed", &seed]);
    if let Some(operator) = &arguments.operator {
        command.extend(["--operator", operator]);
    }
    // The program is started in the root of the workspace, so a relative path would be wrong.
    let schemas =
        arguments.schemas.as_ref().map(|path| path.canonicalize().map_err(|e| format!("{}: {e}", path.display())));
    let schemas = schemas.transpose()?.map(|path| path.display().to_string());
    if let (Some(schemas), Some(protocol)) = (&schemas, &arguments.protocol) {
        command = vec!["run", "--quiet", "--package", "plesk-conformance", "--", "--schemas", schemas];
        command.extend(["--protocol", protocol]);
    }
    run::cargo(&command, &[])
}
