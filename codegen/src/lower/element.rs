//! Lowers elements: determines the kind of their content and their role in a packet.

use super::Lowerer;
use super::declarations::{documentation, resolve};
use super::particle::{self, Element};
use crate::error::{Problem, SpanHint};
use crate::load::syntax;
use crate::model::{
    BUILT_INS, Direction, Kind, Member, MemberKind, Occurs, Operation, Origin, Record, Role, SimpleId, Target, TypeId,
    Untyped,
};

/// The kind of content of an element.
pub(super) enum ElementContent<'a> {
    Simple(SimpleId),
    Complex(Complex<'a>),
    Untyped,
    /// Could not be determined. The problem was reported.
    Unknown,
}

/// A complex type, named or inline.
pub(super) struct Complex<'a> {
    pub(super) node: &'a syntax::ComplexBaseType,
    pub(super) file: &'a str,
    pub(super) name: Option<String>,
}

/// An element declaration and its context.
pub(super) struct ElementContext<'a, 'p> {
    pub(super) node: &'a syntax::ElementType,
    pub(super) file: &'a str,
    pub(super) path: &'p str,
    pub(super) name: &'p str,
    pub(super) doc: &'p str,
    pub(super) role: Role,
    /// `true` if it is a global element that another one refers to.
    pub(super) is_reference: bool,
}

impl<'a> Lowerer<'a> {
    /// Lowers an element to a member of `parent`. `doc` applies if the element has no documentation.
    pub(super) fn lower_element(
        &mut self,
        parent: TypeId,
        element: Element<'a>,
        occurs: Occurs,
        doc: String,
    ) -> Option<Member> {
        let Element { mut node, mut file, path: ref declared_in } = element;
        let mut own_doc = documentation(annotations(&node.content));
        if let Some(reference) = &node.ref_ {
            let (_, name) = resolve(reference);
            let Some(global) = self.declarations.elements.get(name.as_str()).copied() else {
                let message = format!("the element {name} is not declared");
                self.report_undeclared("ref", &name, file, declared_in, message);
                return None;
            };
            (node, file) = (global.node, global.file);
            if own_doc.is_empty() {
                own_doc = documentation(annotations(&node.content));
            }
        }
        let name = node.name.clone().unwrap_or_default();
        if self.is_misspelled(file, &name) {
            self.gaps += 1;
        }
        let is_reference = !std::ptr::eq(node, element.node);
        let path = format!("{declared_in}/{name}");
        self.check_element_declaration(node, file, &path);
        let has_value = node.default.is_some() || node.fixed.is_some();
        self.check_no_id_value(node.type_.as_ref(), has_value, file, &path);
        let doc = if own_doc.is_empty() { doc } else { own_doc };
        let role = self.role_of_element(parent, &name);
        let context = ElementContext { node, file, path: &path, name: &name, doc: &doc, role, is_reference };
        let kind = self.lower_member_kind(context)?;
        let list_of_flags = matches!(kind, MemberKind::Flag) && occurs.is_list();
        let nillable_list = matches!(kind, MemberKind::Text { nillable: true, .. }) && occurs.is_list();
        if list_of_flags || nillable_list {
            let problem = Problem::new(file, &path, "a repeated element that is empty or nillable is not supported");
            let advice = "set maxOccurs to 1, or give it content";
            self.report(problem.at(SpanHint::Attribute(&["maxOccurs", "nillable"])).advice(advice));
        }
        if node.fixed.is_some() && (occurs.is_list() || !matches!(kind, MemberKind::Text { .. })) {
            let problem = Problem::new(file, &path, "a fixed value is only supported for text that occurs once");
            self.report(problem.at(SpanHint::Attribute(&["fixed"])).advice("move it into the documentation"));
        }
        if let Some(value) = &node.default {
            self.check_element_default(&kind, value, occurs, file, &path);
        }
        // An empty element has the fixed value, just like a default.
        let default = node.default.as_ref().or(node.fixed.as_ref()).cloned();
        Some(Member { kind, occurs, name, doc, default, renamed: None })
    }

