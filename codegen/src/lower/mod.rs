//! Lowers the syntax tree of the schema files to the model.

mod ambiguity;
mod attribute;
mod consistency;
mod content;
pub(crate) mod declarations;
mod element;
mod facets;
mod groups;
pub(crate) mod literal;
mod members;
pub(crate) mod particle;
mod repetition;
mod results;
mod simple;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::config::Config;
use crate::error::{Problem, SpanHint};
use crate::load::{self, Files, syntax};
use crate::model::{Body, Direction, Kind, MemberKind, Model, Origin, Role, Root, SimpleId, Type, TypeId};
use content::Content;
use declarations::{Declarations, documentation, resolve};
use element::{Complex, ElementContent, annotations};

/// Lowers everything that the entry point reaches. Returns the model with all problems. A type that lacks something
/// because of one of them is marked as incomplete, so that later stages can look for theirs in the rest.
pub(crate) fn lower(files: &Files, direction: Direction, config: &Config) -> (Model, Vec<Problem>) {
    let (declarations, problems) = Declarations::of(files);
    let mut lowerer = Lowerer {
        declarations,
        config,
        direction,
        misspelled: &files.misspelled,
        model: Model::default(),
        type_ids: HashMap::new(),
        simple_ids: HashMap::new(),
        bodies: HashMap::new(),
        resolving_simples: Vec::new(),
        resolving: Vec::new(),
        broken_simples: Vec::new(),
        gaps: 0,
        inline_types: HashMap::new(),
        roots: HashSet::new(),
        referred: HashMap::new(),
        pending: Vec::new(),
        nested_groups: 0,
        problems,
    };
    let elements = lowerer.declarations.elements.values().copied();
    // If the protocol has a packet, only that is a document. Other global elements are only referred to.
    let is_root = |name: Option<&str>| config.packet.is_none_or(|packet| Some(packet) == name);
    let roots: Vec<_> = elements.filter(|it| it.file == files.entry && is_root(it.node.name.as_deref())).collect();
    if roots.is_empty() {
        let missing = config.packet.map_or("no element".to_owned(), |packet| format!("no element {packet}"));
        let problem = Problem::new(&files.entry, "", format!("the entry point declares {missing}"));
        lowerer.report(problem.consequence().advice("declare the root element of the document at the top level"));
    }
    lowerer.check_result_base();
    lowerer.check_global_attributes();
    lowerer.roots = roots.iter().map(|root| std::ptr::from_ref(root.node)).collect();
    for root in roots {
        lowerer.lower_root(root.node, root.file);
    }
    while let Some((id, content)) = lowerer.pending.pop() {
        lowerer.set_content(id, content);
    }
    (lowerer.model, lowerer.problems)
}

struct Lowerer<'a> {
    declarations: Declarations<'a>,
    config: &'a Config,
    direction: Direction,
    /// The constructs with a misspelled attribute, so what they mean is not known.
    misspelled: &'a BTreeSet<(String, String)>,
    model: Model,
    /// The types lowered so far, by schema name.
    type_ids: HashMap<String, TypeId>,
    /// The simple types lowered so far, by declaration.
    simple_ids: HashMap<*const syntax::SimpleBaseType, SimpleId>,
    /// The bodies of named results, by schema name.
    bodies: HashMap<String, Body>,
    /// The simple types that are being resolved, to detect cycles.
    resolving_simples: Vec<String>,
    /// The base types and groups that are being resolved, to detect cycles.
    resolving: Vec<(ReferenceKind, String)>,
    /// The invalid simple types. Their problems were reported.
    broken_simples: Vec<SimpleId>,
    /// The number of parts that the type which is being lowered lacks because of problems.
    gaps: usize,
    /// The anonymous types that are being lowered, by declaration. A reference to an enclosing element refers to its type.
    inline_types: HashMap<*const syntax::ComplexBaseType, TypeId>,
    /// The global elements that are roots of documents.
    roots: HashSet<*const syntax::ElementType>,
    /// What a reference to a global element becomes, by the anonymous type of the element. Every reference to it is to the
    /// same type.
    referred: HashMap<*const syntax::ComplexBaseType, MemberKind>,
    /// The types of global elements that were referred to, with their content, which is lowered last. References can form
    /// long chains, which recursion could not follow.
    pending: Vec<(TypeId, Content<'a>)>,
    /// The number of group references within the outermost group that is being resolved.
    nested_groups: usize,
    problems: Vec<Problem>,
}

/// The kinds of references that must not form a cycle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReferenceKind {
    Base,
    Group,
    AttributeGroup,
}

