//! Describes the types that the operations of one operator use.

use std::collections::HashMap;

use plesk_model::{
    Attribute, Base, Content, Particle, ParticleKind, Selector, Shown, SimpleType, SimpleTypeId, Type, TypeId, Untyped,
    WhiteSpace,
};

use crate::emit::facet_facts;
use crate::model::{self, Body, Facet, Kind, Member, MemberKind, Primitive, Record, SimpleId};
use crate::passes::names::Names;
use crate::samples::Protocol;

/// What a described type is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Source {
    /// A type of the model.
    Type(model::TypeId),
    /// A result: what every outcome starts with, and this body.
    Result(Option<(model::TypeId, bool)>),
}

/// The types and simple types of one operator, each once.
pub(super) struct Types<'a> {
    protocol: &'a Protocol,
    names: &'a Names,
    types: Vec<Type>,
    by_source: HashMap<Source, TypeId>,
    simples: Vec<SimpleType>,
    by_simple: HashMap<SimpleId, SimpleTypeId>,
}

impl<'a> Types<'a> {
    pub(super) fn new(protocol: &'a Protocol, names: &'a Names) -> Self {
        Self {
            protocol,
            names,
            types: Vec::new(),
            by_source: HashMap::new(),
            simples: Vec::new(),
            by_simple: HashMap::new(),
        }
    }

    pub(super) fn into_parts(self) -> (Vec<Type>, Vec<SimpleType>) {
        (self.types, self.simples)
    }

    /// Returns the description of a type of the model.
    pub(super) fn content(&mut self, id: model::TypeId) -> TypeId {
        self.add(Source::Type(id))
    }

    fn add(&mut self, source: Source) -> TypeId {
        if let Some(known) = self.by_source.get(&source) {
            return *known;
        }
        // The place is taken before the content is described, because a type may contain itself.
        let id = self.types.len();
        self.by_source.insert(source, id);
        self.types.push(Type {
            name: String::new(),
            doc: String::new(),
            rust: None,
            attributes: Vec::new(),
            content: Content::Any,
            selector: None,
            shown: None,
        });
        self.types[id] = match source {
            Source::Type(ty) => self.describe(ty),
            Source::Result(body) => self.describe_result(body),
        };
        id
    }

    fn describe(&mut self, id: model::TypeId) -> Type {
        let protocol = self.protocol;
        let ty = &protocol.model.types[id];
        let mut attributes = Vec::new();
        let mut shown = None;
        let content = match &ty.kind {
            Kind::Untyped => Content::Any,
            Kind::Choice(choice) => {
                let particles = self.particles(&choice.alternatives);
                if choice.may_be_empty { Content::OptionalChoice(particles) } else { Content::Choice(particles) }
            }
            Kind::Record(record) => {
                attributes = record.attributes.iter().map(|attribute| self.attribute(attribute)).collect();
                shown = record.shown.as_ref().map(|shown| Shown {
                    name: shown.name.clone(),
                    value: shown.value.clone(),
                    names: shown.names.clone(),
                });
                self.record_content(record)
            }
        };
        Type {
            name: ty.origin.path.clone(),
            doc: ty.doc.clone(),
            rust: Some(self.names.types[id].to_string()),
            attributes,
            content,
            selector: self.selector(ty),
            shown,
        }
    }

    fn record_content(&mut self, record: &Record) -> Content {
        if let Some(simple) = record.text {
            return Content::Text(self.simple(simple));
        }
        let mut particles = if record.outcome { self.outcome_members() } else { Vec::new() };
        match record.members.as_slice() {
            // The element is itself the result.
            [Member { kind: MemberKind::Outcome(body), .. }] if record.is_result => {
                particles.extend(self.result_particles(*body));
            }
            members => particles.extend(self.particles(members)),
        }
        if record.any_order { Content::All(particles) } else { Content::Sequence(particles) }
    }

    fn describe_result(&mut self, body: Option<(model::TypeId, bool)>) -> Type {
        let protocol = self.protocol;
        let content = match body {
            None => self.result_particles(Body::Nothing),
            Some((id, true)) => self.result_particles(Body::Optional(id)),
            Some((id, false)) => self.result_particles(Body::Record(id)),
        };
        let described = body.map(|(id, _)| (&protocol.model.types[id], self.names.types[id].to_string()));
        Type {
            name: described.as_ref().map_or_else(|| "result".to_owned(), |(ty, _)| ty.origin.path.clone()),
            doc: described.as_ref().map_or_else(String::new, |(ty, _)| ty.doc.clone()),
            rust: described.map(|(_, rust)| rust),
            attributes: Vec::new(),
            content: Content::Sequence(content),
            selector: None,
            shown: None,
        }
    }

    /// Returns the particles of a result.
    fn result_particles(&mut self, body: Body) -> Vec<Particle> {
        let protocol = self.protocol;
        let mut particles = self.outcome_members();
        match body {
            Body::Nothing => {}
            Body::Record(id) => particles.extend(self.particles(protocol.model.types[id].members())),
            Body::Optional(id) => {
                let kind = ParticleKind::Group(self.content(id));
                particles.push(Particle { min: 0, ..particle(String::new(), kind) });
            }
        }
        particles
    }

