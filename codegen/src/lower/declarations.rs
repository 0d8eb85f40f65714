//! What the files declare at their top level, by name.

use std::collections::BTreeMap;

use crate::error::{Error, Problem};
use crate::load::{Files, QName, syntax};

/// A top-level declaration and its file.
#[derive(Debug)]
pub(crate) struct Declared<'a, T> {
    pub(crate) file: &'a str,
    pub(crate) node: &'a T,
}

// Derived, they would ask the same of `T`.
impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Declared<'_, T> {}

/// What the files of one entry point declare.
#[derive(Debug)]
pub(crate) struct Declarations<'a> {
    pub(crate) complex: BTreeMap<&'a str, Declared<'a, syntax::ComplexBaseType>>,
    pub(crate) simple: BTreeMap<&'a str, Declared<'a, syntax::SimpleBaseType>>,
    pub(crate) elements: BTreeMap<&'a str, Declared<'a, syntax::ElementType>>,
    pub(crate) groups: BTreeMap<&'a str, Declared<'a, syntax::GroupType>>,
}

impl<'a> Declarations<'a> {
    pub(crate) fn of(files: &'a Files) -> Result<Self, Error> {
        let mut all = Self {
            complex: BTreeMap::new(),
            simple: BTreeMap::new(),
            elements: BTreeMap::new(),
            groups: BTreeMap::new(),
        };
        let mut problems = Vec::new();
        let mut types: BTreeMap<&str, &str> = BTreeMap::new();
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
                        if all.elements.insert(name, Declared { file, node }).is_some() {
                            problems.push(Problem::new(file, name, "the element is declared twice"));
                        }
                        ("element", name)
                    }
                    syntax::SchemaContent::Group(node) => {
                        let name = node.name.as_deref().unwrap_or_default();
                        if all.groups.insert(name, Declared { file, node }).is_some() {
                            problems.push(Problem::new(file, name, "the group is declared twice"));
                        }
                        ("group", name)
                    }
                    syntax::SchemaContent::Include(_) | syntax::SchemaContent::Annotation(_) => continue,
                    other => {
                        problems.push(Problem::new(file, kind_of(other), "this construct is not supported"));
                        continue;
                    }
                };
                if kind == "type"
                    && let Some(other) = types.insert(name, file)
                {
                    problems.push(Problem::new(file, name, format!("the type is declared in {other} too")));
                }
            }
        }
        if problems.is_empty() { Ok(all) } else { Err(Error(problems)) }
    }
}

fn kind_of(content: &syntax::SchemaContent) -> &'static str {
    match content {
        syntax::SchemaContent::Import(_) => "xs:import",
        syntax::SchemaContent::Redefine(_) => "xs:redefine",
        syntax::SchemaContent::Override(_) => "xs:override",
        syntax::SchemaContent::DefaultOpenContent(_) => "xs:defaultOpenContent",
        syntax::SchemaContent::AttributeGroup(_) => "xs:attributeGroup",
        syntax::SchemaContent::Attribute(_) => "a top-level xs:attribute",
        syntax::SchemaContent::Notation(_) => "xs:notation",
        _ => "a top-level construct",
    }
}

/// A qualified name: whether it is XSD's own, and its local part, or all of a name from elsewhere,
/// which nothing declared here is called.
pub(crate) fn resolve(name: &QName) -> (bool, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match name.namespace() {
        Some(namespace) if *namespace.0 == *b"http://www.w3.org/2001/XMLSchema" => (true, text(name.local_name())),
        _ => (false, text(name.as_bytes())),
    }
}

/// The documentation in an annotation, paragraphs kept, indentation removed.
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
