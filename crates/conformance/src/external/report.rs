//! The result for the samples of one direction.

use crate::Direction;

/// The result for the samples of one direction.
#[derive(Clone, Debug)]
pub struct Report {
    /// The direction of the samples.
    pub direction: Direction,
    /// The number of operations with samples.
    pub operations: usize,
    /// The number of samples.
    pub samples: usize,
    /// The number of samples that libxml2 accepts; `None` if xmllint is not installed.
    pub valid: Option<usize>,
    /// The number of samples that the generated crate reads, accepts and writes back unchanged.
    pub written_back: usize,
    /// The number of samples as written back that libxml2 accepts; `None` if xmllint is not installed.
    pub valid_as_written_back: Option<usize>,
    /// The number of coverage goals.
    pub goals: usize,
    /// Descriptions of the coverage goals that were not reached.
    pub missed: Vec<String>,
    /// Descriptions of the failures.
    pub failures: Vec<String>,
}
