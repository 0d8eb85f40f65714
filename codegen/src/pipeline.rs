//! The stages of a generation, one after the other.

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::Config;
use crate::error::{self, Error, Problem};
use crate::model::{Direction, Model};
use crate::passes::features::{Feature, Features};
use crate::passes::{check, conversions, dedup, fixups, merge, names};
use crate::report::coverage;
use crate::write::{self, Changes};
use crate::{emit, load, lower};

/// Schema files and their entry points.
#[derive(Clone, Copy, Debug)]
pub struct Schemas<'a> {
    /// The directory that holds the files.
    pub directory: &'a Path,
    /// The protocol version that they describe.
    pub protocol: &'a str,
    /// The entry point of requests.
    pub request: &'a str,
    /// The entry point of responses; that of requests where both sides send the representative document.
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
/// The representative schemas and configuration give the representative bytes on every machine.
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
    let Draft { reading: Reading { model, files: schema_files, unmatched }, mut problems } = draft(schemas, config)?;
    problems.extend(unmatched);
    let names = error::ok_or_collect(&mut problems, names::assign(&model, config));
    error::ok_or_collect(&mut problems, check::check(&model, config));
    let conversions = names
        .as_ref()
        .and_then(|names| error::ok_or_collect(&mut problems, conversions::resolve(&model, names, config)));
    let (Some(names), Some(conversions), true) = (names, conversions, problems.is_empty()) else {
        return Err(Error(problems));
    };
    let features = Features::of(&model, &names, config);
    let files = emit::emit(&model, &names, &features, &conversions, config);
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
    let Draft { reading, problems } = draft(schemas, config)?;
    if problems.is_empty() { Ok(reading) } else { Err(Error(problems)) }
}

/// A reading that may have problems, but in which all of both directions is there.
struct Draft {
    reading: Reading,
    problems: Vec<Problem>,
}

fn draft(schemas: &Schemas<'_>, config: &Config) -> Result<Draft, Error> {
    // It stands in the emitted files, so it may hold nothing that could be read as Rust.
    if schemas.protocol.is_empty() || !schemas.protocol.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
    {
        let message = "is not a protocol version, which is of letters, digits, dots, hyphens and underscores";
        return Err(Problem::new("protocol", schemas.protocol, message).into());
    }
    let (mut model, files, problems) = if schemas.request == schemas.response {
        let (mut model, files) = direction(schemas.directory, schemas.request, Direction::Both, config)?;
        model.protocol = schemas.protocol.to_owned();
        (model, files.len(), Vec::new())
    } else {
        let read = |entry, side| direction(schemas.directory, entry, side, config);
        match (read(schemas.request, Direction::Request), read(schemas.response, Direction::Response)) {
            (Ok((requests, files)), Ok((responses, others))) => {
                let (model, problems) = merge::merge(schemas.protocol, requests, responses, config);
                (model, files.union(&others).count(), problems)
            }
            (Err(error), Ok(_)) | (Ok(_), Err(error)) => return Err(error),
            (Err(Error(mut problems)), Err(Error(others))) => {
                error::extend_unique(&mut problems, others);
                return Err(Error(problems));
            }
        }
    };
    let mut unmatched = fixups::apply(&mut model, config);
    // An operation without an answer is no reason to remove its entry.
    unmatched.retain(|entry| !problems.iter().any(|problem| problem.construct == entry.construct));
    dedup::dedup(&mut model, config);
    Ok(Draft { reading: Reading { model, files, unmatched }, problems })
}

/// The model of what one entry point reaches, and the names of its files. What is wrong with single files comes
/// together with what is wrong with their declarations, as far as that is sure.
fn direction(
    directory: &Path,
    entry: &str,
    direction: Direction,
    config: &Config,
) -> Result<(Model, BTreeSet<String>), Error> {
    let loaded = load::load(directory, entry);
    // Without the entry point there is nothing to begin with.
    let entered = loaded.files.schemas.contains_key(entry);
    let lowered = if entered { lower::lower(&loaded.files, direction, config) } else { Err(Error(Vec::new())) };
    match lowered {
        Ok(model) if loaded.problems.is_empty() => Ok((model, loaded.files.schemas.into_keys().collect())),
        Ok(_) => Err(Error(loaded.problems)),
        Err(Error(found)) => {
            let sure = loaded.root_causes(found);
            let mut problems = loaded.problems;
            error::extend_unique(&mut problems, sure);
            Err(Error(problems))
        }
    }
}