    /// Reports a default that is not a value of the element, or that an empty element could not be given.
    fn check_element_default(&mut self, kind: &MemberKind, value: &str, occurs: Occurs, file: &str, path: &str) {
        let simple = match kind {
            MemberKind::Text { simple, .. } => Some(*simple),
            MemberKind::Element(id) => self.model.types[*id].record().and_then(|record| record.text),
            MemberKind::Untyped(_) => return,
            _ => None,
        };
        let problem = |message: &str| Problem::new(file, path, message).at(SpanHint::Attribute(&["default"]));
        let Some(simple) = simple else {
            self.report(problem("a default is only supported for elements with text").advice("remove it"));
            return;
        };
        self.check_default(simple, value, file, path);
        let is_plain = matches!(kind, MemberKind::Text { nillable: false, .. }) && !occurs.is_list();
        if !is_plain && !self.accepts_empty(simple) {
            let message = "a default is not supported on an element that is repeated, nillable or has attributes, and that must have text";
            self.report(problem(message).advice("remove it, or allow the empty text"));
        }
    }

    /// Reports everything in an element declaration that the model cannot represent.
    pub(super) fn check_element_declaration(&mut self, node: &syntax::ElementType, file: &str, path: &str) {
        if node.abstract_ || node.substitution_group.is_some() {
            let span = SpanHint::Attribute(&["abstract", "substitutionGroup"]);
            let message = "abstract elements and substitution groups are not supported";
            self.report(Problem::new(file, path, message).at(span).advice("use an xs:choice instead"));
        }
        if node.block.is_some() || node.final_.is_some() {
            let span = SpanHint::Attribute(&["block", "final"]);
            self.report(Problem::new(file, path, "block and final are not supported").at(span).advice("remove it"));
        }
        for child in &node.content {
            use syntax::ElementTypeContent as Child;
            match child {
                Child::Annotation(_) => {}
                Child::SimpleType(_) | Child::ComplexType(_) if node.type_.is_some() => {
                    let problem = Problem::new(file, path, "has both a type attribute and a type inside");
                    self.report(problem.at(SpanHint::Attribute(&["type"])).advice("remove one of them"));
                }
                Child::SimpleType(_) | Child::ComplexType(_) => {}
                Child::Unique(_) | Child::Key(_) | Child::Keyref(_) => {
                    let problem = Problem::new(file, path, "xs:unique, xs:key and xs:keyref are not supported");
                    self.report(problem.at(SpanHint::Xsd(&["unique", "key", "keyref"])).advice("remove it"));
                }
                Child::Alternative(_) => {
                    let problem = Problem::new(file, path, "xs:alternative of XSD 1.1 is not supported");
                    self.report(problem.at(SpanHint::Xsd(&["alternative"])).advice("remove it"));
                }
            }
        }
    }

    fn lower_member_kind(&mut self, context: ElementContext<'a, '_>) -> Option<MemberKind> {
        let ElementContext { node, file, path, name, .. } = context;
        let nillable = node.nillable == Some(true);
        let content = self.classify_content(node, file, path);
        if nillable && !matches!(content, ElementContent::Simple(_) | ElementContent::Unknown) {
            let problem = Problem::new(file, path, "nillable is only supported for elements with text");
            self.report(problem.at(SpanHint::Attribute(&["nillable"])).advice("make it optional with minOccurs=\"0\""));
        }
        let secret = self.is_secret(path, name);
        if secret && !self.can_be_redacted(&content, path) {
            let message =
                "is listed in `secrets`, but only elements with text can be redacted; list the elements in it instead";
            self.report(Problem::new(file, path, message));
        }
        let is_operation = matches!(context.role, Role::Request { .. } | Role::Reply { .. });
        match content {
            ElementContent::Unknown => None,
            ElementContent::Simple(_) if !matches!(context.role, Role::Within { .. }) => {
                let problem = Problem::new(file, path, "an operator or operation must contain elements, not text");
                self.report(problem.at(SpanHint::Attribute(&["type"])).advice("give it a complex type"));
                self.gaps += 1;
                None
            }
            ElementContent::Simple(simple) => {
                self.gaps += usize::from(self.broken_simples.contains(&simple));
                let origin = || Origin { file: file.to_owned(), path: path.to_owned(), type_name: None };
                let simple =
                    node.fixed.as_ref().map_or(simple, |value| self.restrict_to_value(simple, value, &origin()));
                Some(MemberKind::Text { simple, nillable, secret })
            }
            ElementContent::Untyped if is_operation => {
                let origin = Origin { file: file.to_owned(), path: path.to_owned(), type_name: None };
                let id = self.reserve(origin, context.role, context.doc.to_owned());
                self.add_operation(id, node);
                Some(MemberKind::Element(id))
            }
            ElementContent::Untyped => match self.config.untyped.iter().find(|(listed, _)| *listed == path) {
                Some((listed, how)) => {
                    self.model.mark_used("untyped", listed);
                    Some(MemberKind::Untyped(*how))
                }
                None => {
                    let advice = "add a type, or list it in `untyped` of the configuration as flag, text or raw";
                    self.report(Problem::new(file, path, "the element has no type").advice(advice));
                    Some(MemberKind::Untyped(Untyped::Raw))
                }
            },
            ElementContent::Complex(complex) => self.lower_complex_member(complex, context),
        }
    }

