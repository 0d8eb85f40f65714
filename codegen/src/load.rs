//! Reads schema files with xsd-parser, whose syntax tree the next stage lowers.

mod spelling;

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::Path;

pub(crate) use xsd_parser::models::schema::{MaxOccurs, QName, xs as syntax};

use xsd_parser::config::{ParserConfig, ParserFlags, Schema as Source};

use crate::error::{Error, Problem};

/// The files that an entry point reaches, by name; the entry point's own name.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) entry: String,
    pub(crate) schemas: BTreeMap<String, syntax::Schema>,
}

/// Reads `entry` in `directory` and every file that it includes.
pub(crate) fn load(directory: &Path, entry: &str) -> Result<Files, Error> {
    let mut files = Files { entry: entry.to_owned(), schemas: BTreeMap::new() };
    let mut problems = Vec::new();
    // The files that are known but not read yet, and who includes them.
    let mut queue = VecDeque::from([(entry.to_owned(), None)]);
    let mut known = vec![entry.to_owned()];
    while let Some((name, parent)) = queue.pop_front() {
        let path = directory.join(&name);
        if !path.is_file() {
            let missing = format!("there is no file {name} in {}", directory.display());
            problems.push(match parent {
                Some(parent) => Problem::new(parent, "xs:include", missing),
                None => Problem::new(name, "", missing),
            });
            continue;
        }
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                problems.push(Problem::new(name, "", error.to_string()));
                continue;
            }
        };
        let schema = match parse(&text) {
            Ok(schema) => schema,
            Err(message) => {
                problems.push(Problem::new(name, "", message));
                continue;
            }
        };
        problems.extend(spelling::misspellings(&name, &text));
        problems.extend(unsupported(&name, &schema));
        for content in &schema.content {
            let syntax::SchemaContent::Include(include) = content else { continue };
            let included = include.schema_location.trim_start_matches("./").to_owned();
            if included.contains(['/', '\\']) {
                let message = format!("{included} is not in the directory of the schemas");
                problems.push(Problem::new(&name, "xs:include", message));
            } else if !known.contains(&included) {
                known.push(included.clone());
                queue.push_back((included, Some(name.clone())));
            }
        }
        files.schemas.insert(name, schema);
    }
    if problems.is_empty() { Ok(files) } else { Err(Error(problems)) }
}

/// One file, whatever it includes.
fn parse(text: &str) -> Result<syntax::Schema, String> {
    let config = ParserConfig {
        schemas: vec![Source::Schema(text.to_owned())],
        flags: ParserFlags::DEFAULT_NAMESPACES,
        ..ParserConfig::default()
    };
    let schemas = xsd_parser::exec_parser(config).map_err(|e| format!("not an XML schema: {}", chain(&e)))?;
    let only = schemas.schemas().next();
    only.map(|(_, info)| info.schema.clone()).ok_or_else(|| "not an XML schema".to_owned())
}

/// What the schema as a whole has that the model has no place for.
fn unsupported(name: &str, schema: &syntax::Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |message: &str| problems.push(Problem::new(name, "xs:schema", message));
    if schema.target_namespace.is_some() {
        problem("a target namespace is not supported");
    }
    let no_block = matches!(&schema.block_default, syntax::BlockSetType::BlockSetItemList(list) if list.0.is_empty());
    let no_final =
        matches!(&schema.final_default, syntax::FullDerivationSetType::BlockSetItemList(list) if list.0.is_empty());
    if !no_block || !no_final {
        problem("blockDefault and finalDefault are not supported");
    }
    if schema.default_attributes.is_some() {
        problem("defaultAttributes of XSD 1.1 is not supported");
    }
    problems
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
