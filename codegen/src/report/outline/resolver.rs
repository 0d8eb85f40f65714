//! Resolves the content of elements to nodes. Derivation is resolved, nothing else is simplified.

use super::lines::{attribute, attribute_group, simple_base};
use super::node::{Content, Node, Term};
use crate::error::Problem;
use crate::load::{Files, QName, syntax};
use crate::lower::declarations::{Declarations, Declared, resolve};
use crate::model::Occurs;

/// The content of a complex type: a group, unless it is empty, and attributes.
#[derive(Default)]
struct Parts<'a> {
    group: Option<Node<'a>>,
    attributes: Vec<&'a syntax::AttributeType>,
    /// Attribute groups, wildcards for attributes, and constructs of newer versions of XSD.
    others: Vec<Node<'a>>,
}

/// The declarations that an entry point reaches.
pub(super) struct Resolver<'a> {
    pub(super) entry: &'a str,
    pub(super) declarations: Declarations<'a>,
    /// The base types and groups that are being resolved, to find cycles. Each is the message for its cycle.
    open: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Resolver<'a> {
    pub(super) fn of(files: &'a Files) -> Self {
        let (declarations, problems) = Declarations::of(files);
        Self { entry: &files.entry, declarations, open: Vec::new(), problems }
    }

    /// Returns the global elements of the entry point.
    pub(super) fn global_elements(&self) -> Vec<Node<'a>> {
        let elements = self.declarations.elements.values().filter(|element| element.file == self.entry);
        elements.map(|element| Node { term: Term::Element(*element), occurs: Occurs::ONCE }).collect()
    }

    pub(super) fn add_problem(&mut self, file: &str, construct: &str, message: String) {
        let problem = Problem::new(file, construct, message);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Returns the nodes in a node.
    pub(super) fn children(&mut self, node: &Node<'a>) -> Vec<Node<'a>> {
        match &node.term {
            Term::Element(element) => match self.content(*element) {
                Content::Named(_, nodes) | Content::Anonymous(nodes) => nodes,
                Content::Simple(_) => Vec::new(),
            },
            Term::Group(_, items) => items.clone(),
            Term::Line(_) => Vec::new(),
        }
    }

    /// Returns the content of an element.
    pub(super) fn content(&mut self, element: Declared<'a, syntax::ElementType>) -> Content<'a> {
        let Declared { file, node } = element;
        if let Some(name) = &node.type_ {
            let (built_in, local) = resolve(name);
            if built_in || self.declarations.simple.contains_key(local.as_str()) {
                return Content::Named(local, Vec::new());
            }
            let Some(declared) = self.declarations.complex.get(local.as_str()).copied() else {
                let element = node.name.as_deref().unwrap_or_default();
                self.add_problem(file, element, format!("the type {local} is not declared"));
                return Content::Named(local, Vec::new());
            };
            let content = self.complex_content(declared);
            return Content::Named(local, content);
        }
        for part in &node.content {
            match part {
                syntax::ElementTypeContent::SimpleType(node) => return Content::Simple(simple_base(node)),
                syntax::ElementTypeContent::ComplexType(node) => {
                    return Content::Anonymous(self.complex_content(Declared { file, node }));
                }
                _ => {}
            }
        }
        Content::Named("anyType".to_owned(), Vec::new())
    }

    /// Returns the nodes in a complex type: its group, then its attributes.
    fn complex_content(&mut self, declared: Declared<'a, syntax::ComplexBaseType>) -> Vec<Node<'a>> {
        let Parts { group, attributes, others } = self.parts(declared);
        let attributes = attributes.into_iter().map(|node| Node::line(attribute(node)));
        group.into_iter().chain(attributes).chain(others).collect()
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
                Part::AttributeGroup(node) => parts.others.push(attribute_group(node)),
                Part::AnyAttribute(_) => parts.others.push(Node::line("anyAttribute".to_owned())),
                Part::OpenContent(_) => parts.others.push(Node::line("openContent".to_owned())),
                Part::Assert(_) => parts.others.push(Node::line("assert".to_owned())),
            }
        }
        parts
    }

    /// Resolves an extension: the group of the base comes before its own, the attributes of the base after its own.
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
                Part::AttributeGroup(node) => parts.others.push(attribute_group(node)),
                Part::AnyAttribute(_) => parts.others.push(Node::line("anyAttribute".to_owned())),
                Part::OpenContent(_) => parts.others.push(Node::line("openContent".to_owned())),
                Part::Assert(_) => parts.others.push(Node::line("assert".to_owned())),
            }
        }
        let base = self.base(&node.base, file);
        parts.group = match (base.group, parts.group.take()) {
            (Some(base), Some(own)) if complex => Some(Node::group("sequence", vec![base, own])),
            (base, own) => own.or(base),
        };
        parts.attributes.extend(base.attributes);
        parts.others.extend(base.others);
        parts
    }

    /// Resolves a restriction: its own content replaces that of the base. Attributes of the base are inherited unless it
    /// has one of the same name.
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
                Part::AttributeGroup(node) => parts.others.push(attribute_group(node)),
                Part::AnyAttribute(_) => parts.others.push(Node::line("anyAttribute".to_owned())),
                Part::OpenContent(_) => parts.others.push(Node::line("openContent".to_owned())),
                Part::Assert(_) => parts.others.push(Node::line("assert".to_owned())),
            }
        }
        let inherited = self.base(&node.base, file).attributes;
        let own = parts.attributes.clone();
        parts.attributes.extend(inherited.into_iter().filter(|base| own.iter().all(|own| own.name != base.name)));
        parts
    }

    /// Returns the parts of a base type. They are empty if it is simple or built into XSD.
    fn base(&mut self, base: &QName, file: &str) -> Parts<'a> {
        let (built_in, name) = resolve(base);
        if built_in || self.declarations.simple.contains_key(name.as_str()) {
            return Parts::default();
        }
        let Some(declared) = self.declarations.complex.get(name.as_str()).copied() else {
            self.add_problem(file, &name, "the base type is not declared".to_owned());
            return Parts::default();
        };
        self.without_cycle(format!("the type {name} is derived from itself"), file, |resolver| resolver.parts(declared))
    }

    /// Resolves something, or adds the problem `cycle` if it is already being resolved.
    pub(super) fn without_cycle<T: Default>(
        &mut self,
        cycle: String,
        file: &str,
        resolve: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.open.contains(&cycle) {
            self.add_problem(file, "", cycle);
            return T::default();
        }
        self.open.push(cycle);
        let resolved = resolve(self);
        self.open.pop();
        resolved
    }
}