    /// Returns the elements that every outcome starts with.
    fn outcome_members(&mut self) -> Vec<Particle> {
        let protocol = self.protocol;
        let describe = |member: &crate::samples::OutcomeMember| {
            let ty = self.simple(member.simple);
            let kind = ParticleKind::Text { ty, nillable: false, secret: false };
            Particle { min: usize::from(!member.optional), ..particle(member.name.to_owned(), kind) }
        };
        protocol.outcome.iter().map(describe).collect()
    }

    fn particles(&mut self, members: &[Member]) -> Vec<Particle> {
        members.iter().map(|member| self.particle(member)).collect()
    }

    fn particle(&mut self, member: &Member) -> Particle {
        let kind = match member.kind {
            MemberKind::Text { simple, nillable, secret } => {
                ParticleKind::Text { ty: self.simple(simple), nillable, secret }
            }
            MemberKind::Element(id) => ParticleKind::Element(self.content(id)),
            MemberKind::Flag => ParticleKind::Flag,
            MemberKind::Untyped(untyped) => ParticleKind::Untyped(match untyped {
                model::Untyped::Flag => Untyped::Flag,
                model::Untyped::Text => Untyped::Text,
                model::Untyped::Raw => Untyped::Raw,
            }),
            MemberKind::Outcome(body) => ParticleKind::Element(self.add(Source::Result(match body {
                Body::Nothing => None,
                Body::Record(id) => Some((id, false)),
                Body::Optional(id) => Some((id, true)),
            }))),
            MemberKind::Choice(id) => ParticleKind::Choice(self.content(id)),
            MemberKind::Group(id) => ParticleKind::Group(self.content(id)),
            MemberKind::Wildcard => ParticleKind::Wildcard,
        };
        Particle {
            name: member.name.clone(),
            doc: member.doc.clone(),
            default: member.default.clone(),
            min: member.occurs.min,
            max: member.occurs.max,
            kind,
        }
    }

    fn attribute(&mut self, attribute: &model::Attribute) -> Attribute {
        Attribute {
            name: attribute.name.clone(),
            doc: attribute.doc.clone(),
            default: attribute.default.clone(),
            required: attribute.required,
            ty: self.simple(attribute.simple),
        }
    }

    fn selector(&self, ty: &model::Type) -> Option<Selector> {
        let config = &self.protocol.config;
        let Kind::Choice(choice) = &ty.kind else { return None };
        let entry = config.selectors.iter().find(|selector| selector.path == ty.origin.path);
        choice.selector.then(|| Selector {
            empty: entry.and_then(|entry| entry.empty).map(|(_, scope)| scope.to_owned()),
            rust_empty: entry.and_then(|entry| entry.empty).map(|(variant, _)| variant.to_owned()),
            everything: entry.map_or_else(Vec::new, |entry| {
                entry.everything.iter().map(|(element, _)| (*element).to_owned()).collect()
            }),
            stable_keys: (choice.alternatives.iter().map(|alternative| alternative.name.clone()))
                .filter(|name| config.stable_keys.contains(&name.as_str()))
                .collect(),
        })
    }

    fn simple(&mut self, id: SimpleId) -> SimpleTypeId {
        if let Some(known) = self.by_simple.get(&id) {
            return *known;
        }
        let simple = &self.protocol.model.simples[id];
        let base = match &simple.primitive {
            Primitive::BuiltIn(name) => Base::BuiltIn(name.clone()),
            Primitive::Union(members) => Base::Union(members.iter().map(|member| self.simple(*member)).collect()),
            Primitive::List(item) => Base::List(self.simple(*item)),
        };
        let without_values = model::SimpleType {
            facets: simple.facets.iter().filter(|facet| !matches!(facet, Facet::Enumeration(_))).cloned().collect(),
            white_space: model::WhiteSpace::Collapse,
            ..simple.clone()
        };
        self.simples.push(SimpleType {
            name: simple.origin.type_name.clone().unwrap_or_else(|| simple.origin.path.clone()),
            doc: simple.doc.clone(),
            base,
            white_space: match simple.white_space {
                model::WhiteSpace::Preserve => WhiteSpace::Preserve,
                model::WhiteSpace::Replace => WhiteSpace::Replace,
                model::WhiteSpace::Collapse => WhiteSpace::Collapse,
            },
            values: simple.enumeration().unwrap_or_default().to_vec(),
            rules: facet_facts(&without_values),
        });
        self.by_simple.insert(id, self.simples.len() - 1);
        self.simples.len() - 1
    }
}

/// Returns a particle that occurs once and has no documentation.
fn particle(name: String, kind: ParticleKind) -> Particle {
    Particle { name, doc: String::new(), default: None, min: 1, max: Some(1), kind }
}
