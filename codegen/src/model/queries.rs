//! What the stages ask of the model.

use super::{Body, Kind, Member, MemberKind, Model, Record, Type, TypeId};

impl Model {
    /// The selectors in the content of `id`, each with the members on the way to it. What may be absent is no way.
    pub(crate) fn selectors_of(&self, id: TypeId) -> Vec<(Vec<&Member>, TypeId)> {
        let mut found = Vec::new();
        for member in self.types[id].record().map_or(&[][..], |record| &record.members) {
            let Some(inner) = member.ty().filter(|_| !member.occurs.is_list()) else { continue };
            if self.types[inner].is_selector() {
                found.push((vec![member], inner));
            } else if !member.occurs.is_optional() {
                found.extend(self.selectors_of(inner).into_iter().map(|(mut way, selector)| {
                    way.insert(0, member);
                    (way, selector)
                }));
            }
        }
        found
    }

    /// The result, or list of results, that an answer holds, with what each holds beside its status.
    pub(crate) fn result_of(&self, answer: TypeId) -> Option<(&Member, Body)> {
        self.types[answer].record()?.find(|member| match member.kind {
            MemberKind::Outcome(body) => Some(body),
            _ => None,
        })
    }

    /// Whether the content of `id` cannot be without `element`; or without one of `elements`, where it is an alternative
    /// and they name all of them.
    pub(crate) fn requires(&self, id: TypeId, element: &str, elements: &[&str]) -> bool {
        let (first, rest) = element.split_once('/').unwrap_or((element, ""));
        let named = |branch: &Member| match branch.kind {
            MemberKind::Choice(_) | MemberKind::Group(_) => false,
            _ => elements.contains(&branch.name.as_str()),
        };
        let ty = &self.types[id];
        if ty.is_choice() {
            return ty.members().iter().any(|branch| branch.name == first) && ty.members().iter().all(named);
        }
        ty.members().iter().filter(|member| !member.occurs.is_optional()).any(|member| match member.kind {
            MemberKind::Choice(inner) | MemberKind::Group(inner) => self.requires(inner, element, elements),
            _ if member.name != first => false,
            _ => rest.is_empty() || member.ty().is_some_and(|inner| self.requires(inner, rest, elements)),
        })
    }
}

impl Type {
    pub(crate) fn is_choice(&self) -> bool {
        matches!(self.kind, Kind::Choice(_))
    }

    /// The members, if it is a record.
    pub fn record(&self) -> Option<&Record> {
        match &self.kind {
            Kind::Record(record) => Some(record),
            Kind::Choice(_) | Kind::Untyped => None,
        }
    }

    /// Whether it says which objects an operation touches.
    pub fn is_selector(&self) -> bool {
        matches!(&self.kind, Kind::Choice(choice) if choice.selector)
    }

    /// The members of a record, or the alternatives of a choice.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Record(record) => &record.members,
            Kind::Choice(choice) => &choice.alternatives,
            Kind::Untyped => &[],
        }
    }

    pub(crate) fn members_mut(&mut self) -> &mut [Member] {
        match &mut self.kind {
            Kind::Record(record) => &mut record.members,
            Kind::Choice(choice) => &mut choice.alternatives,
            Kind::Untyped => &mut [],
        }
    }
}

impl Record {
    /// The member with this property.
    pub(crate) fn find<T>(&self, property: impl Fn(&Member) -> Option<T>) -> Option<(&Member, T)> {
        self.members.iter().find_map(|member| Some((member, property(member)?)))
    }
}

impl MemberKind {
    /// The type of its content, if it has one of its own.
    fn ty(&self) -> Option<TypeId> {
        match *self {
            Self::Element(id) | Self::Choice(id) | Self::Group(id) => Some(id),
            Self::Outcome(Body::Record(id) | Body::Optional(id)) => Some(id),
            _ => None,
        }
    }

    pub(crate) fn ty_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Element(id) | Self::Choice(id) | Self::Group(id) => Some(id),
            Self::Outcome(Body::Record(id) | Body::Optional(id)) => Some(id),
            _ => None,
        }
    }
}

impl Member {
    /// Whether it carries no information, so that no field holds it: an empty element that must
    /// be there.
    pub(crate) fn is_silent(&self) -> bool {
        matches!(self.kind, MemberKind::Flag) && !self.occurs.is_optional()
    }

    /// Whether its Rust value is a list.
    pub fn holds_many(&self) -> bool {
        !matches!(self.kind, MemberKind::Flag) && self.occurs.is_list() || matches!(self.kind, MemberKind::Wildcard)
    }

    /// The type of its content, if it has one of its own.
    pub fn ty(&self) -> Option<TypeId> {
        self.kind.ty()
    }
}
