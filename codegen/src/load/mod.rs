//! Reads schema files with xsd-parser and returns its syntax tree.
//!
//! xsd-parser knows no positions and silently skips what it does not expect. So each file is first checked with
//! roxmltree: that it is well-formed, that its attributes exist, and that its elements are allowed where they are.

mod file;
mod nesting;
mod spelling;
mod well_formed;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::path::{Component, Path};

pub(crate) use file::read_lossy;
pub(crate) use spelling::nearest;
pub(crate) use well_formed::start_tag;
pub(crate) use xsd_parser::models::schema::{MaxOccurs, QName, xs as syntax};

use file::Failure;
use roxmltree::{Document, Node};
use xsd_parser::config::{ParserConfig, ParserFlags, Schema as Source};
use xsd_parser::pipeline::parser::Error as ParserError;

use crate::error::{Confidence, Error, Problem, SpanHint};

pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// The schema files that an entry point reaches.
#[derive(Debug)]
pub(crate) struct Files {
    /// The name of the entry point.
    pub(crate) entry: String,
    /// The syntax tree of each file, by name.
    pub(crate) schemas: BTreeMap<String, syntax::Schema>,
}

/// The files that could be read, and the problems with the others.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) files: Files,
    pub(crate) problems: Vec<Problem>,
    /// `true` if every file could be read, so a declaration that was not found does not exist.
    pub(crate) complete: bool,
    /// The constructs with a misspelled attribute, by file and name. Other problems of theirs may follow from that.
    pub(crate) misspelled: BTreeSet<(String, String)>,
}

impl Loaded {
    /// Returns those of `problems` that cannot follow from another problem, such as a missing file.
    pub(crate) fn root_causes(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        let all_declared = !problems.iter().any(|problem| problem.confidence == Confidence::Undeclared);
        problems.retain(|problem| {
            let name = problem.construct.rsplit('/').next().unwrap_or_default();
            let misspelled = self.misspelled.contains(&(problem.file.clone(), name.to_owned()));
            match problem.confidence {
                Confidence::Certain => !misspelled,
                Confidence::Undeclared => self.complete && !misspelled,
                Confidence::Consequence => self.complete && !misspelled && all_declared,
            }
        });
        problems
    }
}

/// Reads the entry point `entry` in `directory` and every file that it includes.
pub(crate) fn load(directory: &Path, entry: &str) -> Loaded {
    let files = Files { entry: entry.to_owned(), schemas: BTreeMap::new() };
    let mut loaded = Loaded { files, problems: Vec::new(), complete: true, misspelled: BTreeSet::new() };
    // The files that are still to be read, each with the file that includes it, and where.
    let mut queue = VecDeque::from([(entry.to_owned(), None)]);
    let mut known = BTreeSet::from([entry.to_owned()]);
    while let Some((name, parent)) = queue.pop_front() {
        let text = match file::read_text(directory, &name) {
            Ok(text) => text,
            Err(failure) => {
                loaded.problems.push(at_include(failure, parent));
                loaded.complete = false;
                continue;
            }
        };
        match read_schema(&name, &text, &mut loaded) {
            Ok((schema, includes)) => {
                loaded.files.schemas.insert(name.clone(), schema);
                for (included, at) in includes {
                    if known.insert(included.clone()) {
                        queue.push_back((included, Some((name.clone(), at))));
                    }
                }
            }
            Err(Error(problems)) => {
                loaded.problems.extend(problems);
                loaded.complete = false;
            }
        }
    }
    loaded
}

/// Reports a missing file as a problem of the file that includes it.
fn at_include(failure: Failure, parent: Option<(String, Range<usize>)>) -> Problem {
    let Failure { problem, is_missing } = failure;
    match parent.filter(|_| is_missing) {
        Some((parent, at)) => Problem { file: parent.clone(), construct: "xs:include".to_owned(), ..*problem }
            .shown_at(&parent, "xs:include")
            .at(SpanHint::Bytes(at)),
        None => *problem,
    }
}

/// The names of the included files, each with the byte range of the attribute that names it.
type Includes = Vec<(String, Range<usize>)>;

