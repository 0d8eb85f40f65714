//! `cargo xtask conformance`: compares our verdicts on random packets with those of libxml2.

use std::path::PathBuf;

use clap::Args;

use crate::cargo::cargo;
use crate::schema_set::parse_protocol;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The number of packets to make; from 100000 on, they must reach everything in the schemas
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    cases: usize,
    /// The seed of the random numbers: the same seed makes the same packets
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Only test operations of this operator
    #[arg(long, value_name = "X")]
    operator: Option<String>,
    /// Test other schemas: compares packets of every operation with libxml2 and with the crate generated from them
    #[arg(long, value_name = "DIR", requires = "protocol", conflicts_with_all = ["cases", "seed", "operator"])]
    schemas: Option<PathBuf>,
    /// The protocol version of these schemas
    #[arg(long, value_name = "V", requires = "schemas", value_parser = parse_protocol)]
    protocol: Option<String>,
    /// The layer of the configuration [default: that of the protocol version]
    #[arg(long, value_name = "NAME", requires = "schemas")]
    layer: Option<String>,
    /// Run the parts of NIST and Microsoft of the W3C's test suite for XML Schema, which is in this directory
    #[arg(long, value_name = "DIR", conflicts_with_all = ["cases", "seed", "operator", "schemas"])]
    w3c: Option<PathBuf>,
}

/// Builds the conformance program with optimizations, and runs it. Returns `true` if all verdicts agree.
pub(crate) fn conformance(arguments: &Arguments) -> Result<bool, String> {
    let (cases, seed) = (arguments.cases.to_string(), arguments.seed.to_string());
    let mut command = vec!["run", "--quiet", "--release", "--package", "plesk-conformance", "--"];
    command.extend(["--cases", &cases, "--seed", &seed]);
    if let Some(operator) = &arguments.operator {
        command.extend(["--operator", operator]);
    }
    // Cargo runs in the workspace, so a path relative to the current directory would be wrong there.
    let schemas =
        arguments.schemas.as_ref().map(|path| path.canonicalize().map_err(|e| format!("{}: {e}", path.display())));
    let schemas = schemas.transpose()?.map(|path| path.display().to_string());
    if let Some(directory) = &arguments.w3c {
        let path = directory.canonicalize().map_err(|e| format!("{}: {e}", directory.display()))?;
        let path = path.display().to_string();
        return cargo(&["run", "--quiet", "--release", "--package", "plesk-conformance", "--", "--w3c", &path], &[]);
    }
    if let (Some(schemas), Some(protocol)) = (&schemas, &arguments.protocol) {
        command = vec!["run", "--quiet", "--package", "plesk-conformance", "--", "--schemas", schemas];
        command.extend(["--protocol", protocol]);
        command.extend(arguments.layer.iter().flat_map(|layer| ["--layer", layer]));
    }
    cargo(&command, &[])
}
