//! The input of a generation and its results.

use std::path::Path;

use crate::error::Problem;
use crate::model::Model;
use crate::passes::features::Feature;
use crate::write::Changes;

/// Schema files and their entry points.
#[derive(Clone, Copy, Debug)]
pub struct Schemas<'a> {
    /// The directory of the files.
    pub directory: &'a Path,
    /// The protocol version that the schemas describe.
    pub protocol: &'a str,
    /// The entry point for requests.
    pub request: &'a str,
    /// The entry point for responses. It is the one for requests if both sides send the same document.
    pub response: &'a str,
}

/// The files that a generation writes. A path converts into an `Output` for the source files alone.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The directory of the source files.
    pub source: &'a Path,
    /// The Markdown file that describes how the protocol is covered; `None` to write no such file.
    pub coverage: Option<&'a Path>,
    /// The directory of the crate that describes the operations as data (`plesk-model`); `None` to write no such files.
    pub description: Option<&'a Path>,
}

impl<'a, P: AsRef<Path> + ?Sized> From<&'a P> for Output<'a> {
    fn from(source: &'a P) -> Self {
        Self { source: source.as_ref(), coverage: None, description: None }
    }
}

/// The results of a generation.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The number of schema files that were read.
    pub schema_files: usize,
    /// The number of operators.
    pub operators: usize,
    /// The number of operations.
    pub operations: usize,
    /// The number of operators and operations that the configuration leaves out.
    pub left_out: usize,
    /// The Cargo features of the emitted code, by name; each operator has one.
    pub features: Vec<Feature>,
    /// The number of Rust types.
    pub types: usize,
    /// The number of emitted lines.
    pub lines: usize,
    /// The files that were written and removed.
    pub changes: Changes,
}

/// The model of schemas, with the fix-ups of a configuration applied.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The model.
    pub model: Model,
    /// The number of files that were read.
    pub files: usize,
    /// The entries of the configuration that match nothing in the schemas, or that are listed twice. They stop a
    /// generation, but not a comparison: the schemas of another version may lack what an entry is about.
    pub unmatched: Vec<Problem>,
}
