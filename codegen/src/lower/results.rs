//! Results: elements whose type extends the base type of results.
//!
//! The runtime crate reads that base type with code written by hand, so the schema must agree with it.

use super::Lowerer;
use super::content::Content;
use super::element::ElementContext;
use super::particle::{Element, Particle, Term};
use crate::error::Problem;
use crate::model::{Body, Kind, Member, MemberKind, Occurs, Origin, Primitive, Record, Role};

impl<'a> Lowerer<'a> {
    /// Lowers an element that is a result. A reply that is itself a result is wrapped in a type of its own.
    pub(super) fn lower_result(
        &mut self,
        origin: Origin,
        content: Content<'a>,
        context: ElementContext<'a, '_>,
    ) -> MemberKind {
        let Role::Reply { .. } = context.role else {
            return MemberKind::Outcome(self.lower_result_body(context.role, origin, content));
        };
        let reply = Origin { file: context.file.to_owned(), path: context.path.to_owned(), type_name: None };
        let id = self.reserve(reply, context.role, context.doc.to_owned());
        let name = self.config.outcome.map_or("result", |convention| convention.element);
        let role = Role::Within { parent: id, element: name.to_owned() };
        let kind = MemberKind::Outcome(self.lower_result_body(role, origin, content));
        let result = Member {
            kind,
            occurs: Occurs::ONCE,
            name: name.to_owned(),
            doc: String::new(),
            default: None,
            renamed: None,
        };
        self.model.types[id].kind =
            Kind::Record(Record { members: vec![result], is_result: true, ..Record::default() });
        self.add_operation(id, context.node);
        MemberKind::Element(id)
    }

    /// Lowers the body of a result: the content that its type adds to the base type.
    fn lower_result_body(&mut self, role: Role, origin: Origin, mut content: Content<'a>) -> Body {
        if !content.outcome {
            self.gaps += usize::from(content.is_incomplete);
            return Body::Nothing; // the base type itself
        }
        let (attributes, particle) = (std::mem::take(&mut content.attributes), content.particle.take());
        if particle.is_none() && attributes.is_empty() {
            self.gaps += usize::from(content.is_incomplete);
            return Body::Nothing;
        }
        if let Some(body) = origin.type_name.as_ref().and_then(|name| self.bodies.get(name)) {
            return *body;
        }
        let named = origin.type_name.clone();
        let role = if named.is_some() { Role::Named } else { role };
        let id = self.reserve(origin, role, content.doc.clone());
        let optional = attributes.is_empty()
            && particle.as_ref().is_some_and(|particle| {
                matches!(particle.term, Term::Sequence(_)) && particle.occurs == (Occurs { min: 0, max: Some(1) })
            });
        let mut record = Record { attributes, outcome: true, ..Record::default() };
        let particle = particle.map(|particle| match optional {
            true => Particle { occurs: Occurs::ONCE, ..particle },
            false => particle,
        });
        self.track_gaps(id, |this| this.lower_members(id, particle, &mut record));
        self.model.types[id].kind = Kind::Record(record);
        self.model.types[id].is_incomplete |= content.is_incomplete;
        let body = if optional { Body::Optional(id) } else { Body::Record(id) };
        if let Some(name) = named {
            self.bodies.insert(name, body);
        }
        body
    }
}

impl Lowerer<'_> {
    /// Compares the base type of results with the convention of the configuration.
    pub(super) fn check_result_base(&mut self) {
        let Some(convention) = self.config.outcome else { return };
        let Some(declared) = self.declarations.complex.get(convention.base).copied() else { return };
        let base = convention.base.to_owned();
        let origin = Origin { file: declared.file.to_owned(), path: base.clone(), type_name: Some(base) };
        let content = self.lower_content(declared.node, declared.file, &origin);
        if content.is_incomplete {
            return;
        }
        let items = match content.particle.map(|particle| particle.term) {
            Some(Term::Sequence(items)) => items,
            _ => Vec::new(),
        };
        let found: Vec<String> = items
            .iter()
            .map(|item| match &item.term {
                Term::Element(element) => self.describe_member(element, item.occurs),
                _ => "a group".to_owned(),
            })
            .collect();
        let expected: Vec<String> = convention.members.iter().map(|member| member.to_string()).collect();
        if found != expected {
            let message = format!(
                "the base type of results differs from the runtime crate; expected: {}; found: {}",
                expected.join(", "),
                found.join(", ")
            );
            let advice = "change the type, or the convention and the runtime crate";
            self.report(Problem::new(declared.file, convention.base, message).advice(advice));
        }
    }

    /// Describes a member in the same form as the convention.
    fn describe_member(&mut self, element: &Element<'_>, occurs: Occurs) -> String {
        let name = element.node.name.as_deref().unwrap_or_default();
        let simple = element.node.type_.as_ref().and_then(|ty| self.lower_named_simple(ty));
        let built_in = match simple.map(|id| &self.model.simples[id].primitive) {
            Some(Primitive::BuiltIn(name)) => name.as_str(),
            _ => "no simple type",
        };
        let optional = if occurs == (Occurs { min: 0, max: Some(1) }) { "?" } else { "" };
        format!("{name}{optional} ({built_in})")
    }
}
