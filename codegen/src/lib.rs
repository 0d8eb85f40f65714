//! From XML schemas to Rust.
//!
//! [`generate`] reads schema files and makes a crate's source of them, one stage after the other,
//! each trusting the one before:
//!
//! 1. `load`: files to xsd-parser's syntax tree
//! 2. `lower`: syntax tree to [`model`], one model a direction
//! 3. `merge`: both directions to one model
//! 4. `fixups`: what the [`config`] says of single places
//! 5. `share`: parts that are alike become one type
//! 6. `names`: Rust names
//! 7. `check`: what must hold before anything is emitted
//! 8. `emit`: Rust tokens
//! 9. `coverage`: what the emitted crate has of the protocol, and how, in words
//! 10. `write`: formatted files, only where they differ

pub mod config;
pub mod diff;
pub mod error;
pub mod model;
pub mod outline;
pub mod plesk;

mod check;
mod coverage;
mod emit;
mod features;
mod fixups;
mod load;
mod lower;
mod merge;
mod names;
mod regex;
mod runtime;
mod share;
mod write;

use std::collections::BTreeSet;
use std::path::Path;

use config::Config;
use error::{Error, Problem};
use model::{Direction, Model};

pub use features::Feature;
pub use write::Changes;

/// Schema files and their entry points.
#[derive(Clone, Copy, Debug)]
pub struct Schemas<'a> {
    /// The directory that holds the files.
    pub directory: &'a Path,
    /// The protocol version that they describe.
    pub protocol: &'a str,
    /// The entry point of requests.
    pub request: &'a str,
    /// The entry point of responses; that of requests where both sides send the same document.
    pub response: &'a str,
}

/// Where a generation writes to. A path alone is that of the source files.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The directory of the source files.
    pub source: &'a Path,
    /// The file that says in Markdown what of the protocol is covered and how, if there is to be one.
    pub coverage: Option<&'a Path>,
}

impl<'a, P: AsRef<Path> + ?Sized> From<&'a P> for Output<'a> {
    fn from(source: &'a P) -> Self {
        Self { source: source.as_ref(), coverage: None }
    }
}

/// What a generation made.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many schema files were read.
    pub schema_files: usize,
    /// How many operators there are.
    pub operators: usize,
    /// How many operations there are.
    pub operations: usize,
    /// How many operators and operations of the schemas the configuration leaves out.
    pub left_out: usize,
    /// The Cargo features that the emitted code is gated with, by name; each operator has one.
    pub features: Vec<Feature>,
    /// How many Rust types there are.
    pub types: usize,
    /// How many lines were emitted.
    pub lines: usize,
    /// What was written.
    pub changes: Changes,
}

/// Generates the source files of a crate; with `dry`, only says what would change.
///
/// The same schemas and configuration give the same bytes on every machine.
///
/// # Errors
/// Every problem of the schemas, with its file and construct; then nothing was written. Or the file that could not be
/// written.
pub fn generate<'a>(
    schemas: &Schemas<'_>,
    config: &Config,
    target: impl Into<Output<'a>>,
    dry: bool,
) -> Result<Summary, Error> {
    let target = target.into();
    let reading = read(schemas, config)?;
    if !reading.unmatched.is_empty() {
        return Err(Error(reading.unmatched));
    }
    let Reading { model, files: schema_files, .. } = reading;
    let names = names::assign(&model, config)?;
    check::check(&model, config)?;
    let features = features::Features::of(&model, &names, config);
    let files = emit::emit(&model, &names, &features, config);
    let mut texts = write::format(&files, schemas.protocol, target.source)?;
    let lines = texts.values().map(|text| text.lines().count()).sum();
    if let Some(path) = target.coverage {
        let document = coverage::document(&model, &names, &features, config);
        texts.insert(path.to_owned(), write::markdown(&document, schemas.protocol));
    }
    let changes = write::write(&texts, target.source, dry)?;
    let operators: BTreeSet<&str> = model.operations.iter().map(|operation| operation.operator.as_str()).collect();
    Ok(Summary {
        schema_files,
        operators: operators.len(),
        operations: model.operations.len(),
        left_out: model.used.iter().filter(|(part, _)| *part == "left_out").count(),
        features: features.all,
        types: model.types.len(),
        lines,
        changes,
    })
}

/// What schemas say, with the fix-ups of a configuration.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The model.
    pub model: Model,
    /// How many files were read.
    pub files: usize,
    /// The entries of the configuration that match nothing in the schemas, or stand twice. Nothing is generated while
    /// there are any; another version's schemas can still be looked at.
    pub unmatched: Vec<Problem>,
}

/// Reads schemas.
///
/// # Errors
/// Every problem found, with its file and construct.
pub fn read(schemas: &Schemas<'_>, config: &Config) -> Result<Reading, Error> {
    // It stands in the emitted files, so it may hold nothing that could be read as Rust.
    if schemas.protocol.is_empty() || !schemas.protocol.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
    {
        let message = "is not a protocol version, which is of letters, digits, dots, hyphens and underscores";
        return Err(Problem::new("protocol", schemas.protocol, message).into());
    }
    let (mut model, schema_files) = if schemas.request == schemas.response {
        let files = load::load(schemas.directory, schemas.request)?;
        let mut model = lower::lower(&files, Direction::Both, config)?;
        model.protocol = schemas.protocol.to_owned();
        (model, files.schemas.len())
    } else {
        let load = |entry| load::load(schemas.directory, entry);
        let (requests, responses) = error::both(load(schemas.request), load(schemas.response))?;
        let files: BTreeSet<&String> = requests.schemas.keys().chain(responses.schemas.keys()).collect();
        let (requests, responses) = error::both(
            lower::lower(&requests, Direction::Request, config),
            lower::lower(&responses, Direction::Response, config),
        )?;
        (merge::merge(schemas.protocol, requests, responses, config)?, files.len())
    };
    let unmatched = fixups::apply(&mut model, config);
    share::share(&mut model, config);
    Ok(Reading { model, files: schema_files, unmatched })
}
