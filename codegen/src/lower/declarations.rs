//! The top-level declarations of all files, by name.

use std::collections::BTreeMap;

use crate::error::{Problem, SpanHint};
use crate::load::{Files, QName, syntax};

/// A top-level declaration and its file.
#[derive(Debug)]
pub(crate) struct Declared<'a, T> {
    pub(crate) file: &'a str,
    pub(crate) node: &'a T,
}

// Not derived, because a derived implementation would require the same of `T`.
impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Declared<'_, T> {}

/// The declarations in the files of one entry point.
#[derive(Debug)]
pub(crate) struct Declarations<'a> {
    pub(crate) complex: BTreeMap<&'a str, Declared<'a, syntax::ComplexBaseType>>,
    pub(crate) simple: BTreeMap<&'a str, Declared<'a, syntax::SimpleBaseType>>,
    pub(crate) elements: BTreeMap<&'a str, Declared<'a, syntax::ElementType>>,
    pub(crate) groups: BTreeMap<&'a str, Declared<'a, syntax::GroupType>>,
    pub(super) attributes: BTreeMap<&'a str, Declared<'a, syntax::AttributeType>>,
    pub(super) attribute_groups: BTreeMap<&'a str, Declared<'a, syntax::AttributeGroupType>>,
}

impl<'a> Declarations<'a> {
    /// Returns all declarations, and the problems of duplicate and unsupported ones.
    pub(crate) fn of(files: &'a Files) -> (Self, Vec<Problem>) {
        let mut all = Self {
            complex: BTreeMap::new(),
            simple: BTreeMap::new(),
            elements: BTreeMap::new(),
            groups: BTreeMap::new(),
            attributes: BTreeMap::new(),
            attribute_groups: BTreeMap::new(),
        };
        let mut problems = Vec::new();
        let mut seen: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for (file, schema) in &files.schemas {
            for content in &schema.content {
                let (kind, name) = match content {
                    syntax::SchemaContent::ComplexType(node) => {
                        let name = node.name.as_deref().unwrap_or_default();
                        all.complex.insert(name, Declared { file, node });
                        ("type", name)
                    }
                    syntax::SchemaContent::SimpleType(node) => {
                        let name = node.name.as_deref().unwrap_or_default();
                        all.simple.insert(name, Declared { file, node });
                        ("type", name)
                    }
                    syntax::SchemaContent::Element(node) => {
                        let name = node.name.as_deref().unwrap_or_default();
                        all.elements.insert(name, Declared { file, node });
                        ("element", name)
                    }
                    syntax::SchemaContent::Group(node) => {
                        let name = node.name.as_deref().unwrap_or_default();
                        all.groups.insert(name, Declared { file, node });
                        ("group", name)
                    }
                    syntax::SchemaContent::Attribute(node) => {
                        let name = node.name.as_deref().unwrap_or_default();
                        all.attributes.insert(name, Declared { file, node });
                        ("attribute", name)
                    }
                    syntax::SchemaContent::AttributeGroup(node) => {
                        let name = node.name.as_deref().unwrap_or_default();
                        all.attribute_groups.insert(name, Declared { file, node });
                        ("attribute group", name)
                    }
                    syntax::SchemaContent::Include(_) | syntax::SchemaContent::Annotation(_) => continue,
                    other => {
                        let kind = kind_of(other);
                        let before = seen.entry((kind, "")).or_default();
                        let nth = before.iter().filter(|other| **other == file).count();
                        before.push(file);
                        let problem = Problem::new(file, kind, "this construct is not supported");
                        problems
                            .push(problem.at(SpanHint::Construct(nth)).advice("remove it, or write out what it means"));
                        continue;
                    }
                };
                // A missing name was reported when the file was read.
                if !name.is_empty() {
                    let before = seen.entry((kind, name)).or_default();
                    problems.extend(before.first().map(|first| duplicate(kind, name, first, file, before)));
                    before.push(file);
                }
            }
        }
        (all, problems)
    }
}

/// Returns the problem that `file` declares `name` again. `before` has the files of the earlier declarations, and `first`
/// is the first of them.
fn duplicate(kind: &str, name: &str, first: &str, file: &str, before: &[&str]) -> Problem {
    let elements: &[&str] = match kind {
        "element" => &["element"],
        "group" => &["group"],
        "attribute" => &["attribute"],
        "attribute group" => &["attributeGroup"],
        _ => &["complexType", "simpleType"],
    };
    let nth = before.iter().filter(|other| **other == file).count();
    let message = match kind {
        "type" => format!("the type is also declared in {first}"),
        _ => format!("the {kind} is declared twice"),
    };
    Problem::new(file, name, message)
        .at(SpanHint::TopLevel(elements, nth))
        .label("declared again")
        .related(first, name, SpanHint::TopLevel(elements, 0), "declared here first")
        .advice("remove or rename one of them")
}

fn kind_of(content: &syntax::SchemaContent) -> &'static str {
    match content {
        syntax::SchemaContent::Import(_) => "xs:import",
        syntax::SchemaContent::Redefine(_) => "xs:redefine",
        syntax::SchemaContent::Override(_) => "xs:override",
        syntax::SchemaContent::DefaultOpenContent(_) => "xs:defaultOpenContent",
        syntax::SchemaContent::Notation(_) => "xs:notation",
        _ => "a top-level construct",
    }
}

/// Resolves a qualified name. Returns `true` and the local part for a name of XSD; otherwise `false` and the name as
/// written. No declaration matches a name with a prefix, because the schemas have no target namespace.
pub(crate) fn resolve(name: &QName) -> (bool, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match name.namespace() {
        Some(namespace) if *namespace.0 == *b"http://www.w3.org/2001/XMLSchema" => (true, text(name.local_name())),
        _ => (false, text(name.as_bytes())),
    }
}

/// Returns the documentation in annotations, with paragraphs preserved and indentation removed.
pub(super) fn documentation<'a>(annotations: impl IntoIterator<Item = &'a syntax::Annotation>) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for annotation in annotations {
        for text in annotation.extract_documentation().unwrap_or_default() {
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            paragraphs.push(lines.join("\n").trim().to_owned());
        }
    }
    paragraphs.join("\n\n").trim().to_owned()
}
