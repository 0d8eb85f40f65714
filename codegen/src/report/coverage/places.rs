//! Where the simple types stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Kind, Member, MemberKind, Model, Primitive, SimpleId, Type};

/// The elements and attributes that each simple type is the type of, by itself or as a part of a union or list.
pub(super) struct Places(BTreeMap<SimpleId, BTreeSet<String>>);

impl Places {
    pub(super) fn of(model: &Model) -> Self {
        let mut places: BTreeMap<SimpleId, BTreeSet<String>> = BTreeMap::new();
        let mut note = |id: SimpleId, place: String| {
            let (mut queue, mut seen) = (vec![id], BTreeSet::new());
            while let Some(id) = queue.pop().filter(|id| seen.insert(*id)) {
                places.entry(id).or_default().insert(place.clone());
                match &model.simples[id].primitive {
                    Primitive::BuiltIn(_) => {}
                    Primitive::Union(members) => queue.extend(members),
                    Primitive::List(item) => queue.push(*item),
                }
            }
        };
        for ty in &model.types {
            if let Kind::Record(record) = &ty.kind {
                for attribute in &record.attributes {
                    note(attribute.simple, format!("{}/@{}", ty.origin.path, attribute.name));
                }
                if let Some(text) = record.text {
                    note(text, ty.origin.path.clone());
                }
            }
            for member in ty.members() {
                if let MemberKind::Text { simple, .. } = member.kind {
                    note(simple, place(ty, member));
                }
            }
        }
        Self(places)
    }

    /// The simple types that stand somewhere.
    pub(super) fn simples(&self) -> impl Iterator<Item = SimpleId> {
        self.0.keys().copied()
    }

    /// At how many places a simple type stands.
    pub(super) fn count(&self, id: SimpleId) -> usize {
        self.0.get(&id).map_or(0, BTreeSet::len)
    }
}

/// The path of a member: the name of what has no element of its own is in parentheses, as it is in origins.
pub(super) fn place(ty: &Type, member: &Member) -> String {
    let (path, name) = (&ty.origin.path, &member.name);
    match member.kind {
        MemberKind::Choice(_) | MemberKind::Group(_) | MemberKind::Wildcard => format!("{path}/({name})"),
        _ => format!("{path}/{name}"),
    }
}
