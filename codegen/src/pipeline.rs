//! The stages of a generation, in order.

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::Config;
use crate::error::{Error, Problem, extend_unique, ok_or_collect};
use crate::model::{Direction, Model};
use crate::passes::features::Features;
use crate::passes::gaps::Gaps;
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
        let document = coverage::document(&model, &names, &features, &conversions, config);
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

/// Reads requests and responses into one model. With problems, parts of the model may be missing; see `passes::gaps`.
fn read_both_directions(schemas: &Schemas<'_>, config: &Config) -> Result<(Reading, Vec<Problem>), Error> {
    // The version appears in the emitted files, so it must not contain anything that could be read as Rust.
    if schemas.protocol.is_empty() || !schemas.protocol.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
    {
        let message = "is not a protocol version; expected letters, digits, dots, hyphens and underscores";
        return Err(Problem::new("protocol", schemas.protocol, message).into());
    }
    let mut gaps = Gaps::default();
    let mut problems = Vec::new();
    let mut read = |entry_point, direction| {
        let (model, found) = read_direction(schemas.directory, entry_point, direction, config, &mut gaps);
        extend_unique(&mut problems, found);
        model
    };
    let mut model = if schemas.request == schemas.response {
        let mut model = read(schemas.request, Direction::Both);
        model.protocol = schemas.protocol.to_owned();
        model
    } else {
        let requests = read(schemas.request, Direction::Request);
        let responses = read(schemas.response, Direction::Response);
        let (model, unpaired) = merge::merge(schemas.protocol, requests, responses, config);
        extend_unique(&mut problems, unpaired);
        model
    };
    let mut unmatched = fixups::apply(&mut model, config);
    // An operation that lacks its reply was dropped by `merge`. Its entry must not be reported as unmatched.
    unmatched.retain(|entry| !problems.iter().any(|problem| problem.construct == entry.construct));
    // If most entries match nothing, something essential is missing, and its problem is enough.
    let lacks_most = !problems.is_empty() && unmatched.len() * 2 > config.entries().len();
    unmatched.retain(|entry| !lacks_most && !gaps.may_match(&model, entry));
    dedup::dedup(&mut model, config);
    Ok((Reading { model, files: gaps.texts.len(), unmatched }, problems))
}

/// Returns the model of everything that an entry point reaches, and its problems, except for those that may only follow
/// from something that could not be read. Adds to `gaps` what that is.
fn read_direction(
    directory: &Path,
    entry_point: &str,
    direction: Direction,
    config: &Config,
    gaps: &mut Gaps,
) -> (Model, Vec<Problem>) {
    let loaded = load::load(directory, entry_point);
    let has_entry_point = loaded.files.schemas.contains_key(entry_point);
    let (model, found) =
        if has_entry_point { lower::lower(&loaded.files, direction, config) } else { Default::default() };
    let root_causes = loaded.root_causes(found);
    let mut problems = loaded.problems;
    extend_unique(&mut problems, root_causes);
    gaps.unread.extend(loaded.unread);
    gaps.texts.extend(loaded.files.texts);
    (model, problems)
}
