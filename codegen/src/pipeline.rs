//! The stages of a generation, in order.

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::Config;
use crate::error::{Error, Problem, extend_unique, ok_or_collect};
use crate::model::{Direction, Model};
use crate::passes::features::Features;
use crate::passes::{check, conversions, dedup, fixups, merge, names};
use crate::report::{coverage, description};
use crate::{Output, Reading, Schemas, Summary, emit, load, lower, write};

/// Generates the source files of a crate. With `dry`, only reports what would change.
///
/// The same schemas and configuration give the same bytes on every machine.
///
/// # Errors
/// Returns every problem of the schemas and of the configuration, each with its file and construct; nothing was written
/// then. Also fails if a file cannot be written.
pub fn generate<'a>(
    schemas: &Schemas<'_>,
    config: &Config,
    target: impl Into<Output<'a>>,
    dry: bool,
) -> Result<Summary, Error> {
    let target = target.into();
    let (Reading { model, files: schema_files, unmatched }, mut problems) = read_both_directions(schemas, config)?;
    problems.extend(unmatched);

    let (names, clashes) = names::assign(&model, config);
    extend_unique(&mut problems, clashes);
    ok_or_collect(&mut problems, check::check(&model, config));
    let conversions = ok_or_collect(&mut problems, conversions::resolve(&model, &names, config));
    let (Some(conversions), true) = (conversions, problems.is_empty()) else { return Err(Error(problems)) };

    let features = Features::of(&model, &names, config);
    let files = emit::emit(&model, &names, &features, &conversions, config);
    let mut texts = write::format(&files, schemas.protocol, target.source)?;
    let lines = texts.values().map(|text| text.lines().count()).sum();
    if let Some(path) = target.coverage {
        let document = coverage::document(&model, &names, &features, config);
        texts.insert(path.to_owned(), write::markdown(&document, schemas.protocol));
    }
    if let Some(directory) = target.description {
        texts.extend(description::files(&model, &names, config, directory));
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

/// Reads schemas.
///
/// # Errors
/// Returns every problem found, each with its file and construct.
pub fn read(schemas: &Schemas<'_>, config: &Config) -> Result<Reading, Error> {
    let (reading, problems) = read_both_directions(schemas, config)?;
    if problems.is_empty() { Ok(reading) } else { Err(Error(problems)) }
}

/// Reads requests and responses into one model. The problems that come with it, such as an operation without a reply,
/// leave the model good enough to be checked further.
fn read_both_directions(schemas: &Schemas<'_>, config: &Config) -> Result<(Reading, Vec<Problem>), Error> {
    // The version appears in the emitted files, so it must not contain anything that could be read as Rust.
    if schemas.protocol.is_empty() || !schemas.protocol.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
    {
        let message = "is not a protocol version; expected letters, digits, dots, hyphens and underscores";
        return Err(Problem::new("protocol", schemas.protocol, message).into());
    }
    let (mut model, files, problems) = if schemas.request == schemas.response {
        let (mut model, files, problems) = read_direction(schemas.directory, schemas.request, Direction::Both, config)?;
        model.protocol = schemas.protocol.to_owned();
        (model, files.len(), problems)
    } else {
        let read = |entry_point, direction| read_direction(schemas.directory, entry_point, direction, config);
        match (read(schemas.request, Direction::Request), read(schemas.response, Direction::Response)) {
            (Ok((requests, files, mut problems)), Ok((responses, others, more))) => {
                let (model, unpaired) = merge::merge(schemas.protocol, requests, responses, config);
                extend_unique(&mut problems, more.into_iter().chain(unpaired));
                (model, files.union(&others).count(), problems)
            }
            (Err(Error(mut problems)), Ok((_, _, others))) | (Ok((_, _, others)), Err(Error(mut problems))) => {
                extend_unique(&mut problems, others);
                return Err(Error(problems));
            }
            (Err(Error(mut problems)), Err(Error(others))) => {
                extend_unique(&mut problems, others);
                return Err(Error(problems));
            }
        }
    };
    let mut unmatched = fixups::apply(&mut model, config);
    // An operation that lacks its reply was dropped by `merge`. Its entry must not be reported as unmatched.
    unmatched.retain(|entry| !problems.iter().any(|problem| problem.construct == entry.construct));
    dedup::dedup(&mut model, config);
    Ok((Reading { model, files, unmatched }, problems))
}

/// Returns the model of everything that an entry point reaches, the names of the files, and the problems that leave the
/// model whole.
///
/// # Errors
/// Returns the problems of the files together with those of the declarations, except for problems of declarations that
/// may only follow from a file that could not be read.
fn read_direction(
    directory: &Path,
    entry_point: &str,
    direction: Direction,
    config: &Config,
) -> Result<(Model, BTreeSet<String>, Vec<Problem>), Error> {
    let loaded = load::load(directory, entry_point);
    let has_entry_point = loaded.files.schemas.contains_key(entry_point);
    let lowered = if has_entry_point { lower::lower(&loaded.files, direction, config) } else { Err(Error(Vec::new())) };
    match lowered {
        Ok((model, problems)) if loaded.problems.is_empty() => {
            Ok((model, loaded.files.schemas.into_keys().collect(), problems))
        }
        Ok((_, found)) | Err(Error(found)) => {
            let root_causes = loaded.root_causes(found);
            let mut problems = loaded.problems;
            extend_unique(&mut problems, root_causes);
            Err(Error(problems))
        }
    }
}