    /// Lowers an element of a complex type.
    fn lower_complex_member(&mut self, complex: Complex<'a>, context: ElementContext<'a, '_>) -> Option<MemberKind> {
        let Complex { node, file, name: type_name } = complex;
        let is_within = matches!(context.role, Role::Within { .. });
        if type_name.is_none() && is_within && context.is_reference {
            return Some(self.lower_reference(node, file, context));
        }
        if let (Some(id), true) = (type_name.as_ref().and_then(|name| self.type_ids.get(name)), is_within) {
            return Some(MemberKind::Element(*id));
        }
        let role = context.role;
        let path = type_name.clone().unwrap_or_else(|| context.path.to_owned());
        let origin = Origin { file: file.to_owned(), path, type_name: type_name.clone() };
        let content = self.lower_content(node, file, &origin);
        if content.outcome || self.config.outcome.is_some_and(|it| Some(it.base) == type_name.as_deref()) {
            return Some(self.lower_result(origin, content, ElementContext { role, ..context }));
        }
        let empty = content.particle.is_none() && content.attributes.is_empty() && content.text.is_none();
        if empty && is_within {
            self.gaps += usize::from(content.is_incomplete);
            return Some(MemberKind::Flag);
        }
        // Operators and operations always get their own type, even if other elements use the same schema type.
        if let (Some(name), true) = (type_name, is_within) {
            return Some(MemberKind::Element(self.lower_named_type(&name, node, file)));
        }
        if let Some(outer) = self.inline_types.get(&std::ptr::from_ref(node)) {
            return Some(MemberKind::Element(*outer));
        }
        let nests = matches!(&role, Role::Operations { path, .. } if !path.is_empty());
        let id = self.reserve(origin, role, context.doc.to_owned());
        self.inline_types.insert(node, id);
        self.set_content(id, content);
        self.inline_types.remove(&std::ptr::from_ref(node));
        self.add_operation(id, context.node);
        if nests && !self.model.types[id].is_incomplete && !self.is_only_a_choice(id) {
            let message = "is listed in `nested`, but its content is not a single choice";
            let advice =
                "remove it from `nested` of the configuration, or make its operations alternatives of a choice";
            self.report(Problem::new(context.file, context.path, message).advice(advice));
            self.model.types[id].is_incomplete = true;
        }
        Some(MemberKind::Element(id))
    }

    /// Lowers a reference to a global element with an anonymous type. All references to it are to one type.
    fn lower_reference(
        &mut self,
        node: &'a syntax::ComplexBaseType,
        file: &'a str,
        context: ElementContext<'a, '_>,
    ) -> MemberKind {
        if let Some(kind) = self.referred.get(&std::ptr::from_ref(node)) {
            return kind.clone();
        }
        let name = context.name.to_owned();
        let origin = Origin { file: file.to_owned(), path: name.clone(), type_name: None };
        let content = self.lower_content(node, file, &origin);
        if content.outcome {
            return self.lower_result(origin, content, context);
        }
        let kind = if content.particle.is_none() && content.attributes.is_empty() && content.text.is_none() {
            self.gaps += usize::from(content.is_incomplete);
            MemberKind::Flag
        } else {
            let is_root = self.roots.contains(&std::ptr::from_ref(context.node));
            let role = if is_root { Role::Root(name) } else { Role::Named };
            let id = self.reserve(origin, role, documentation(annotations(&context.node.content)));
            self.pending.push((id, content));
            MemberKind::Element(id)
        };
        self.referred.insert(node, kind.clone());
        kind
    }

    fn is_only_a_choice(&self, id: TypeId) -> bool {
        match &self.model.types[id].kind {
            Kind::Choice(_) => true,
            Kind::Record(Record { attributes, members, .. }) => {
                attributes.is_empty()
                    && matches!(members.as_slice(), [only] if matches!(only.kind, MemberKind::Choice(_)))
            }
            Kind::Untyped => false,
        }
    }

