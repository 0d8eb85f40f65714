//! Reads schema files with xsd-parser and returns its syntax tree.
//!
//! xsd-parser knows no positions and silently skips what it does not expect. So each file is first checked with
//! roxmltree: that it is well-formed, that its attributes exist, and that its elements are allowed where they are.

mod file;
mod lexical;
mod nesting;
mod parse;
mod spelling;
mod unread;
mod well_formed;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::path::{Component, Path};

pub(crate) use file::read_lossy;
pub(crate) use spelling::nearest;
pub(crate) use unread::{Unread, contains_quoted, included_names};
pub(crate) use well_formed::start_tag;
pub(crate) use xsd_parser::models::schema::{MaxOccurs, QName, xs as syntax};

use file::Failure;
use roxmltree::Document;

use crate::error::{Confidence, Error, Problem, SpanHint};

pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// The schema files that an entry point reaches.
#[derive(Debug)]
pub(crate) struct Files {
    /// The name of the entry point.
    pub(crate) entry: String,
    /// The syntax tree of each file, by name. Declarations that could not be read are missing.
    pub(crate) schemas: BTreeMap<String, syntax::Schema>,
    /// The text of each file that is text, by name.
    pub(crate) texts: BTreeMap<String, String>,
    /// The constructs with a misspelled attribute, by file and name. Other problems of theirs may follow from that.
    pub(crate) misspelled: BTreeSet<(String, String)>,
}

/// The files that could be read, and the problems with the others.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) files: Files,
    pub(crate) problems: Vec<Problem>,
    pub(crate) unread: Unread,
}

impl Loaded {
    /// Returns those of `problems` that cannot follow from another problem, such as a missing file.
    pub(crate) fn root_causes(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        let all_declared = !problems.iter().any(|problem| matches!(problem.confidence, Confidence::Undeclared(_)));
        problems.retain(|problem| {
            let name = problem.construct.rsplit('/').next().unwrap_or_default();
            let misspelled = self.files.misspelled.contains(&(problem.file.clone(), name.to_owned()));
            let is_certain = match &problem.confidence {
                Confidence::Certain => true,
                Confidence::Undeclared(name) => !self.unread.may_declare(name),
                Confidence::Consequence => self.unread.is_empty() && all_declared,
            };
            is_certain && !misspelled
        });
        problems
    }
}

/// Reads the entry point `entry` in `directory` and every file that it includes.
pub(crate) fn load(directory: &Path, entry: &str) -> Loaded {
    let (schemas, texts) = (BTreeMap::new(), BTreeMap::new());
    let files = Files { entry: entry.to_owned(), schemas, texts, misspelled: BTreeSet::new() };
    let mut loaded = Loaded { files, problems: Vec::new(), unread: Unread::default() };
    // The files that are still to be read, each with the file that includes it, and where.
    let mut queue = VecDeque::from([(entry.to_owned(), None)]);
    let mut known = BTreeSet::from([entry.to_owned()]);
    while let Some((name, parent)) = queue.pop_front() {
        let text = match file::read_text(directory, &name) {
            Ok(text) => text,
            Err(failure) => {
                loaded.problems.push(at_include(failure, parent));
                loaded.unread.add_unknown();
                continue;
            }
        };
        let includes = match read_schema(&name, &text, &mut loaded) {
            Ok((schema, includes)) => {
                loaded.files.schemas.insert(name.clone(), schema);
                includes.into_iter().map(|(included, at)| (included, Some((name.clone(), at)))).collect()
            }
            Err(Error(problems)) => {
                loaded.problems.extend(problems);
                includes_of_unread(directory, &text, &mut loaded.unread)
            }
        };
        loaded.files.texts.insert(name, text);
        for (included, parent) in includes {
            if known.insert(included.clone()) {
                queue.push_back((included, parent));
            }
        }
    }
    loaded
}

/// Returns the files that a file includes which is not a schema, so that their problems are found as well.
fn includes_of_unread(directory: &Path, text: &str, unread: &mut Unread) -> Vec<(String, Option<IncludedFrom>)> {
    // The end of the text, or all of it, may be lost.
    match text.trim_end().ends_with("schema>") && text.contains(XSD) {
        true => unread.add(text),
        false => unread.add_unknown(),
    }
    let (there, missing): (Vec<_>, Vec<_>) =
        included_names(text).into_iter().partition(|name| is_file_name(name) && directory.join(name).is_file());
    if !missing.is_empty() {
        unread.add_unknown();
    }
    there.into_iter().map(|name| (name, None)).collect()
}

/// The file that includes another one, and where.
type IncludedFrom = (String, Range<usize>);

/// Reports a missing file as a problem of the file that includes it.
fn at_include(failure: Failure, parent: Option<IncludedFrom>) -> Problem {
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
    let misplaced = nesting::check(name, &document);
    let schema = parse::parse_readable(name, &document, misplaced, loaded)?;
    loaded.problems.extend(find_unsupported(name, &schema));
    if schema.target_namespace.is_some() {
        // References to declarations have a prefix then, and seem to be undeclared.
        loaded.unread.add_unknown();
    }
    Ok((schema, find_includes(name, &document, loaded)))
}

/// Returns the files that a schema includes.
fn find_includes(name: &str, document: &Document<'_>, loaded: &mut Loaded) -> Includes {
    let mut includes = Vec::new();
    for include in document.root_element().children().filter(|node| node.has_tag_name((XSD, "include"))) {
        let Some(location) = include.attribute_node("schemaLocation") else { continue };
        let included = location.value().trim().trim_start_matches("./");
        if is_file_name(included) {
            includes.push((included.to_owned(), location.range()));
        } else {
            let message = format!("{included} is not in the directory of the schema files");
            let problem = Problem::new(name, "xs:include", message).at(SpanHint::Bytes(location.range()));
            loaded.problems.push(problem.advice("move the file there, and include it by its name"));
            loaded.unread.add_unknown();
        }
    }
    includes
}

/// Returns `true` if the path is the name of a file, without a directory.
fn is_file_name(path: &str) -> bool {
    let mut components = Path::new(path).components();
    let is_name = matches!((components.next(), components.next()), (Some(Component::Normal(_)), None));
    is_name && !path.contains(['/', '\\'])
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
