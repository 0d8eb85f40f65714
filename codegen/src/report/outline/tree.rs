//! The content of elements as nodes, as the files have it: derivation resolved, nothing simplified.

use super::lines::{attribute, attribute_group, simple_base};
use crate::error::Problem;
use crate::load::{Files, QName, syntax};
use crate::lower::declarations::{Declarations, Declared, resolve};
use crate::model::Occurs;

/// Something in a content model.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) term: Term<'a>,
    pub(super) occurs: Occurs,
}

#[derive(Clone, Debug)]
pub(super) enum Term<'a> {
    /// An element; what stands in it is found when it is asked for, as it may lead back to itself.
    Element(Declared<'a, syntax::ElementType>),
    /// A sequence, a choice or an `all`, and what stands in it.
    Group(&'static str, Vec<Node<'a>>),
    /// Anything else, in words: an attribute, a wildcard.
    Line(String),
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// That of a named type; nothing, if the type is simple.
    Named(String, Vec<Node<'a>>),
    /// Text of an anonymous type that is derived from the named one.
    Simple(String),
    Anonymous(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    pub(super) fn line(text: String) -> Self {
        Self { term: Term::Line(text), occurs: Occurs::ONCE }
    }

    fn group(kind: &'static str, items: Vec<Self>) -> Self {
        Self { term: Term::Group(kind, items), occurs: Occurs::ONCE }
    }

    /// The name of an element.
    pub(super) fn name(&self) -> &'a str {
        match self.term {
            Term::Element(element) => element.node.name.as_deref().unwrap_or_default(),
            Term::Group(..) | Term::Line(_) => "",
        }
    }
}

/// What a complex type holds: a group, if there is anything in it, and attributes.
#[derive(Default)]
struct Parts<'a> {
    group: Option<Node<'a>>,
    attributes: Vec<&'a syntax::AttributeType>,
    /// What only newer versions of XSD have, and wildcards for attributes.
    more: Vec<Node<'a>>,
}

/// The declarations that an entry point reaches, as nodes.
pub(super) struct Tree<'a> {
    pub(super) entry: &'a str,
    pub(super) declarations: Declarations<'a>,
    /// The base types and groups that are being resolved, to find circles.
    open: Vec<String>,
    /// What was found to be wrong.
    pub(super) problems: Vec<Problem>,
}

impl<'a> Tree<'a> {
    pub(super) fn of(files: &'a Files) -> Self {
        let (declarations, problems) = Declarations::of(files);
        Self { entry: &files.entry, declarations, open: Vec::new(), problems }
    }

