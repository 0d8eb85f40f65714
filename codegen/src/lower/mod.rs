//! Lowers the syntax tree of the schema files to the model.

mod ambiguity;
mod attribute;
mod content;
pub(crate) mod declarations;
mod element;
mod facets;
mod groups;
mod members;
mod outcome_base;
pub(crate) mod particle;
mod simple;

use std::collections::HashMap;

use crate::config::Config;
use crate::error::{Error, Problem};
use crate::load::{self, Files, syntax};
use crate::model::{Body, Direction, Kind, Model, Origin, Role, Root, SimpleId, Type, TypeId};
use declarations::{Declarations, documentation, resolve};
use element::{Complex, ElementContent, annotations};

/// The model of what one entry point reaches.
pub(crate) fn lower(files: &Files, direction: Direction, config: &Config) -> Result<Model, Error> {
    let (declarations, problems) = Declarations::of(files);
    let mut lowerer = Lowerer {
        declarations,
        config,
        direction,
        model: Model::default(),
        type_ids: HashMap::new(),
        simple_ids: HashMap::new(),
        bodies: HashMap::new(),
        resolving_simples: Vec::new(),
        resolving: Vec::new(),
        broken_simples: Vec::new(),
        unresolved: 0,
        inline_types: HashMap::new(),
        nested_groups: 0,
        problems,
    };
    let elements = lowerer.declarations.elements.values().copied();
    // Where there is a packet, it is the document; other global elements are for other uses.
    let is_root = |name: Option<&str>| config.packet.is_none_or(|packet| Some(packet) == name);
    let roots: Vec<_> = elements.filter(|it| it.file == files.entry && is_root(it.node.name.as_deref())).collect();
    if roots.is_empty() {
        let what = config.packet.map_or("no element".to_owned(), |packet| format!("no element {packet}"));
        let problem = Problem::new(&files.entry, "", format!("the entry point declares {what}"));
        lowerer.report(problem.consequence().advice("declare the element of the whole document at the top level"));
    }
    lowerer.check_outcome_base();
    for root in roots {
        lowerer.root(root.node, root.file);
    }
    if lowerer.problems.is_empty() { Ok(lowerer.model) } else { Err(Error(lowerer.problems)) }
}

struct Lowerer<'a> {
    declarations: Declarations<'a>,
    config: &'a Config,
    direction: Direction,
    model: Model,
    /// The types lowered so far, by their schema name.
    type_ids: HashMap<String, TypeId>,
    /// The simple types lowered so far, by their declaration.
    simple_ids: HashMap<*const syntax::SimpleBaseType, SimpleId>,
    /// The bodies of named results, by their schema name.
    bodies: HashMap<String, Body>,
    /// The simple types being resolved, to find circles.
    resolving_simples: Vec<String>,
    /// The bases and groups being resolved, to find circles.
    resolving: Vec<(Reference, String)>,
    /// The simple types that something is wrong with.
    broken_simples: Vec<SimpleId>,
    /// How many bases and groups were not found: what refers to them is not all there.
    unresolved: usize,
    /// The inline types being filled, by their declaration: a reference within to the element around is to the type itself.
    inline_types: HashMap<*const syntax::ComplexBaseType, TypeId>,
    /// How many groups were referred to within the outermost one that is open.
    nested_groups: usize,
    problems: Vec<Problem>,
}

/// What may lead back to itself and must not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reference {
    Base,
    Group,
    AttributeGroup,
}

impl<'a> Lowerer<'a> {
    /// Notes a problem, once however often its place is reached.
    fn problem(&mut self, file: &str, construct: &str, message: impl Into<String>) {
        self.report(Problem::new(file, construct, message));
    }

    /// The same of a problem that says more than its construct and what is wrong.
    fn report(&mut self, problem: Problem) {
        crate::error::extend_unique(&mut self.problems, [problem]);
    }

    /// Notes that the declaration of `name` in a construct is missing, without which more may look wrong than is.
    fn undeclared(&mut self, kind: &str, name: &str, file: &str, construct: &str, message: impl Into<String>) {
        self.unresolved += 1;
        let Declarations { complex, simple, elements, groups, attributes, attribute_groups } = &self.declarations;
        let known: Vec<&str> = match kind {
            "ref" => {
                let of_attributes = attributes.keys().chain(attribute_groups.keys());
                elements.keys().chain(groups.keys()).chain(of_attributes).copied().collect()
            }
            _ => complex.keys().chain(simple.keys()).copied().collect(),
        };
        let meant = load::nearest(name, &known).map_or(String::new(), |meant| format!("is {meant} meant? If not, "));
        let advice = format!("{meant}declare it in this file or in one that it includes, or correct the {kind}");
        self.report(Problem::new(file, construct, message).undeclared(name).advice(advice));
    }

    fn root(&mut self, node: &'a syntax::ElementType, file: &'a str) {
        let name = node.name.clone().unwrap_or_default();
        self.check_element_declaration(node, file, &name);
        let Complex { node: complex, file: type_file, name: type_name } = match self.element_content(node, file, &name)
        {
            ElementContent::Complex(complex) => complex,
            ElementContent::Unknown => return,
            ElementContent::Simple(_) | ElementContent::Untyped => {
                let problem = Problem::new(file, &name, "a root element needs a complex type");
                self.report(problem.advice("name one in `type`, or declare one inside"));
                return;
            }
        };
        let path = type_name.clone().unwrap_or_else(|| name.clone());
        let origin = Origin { file: file.to_owned(), path, type_name };
        let content = self.content(complex, type_file, &origin);
        let doc = documentation(annotations(&node.content));
        let ty = self.reserve(origin, Role::Root(name.clone()), doc);
        self.inline_types.insert(complex, ty);
        self.set_content(ty, content);
        self.inline_types.remove(&std::ptr::from_ref(complex));
        self.model.roots.push(Root { name, ty, direction: self.direction });
    }

    /// Adds a type without content, so that its own content can refer to it.
    fn reserve(&mut self, origin: Origin, role: Role, doc: String) -> TypeId {
        let direction = self.direction;
        self.model.types.push(Type { origin, direction, doc, role, kind: Kind::Untyped, renamed: None });
        self.model.types.len() - 1
    }

    /// The named complex type.
    fn named(&mut self, name: &str, node: &'a syntax::ComplexBaseType, file: &'a str) -> TypeId {
        if let Some(id) = self.type_ids.get(name) {
            return *id;
        }
        let origin = Origin { file: file.to_owned(), path: name.to_owned(), type_name: Some(name.to_owned()) };
        let id = self.reserve(origin.clone(), Role::Named, String::new());
        self.type_ids.insert(name.to_owned(), id);
        let content = self.content(node, file, &origin);
        self.set_content(id, content);
        id
    }
}