impl<'a> Lowerer<'a> {
    /// Reports a problem, once even if its declaration is lowered several times.
    fn report(&mut self, problem: Problem) {
        crate::error::extend_unique(&mut self.problems, [problem]);
    }

    /// Lowers something in the type `id`, and marks the type as incomplete if it lacks a part.
    fn track_gaps<T>(&mut self, id: TypeId, lower: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::take(&mut self.gaps);
        let lowered = lower(self);
        self.model.types[id].is_incomplete |= self.gaps > 0;
        self.gaps = outer;
        lowered
    }

    /// Returns `true` if the construct `name` in `file` has a misspelled attribute.
    fn is_misspelled(&self, file: &str, name: &str) -> bool {
        self.misspelled.contains(&(file.to_owned(), name.to_owned()))
    }

    /// Reports that a construct refers to `name`, which is not declared. Further problems may follow from that.
    fn report_undeclared(&mut self, kind: &str, name: &str, file: &str, construct: &str, message: impl Into<String>) {
        self.gaps += 1;
        let Declarations { complex, simple, elements, groups, attributes, attribute_groups } = &self.declarations;
        let known: Vec<&str> = match kind {
            "ref" => {
                let of_attributes = attributes.keys().chain(attribute_groups.keys());
                elements.keys().chain(groups.keys()).chain(of_attributes).copied().collect()
            }
            _ => complex.keys().chain(simple.keys()).copied().collect(),
        };
        let advice = match load::nearest(name, &known) {
            Some(similar) => format!("did you mean `{similar}`? Otherwise declare it in this file or an included one"),
            None => format!("declare it in this file or an included one, or correct the attribute `{kind}`"),
        };
        self.report(Problem::new(file, construct, message).undeclared(name).advice(advice));
    }

    fn lower_root(&mut self, node: &'a syntax::ElementType, file: &'a str) {
        let name = node.name.clone().unwrap_or_default();
        self.check_element_declaration(node, file, &name);
        if node.nillable == Some(true) {
            let problem = Problem::new(file, &name, "a root element cannot be nillable");
            self.report(problem.at(SpanHint::Attribute(&["nillable"])).advice("remove the attribute"));
        }
        let Complex { node: complex, file: type_file, name: type_name } = match self.classify_content(node, file, &name)
        {
            ElementContent::Complex(complex) => complex,
            ElementContent::Unknown => return,
            ElementContent::Simple(_) | ElementContent::Untyped => {
                let problem = Problem::new(file, &name, "a root element needs a complex type");
                self.report(problem.advice("refer to one with `type`, or declare one inside"));
                return;
            }
        };
        if let Some(MemberKind::Element(ty)) = self.referred.get(&std::ptr::from_ref(complex)) {
            self.model.roots.push(Root { name, ty: *ty, direction: self.direction });
            return;
        }
        let path = type_name.clone().unwrap_or_else(|| name.clone());
        let is_inline = type_name.is_none();
        let origin = Origin { file: file.to_owned(), path, type_name };
        let content = self.lower_content(complex, type_file, &origin);
        if content.text.is_none() && (node.default.is_some() || node.fixed.is_some()) {
            let problem = Problem::new(file, &name, "a default is only supported for elements with text");
            self.report(problem.at(SpanHint::Attribute(&["default", "fixed"])).advice("remove it"));
        }
        let doc = documentation(annotations(&node.content));
        let ty = self.reserve(origin, Role::Root(name.clone()), doc);
        if is_inline {
            self.referred.insert(complex, MemberKind::Element(ty));
        }
        self.inline_types.insert(complex, ty);
        self.set_content(ty, content);
        self.inline_types.remove(&std::ptr::from_ref(complex));
        self.model.roots.push(Root { name, ty, direction: self.direction });
    }

    /// Adds a type without content, so its content can refer to it.
    fn reserve(&mut self, origin: Origin, role: Role, doc: String) -> TypeId {
        let direction = self.direction;
        self.model.types.push(Type {
            origin,
            direction,
            doc,
            role,
            kind: Kind::Untyped,
            renamed: None,
            is_incomplete: false,
        });
        self.model.types.len() - 1
    }

    /// Returns the named complex type; lowers it at the first call.
    fn lower_named_type(&mut self, name: &str, node: &'a syntax::ComplexBaseType, file: &'a str) -> TypeId {
        if let Some(id) = self.type_ids.get(name) {
            return *id;
        }
        let origin = Origin { file: file.to_owned(), path: name.to_owned(), type_name: Some(name.to_owned()) };
        let id = self.reserve(origin.clone(), Role::Named, String::new());
        self.type_ids.insert(name.to_owned(), id);
        let content = self.lower_content(node, file, &origin);
        self.set_content(id, content);
        id
    }
}