    /// The global elements of the entry point.
    pub(super) fn roots(&self) -> Vec<Node<'a>> {
        let elements = self.declarations.elements.values().filter(|element| element.file == self.entry);
        elements.map(|element| Node { term: Term::Element(*element), occurs: Occurs::ONCE }).collect()
    }

    pub(super) fn problem(&mut self, file: &str, construct: &str, message: String) {
        let problem = Problem::new(file, construct, message);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// What stands in a node.
    pub(super) fn children(&mut self, node: &Node<'a>) -> Vec<Node<'a>> {
        match &node.term {
            Term::Element(element) => match self.content(*element) {
                Content::Named(_, inside) | Content::Anonymous(inside) => inside,
                Content::Simple(_) => Vec::new(),
            },
            Term::Group(_, items) => items.clone(),
            Term::Line(_) => Vec::new(),
        }
    }

    /// What an element holds.
    pub(super) fn content(&mut self, element: Declared<'a, syntax::ElementType>) -> Content<'a> {
        let Declared { file, node } = element;
        if let Some(name) = &node.type_ {
            let (built_in, local) = resolve(name);
            if built_in || self.declarations.simple.contains_key(local.as_str()) {
                return Content::Named(local, Vec::new());
            }
            let Some(declared) = self.declarations.complex.get(local.as_str()).copied() else {
                let element = node.name.as_deref().unwrap_or_default();
                self.problem(file, element, format!("the type {local} is not declared"));
                return Content::Named(local, Vec::new());
            };
            let inside = self.complex(declared);
            return Content::Named(local, inside);
        }
        for part in &node.content {
            match part {
                syntax::ElementTypeContent::SimpleType(node) => return Content::Simple(simple_base(node)),
                syntax::ElementTypeContent::ComplexType(node) => {
                    return Content::Anonymous(self.complex(Declared { file, node }));
                }
                _ => {}
            }
        }
        Content::Named("anyType".to_owned(), Vec::new())
    }

    /// What stands in a complex type: its group, then its attributes.
    fn complex(&mut self, declared: Declared<'a, syntax::ComplexBaseType>) -> Vec<Node<'a>> {
        let Parts { group, attributes, more } = self.parts(declared);
        let attributes = attributes.into_iter().map(|node| Node::line(attribute(node)));
        group.into_iter().chain(attributes).chain(more).collect()
    }

    fn parts(&mut self, declared: Declared<'a, syntax::ComplexBaseType>) -> Parts<'a> {
        let Declared { file, node } = declared;
        let mut parts = Parts::default();
        for part in &node.content {
            use syntax::ComplexBaseTypeContent as Part;
            match part {
                Part::Annotation(_) => {}
                Part::Sequence(group) => parts.group = self.group("sequence", group, file),
                Part::Choice(group) => parts.group = self.group("choice", group, file),
                Part::All(group) => parts.group = self.group("all", group, file),
                Part::Group(group) => parts.group = self.group_reference(group, file),
                Part::Attribute(node) => parts.attributes.push(node),
                Part::ComplexContent(content) => {
                    for part in &content.content {
                        use syntax::ComplexContentContent as Part;
                        match part {
                            Part::Annotation(_) => {}
                            Part::Extension(node) => parts = self.extension(node, file, true),
                            Part::Restriction(node) => parts = self.restriction(node, file),
                        }
                    }
                }
                Part::SimpleContent(content) => {
                    for part in &content.content {
                        use syntax::SimpleContentContent as Part;
                        match part {
                            Part::Annotation(_) => {}
                            Part::Extension(node) => parts = self.extension(node, file, false),
                            Part::Restriction(node) => parts = self.restriction(node, file),
                        }
                    }
                }
                Part::AttributeGroup(node) => parts.more.push(attribute_group(node)),
                Part::AnyAttribute(_) => parts.more.push(Node::line("anyAttribute".to_owned())),
                Part::OpenContent(_) => parts.more.push(Node::line("openContent".to_owned())),
                Part::Assert(_) => parts.more.push(Node::line("assert".to_owned())),
            }
        }
        parts
    }

    /// The content of the base, then its own; its own attributes, then those of the base.
    fn extension(&mut self, node: &'a syntax::ExtensionType, file: &'a str, complex: bool) -> Parts<'a> {
        let mut parts = Parts::default();
        for part in &node.content {
            use syntax::ExtensionTypeContent as Part;
            match part {
                Part::Annotation(_) => {}
                Part::Sequence(group) => parts.group = self.group("sequence", group, file),
                Part::Choice(group) => parts.group = self.group("choice", group, file),
                Part::All(group) => parts.group = self.group("all", group, file),
                Part::Group(group) => parts.group = self.group_reference(group, file),
                Part::Attribute(node) => parts.attributes.push(node),
                Part::AttributeGroup(node) => parts.more.push(attribute_group(node)),
                Part::AnyAttribute(_) => parts.more.push(Node::line("anyAttribute".to_owned())),
                Part::OpenContent(_) => parts.more.push(Node::line("openContent".to_owned())),
                Part::Assert(_) => parts.more.push(Node::line("assert".to_owned())),
            }
        }
        let base = self.base(&node.base, file);
        parts.group = match (base.group, parts.group.take()) {
            (Some(base), Some(own)) if complex => Some(Node::group("sequence", vec![base, own])),
            (base, own) => own.or(base),
        };
        parts.attributes.extend(base.attributes);
        parts.more.extend(base.more);
        parts
    }

    /// Its own content takes the place of the base's; attributes are the base's where it has none of the name.
    fn restriction(&mut self, node: &'a syntax::RestrictionType, file: &'a str) -> Parts<'a> {
        let mut parts = Parts::default();
        for part in &node.content {
            use syntax::RestrictionTypeContent as Part;
            match part {
                Part::Annotation(_) | Part::SimpleType(_) | Part::Facet(_) => {}
                Part::Sequence(group) => parts.group = self.group("sequence", group, file),
                Part::Choice(group) => parts.group = self.group("choice", group, file),
                Part::All(group) => parts.group = self.group("all", group, file),
                Part::Group(group) => parts.group = self.group_reference(group, file),
                Part::Attribute(node) => parts.attributes.push(node),
                Part::AttributeGroup(node) => parts.more.push(attribute_group(node)),
                Part::AnyAttribute(_) => parts.more.push(Node::line("anyAttribute".to_owned())),
                Part::OpenContent(_) => parts.more.push(Node::line("openContent".to_owned())),
                Part::Assert(_) => parts.more.push(Node::line("assert".to_owned())),
            }
        }
        let inherited = self.base(&node.base, file).attributes;
        let own = parts.attributes.clone();
        parts.attributes.extend(inherited.into_iter().filter(|base| own.iter().all(|own| own.name != base.name)));
        parts
    }

    /// What the base type has; nothing, if it is simple or XSD's own.
    fn base(&mut self, base: &QName, file: &str) -> Parts<'a> {
        let (built_in, name) = resolve(base);
        if built_in || self.declarations.simple.contains_key(name.as_str()) {
            return Parts::default();
        }
        let Some(declared) = self.declarations.complex.get(name.as_str()).copied() else {
            self.problem(file, &name, "the base type is not declared".to_owned());
            return Parts::default();
        };
        self.guarded(format!("the type {name} is derived from itself"), file, |tree| tree.parts(declared))
    }

    /// Resolves something that may lead back to itself, which is a problem.
    pub(super) fn guarded<T: Default>(
        &mut self,
        circle: String,
        file: &str,
        resolve: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.open.contains(&circle) {
            self.problem(file, "", circle);
            return T::default();
        }
        self.open.push(circle);
        let resolved = resolve(self);
        self.open.pop();
        resolved
    }
}
