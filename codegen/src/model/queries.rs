//! Queries on the model.

use crate::lower::literal::runtime_type;

use super::{Body, Kind, Member, MemberKind, Model, Record, SimpleId, Type, TypeId};

impl Model {
    /// Checks a text against a simple type, with the rules of the runtime crate.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn check_text(&self, simple: SimpleId, text: &str) -> Result<(), String> {
        runtime_type(self, simple).check(text).map_err(|error| error.to_string())
    }

    /// Returns the selectors in the content of `id`, each with the path of members to it. Members that contain a
    /// selector are followed only if they are required.
    pub(crate) fn selectors_of(&self, id: TypeId) -> Vec<(Vec<&Member>, TypeId)> {
        let mut found = Vec::new();
        for member in self.types[id].record().map_or(&[][..], |record| &record.members) {
            let Some(inner) = member.ty().filter(|_| !member.occurs.is_list()) else { continue };
            if self.types[inner].is_selector() {
                found.push((vec![member], inner));
            } else if !member.occurs.is_optional() {
                found.extend(self.selectors_of(inner).into_iter().map(|(mut path, selector)| {
                    path.insert(0, member);
                    (path, selector)
                }));
            }
        }
        found
    }

    /// Returns the member of a reply that is its result or its list of results, with the body of each.
    pub(crate) fn result_of(&self, reply: TypeId) -> Option<(&Member, Body)> {
        self.types[reply].record()?.find(|member| match member.kind {
            MemberKind::Outcome(body) => Some(body),
            _ => None,
        })
    }

    /// Returns `true` if the content of `id` always contains the element at the path `element`. If that is an
    /// alternative, it is enough that every alternative is one of `elements`.
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

    /// Returns the record, unless the type is a choice or untyped.
    pub fn record(&self) -> Option<&Record> {
        match &self.kind {
            Kind::Record(record) => Some(record),
            Kind::Choice(_) | Kind::Untyped => None,
        }
    }

    /// Returns `true` if the type is a selector.
    pub fn is_selector(&self) -> bool {
        matches!(&self.kind, Kind::Choice(choice) if choice.selector)
    }

    /// Returns the members of a record, or the alternatives of a choice.
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
    /// Returns the first member for which `property` returns a value, and that value.
    pub(crate) fn find<T>(&self, property: impl Fn(&Member) -> Option<T>) -> Option<(&Member, T)> {
        self.members.iter().find_map(|member| Some((member, property(member)?)))
    }
}

impl MemberKind {
    /// Returns the type of its content, unless that is simple or empty.
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
    /// Returns `true` if the member carries no information: an empty element that is required. Its field is of type `()`.
    pub(crate) fn is_silent(&self) -> bool {
        matches!(self.kind, MemberKind::Flag) && !self.occurs.is_optional()
    }

    /// Returns `true` if its Rust value is a list.
    pub fn holds_many(&self) -> bool {
        !matches!(self.kind, MemberKind::Flag) && self.occurs.is_list() || matches!(self.kind, MemberKind::Wildcard)
    }

    /// Returns the type of its content, unless that is simple or empty.
    pub fn ty(&self) -> Option<TypeId> {
        self.kind.ty()
    }
}