    /// Returns the role of an element of `parent`.
    fn role_of_element(&mut self, parent: TypeId, name: &str) -> Role {
        match &self.model.types[parent].role {
            Role::Operations { operator, path } | Role::OperationItem { operator, path } => {
                let (operator, mut path) = (operator.clone(), path.clone());
                path.push(name.to_owned());
                if self.contains_operations(&operator, &path) {
                    Role::Operations { operator, path }
                } else if self.direction == Direction::Response {
                    Role::Reply { operator, path }
                } else {
                    Role::Request { operator, path }
                }
            }
            Role::Operators => Role::Operations { operator: name.to_owned(), path: Vec::new() },
            _ => Role::Within { parent, element: name.to_owned() },
        }
    }

    /// Returns `true` if the element at `path` contains operations instead of being one.
    fn contains_operations(&mut self, operator: &str, path: &[String]) -> bool {
        let path = path.join("/");
        let found = self.config.nested.iter().any(|listed| *listed == (operator, &path));
        if found {
            self.model.mark_used("nested", &format!("{operator} {path}"));
        }
        found
    }

    /// Adds an operation if `id` is a request or a reply. The pass `merge` joins the two.
    pub(super) fn add_operation(&mut self, id: TypeId, node: &syntax::ElementType) {
        if let Role::Request { operator, path } | Role::Reply { operator, path } = &self.model.types[id].role {
            let (operator, path) = (operator.clone(), path.clone());
            let repeats = particle::occurs(node.min_occurs, node.max_occurs).is_list();
            self.model.operations.push(Operation {
                operator,
                path,
                request: id,
                reply: id,
                repeats,
                class: None,
                target: Target::Selected,
            });
        }
    }

    pub(super) fn is_secret(&mut self, path: &str, name: &str) -> bool {
        let found = self.config.secrets.iter().find(|secret| **secret == path || **secret == name);
        found.inspect(|secret| self.model.mark_used("secrets", secret)).is_some()
    }

    /// Returns `true` if the text of the element can be redacted, or if `secrets` lists elements in it.
    fn can_be_redacted(&self, content: &ElementContent<'_>, path: &str) -> bool {
        let path = match content {
            ElementContent::Simple(_) | ElementContent::Unknown => return true,
            ElementContent::Untyped => return false,
            ElementContent::Complex(complex) => complex.name.as_deref().unwrap_or(path),
        };
        self.config.secrets.iter().any(|listed| listed.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Determines the kind of content of an element, and resolves its type.
    pub(super) fn classify_content(
        &mut self,
        node: &'a syntax::ElementType,
        file: &'a str,
        path: &str,
    ) -> ElementContent<'a> {
        if let Some(reference) = &node.type_ {
            let (built_in, name) = resolve(reference);
            if built_in && name == "anyType" {
                return ElementContent::Untyped;
            }
            if let Some(simple) = self.lower_named_simple(reference) {
                return ElementContent::Simple(simple);
            }
            if !built_in && let Some(declared) = self.declarations.complex.get(name.as_str()) {
                return ElementContent::Complex(Complex { node: declared.node, file: declared.file, name: Some(name) });
            }
            if built_in {
                let message = format!("the built-in type xs:{name} is not supported");
                let problem = Problem::new(file, path, message).at(SpanHint::Reference(name));
                self.report(problem.advice(format!("use one of {}", BUILT_INS.join(", "))));
                self.gaps += 1;
            } else {
                self.report_undeclared("type", &name, file, path, format!("the type {name} is not declared"));
            }
            return ElementContent::Unknown;
        }
        for child in &node.content {
            match child {
                syntax::ElementTypeContent::SimpleType(inline) => {
                    let origin = Origin { file: file.to_owned(), path: path.to_owned(), type_name: None };
                    return ElementContent::Simple(self.lower_simple(inline, origin));
                }
                syntax::ElementTypeContent::ComplexType(inline) => {
                    return ElementContent::Complex(Complex { node: inline, file, name: None });
                }
                _ => {}
            }
        }
        ElementContent::Untyped
    }
}

pub(super) fn annotations(content: &[syntax::ElementTypeContent]) -> impl Iterator<Item = &syntax::Annotation> {
    content.iter().filter_map(|child| match child {
        syntax::ElementTypeContent::Annotation(annotation) => Some(annotation),
        _ => None,
    })
}
