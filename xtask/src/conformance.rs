//! `cargo xtask conformance`: our verdicts on random packets, held against libxml2's.

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
}

/// Builds the program that does it, with optimizations, and starts it; whether all verdicts agree.
pub(crate) fn conformance(arguments: &Arguments) -> Result<bool, String> {
    let (cases, seed) = (arguments.cases.to_string(), arguments.seed.to_string());
    let mut command = vec!["run", "--quiet", "--release", "--package", "plesk-conformance", "--"];
    command.extend(["--cases", &cases, "--seed", &seed]);
    if let Some(operator) = &arguments.operator {
        command.extend(["--operator", operator]);
    }
    run::cargo(&command, &[])
}