/// Returns the schema in `text` and the files that it includes.
fn read_schema(name: &str, text: &str, loaded: &mut Loaded) -> Result<(syntax::Schema, Includes), Error> {
    let document = well_formed::parse_document(name, text)?;
    spelling::check(name, &document, loaded)?;
    nesting::check(name, &document)?;
    let schema = parse_schema(name, text, &document)?;
    loaded.problems.extend(find_unsupported(name, &schema));
    // With a namespace, references to declarations have a prefix and seem to be undeclared.
    loaded.complete &= schema.target_namespace.is_none();
    let mut includes = Vec::new();
    for include in document.root_element().children().filter(|node| node.has_tag_name((XSD, "include"))) {
        let Some(location) = include.attribute_node("schemaLocation") else { continue };
        let included = location.value().trim().trim_start_matches("./");
        let mut components = Path::new(included).components();
        let is_name = matches!((components.next(), components.next()), (Some(Component::Normal(_)), None));
        if is_name && !included.contains(['/', '\\']) {
            includes.push((included.to_owned(), location.range()));
        } else {
            let message = format!("{included} is not in the directory of the schema files");
            let problem = Problem::new(name, "xs:include", message).at(SpanHint::Bytes(location.range()));
            loaded.problems.push(problem.advice("move the file there, and include it by its name"));
            loaded.complete = false;
        }
    }
    Ok((schema, includes))
}

/// Parses one file, without the files that it includes.
fn parse_schema(name: &str, text: &str, document: &Document<'_>) -> Result<syntax::Schema, Error> {
    let config = ParserConfig {
        schemas: vec![Source::Schema(text.to_owned())],
        flags: ParserFlags::DEFAULT_NAMESPACES,
        ..ParserConfig::default()
    };
    let invalid =
        |message: String, at| Problem::new(name, "", format!("not an XML schema: {message}")).at(SpanHint::Bytes(at));
    let root = start_tag(text, document.root_element());
    let schemas = xsd_parser::exec_parser(config).map_err(|error| match &error {
        xsd_parser::Error::ParserError(ParserError::XmlError(located)) => {
            let message = located.error.kind.to_string();
            let position = located.error.position.and_then(|position| usize::try_from(position).ok());
            let at = position.map_or(root.clone(), |end| locate_parser_error(text, document, end, &message));
            invalid(message, at).advice("check what XML Schema allows here")
        }
        _ => invalid(error.to_string().replace('\n', " "), root.clone()),
    })?;
    let parsed = schemas.schemas().next();
    parsed.map(|(_, info)| info.schema.clone()).ok_or_else(|| invalid("it is empty".to_owned(), root).into())
}

/// Returns the bytes that an error of xsd-parser is about. It only reports how far it had read, which is `end`.
fn locate_parser_error(text: &str, document: &Document<'_>, end: usize, message: &str) -> Range<usize> {
    let start = text.get(..end).and_then(|read| read.rfind('<')).unwrap_or_default();
    let closes = text[start..].starts_with("</");
    let matches = |node: &Node<'_, '_>| if closes { node.range().end == end } else { node.range().start == start };
    let Some(node) = document.descendants().filter(Node::is_element).find(matches) else { return start..start + 1 };
    let named = node.attributes().filter(|it| !it.value().is_empty() && message.contains(it.value()));
    named.max_by_key(|attribute| attribute.value().len()).map_or_else(|| start_tag(text, node), |it| it.range())
}

/// Returns the problems with the attributes of `xs:schema` that the model cannot represent.
fn find_unsupported(name: &str, schema: &syntax::Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |message: &str, attributes| {
        problems.push(Problem::new(name, "xs:schema", message).at(SpanHint::Attribute(attributes)).advice("remove it"));
    };
    if schema.target_namespace.is_some() {
        problem("a target namespace is not supported", &["targetNamespace"]);
    }
    let no_block = matches!(&schema.block_default, syntax::BlockSetType::BlockSetItemList(list) if list.0.is_empty());
    let no_final =
        matches!(&schema.final_default, syntax::FullDerivationSetType::BlockSetItemList(list) if list.0.is_empty());
    if !no_block || !no_final {
        problem("blockDefault and finalDefault are not supported", &["blockDefault", "finalDefault"]);
    }
    if schema.default_attributes.is_some() {
        problem("defaultAttributes of XSD 1.1 is not supported", &["defaultAttributes"]);
    }
    problems
}
