//! Counts the elements and attributes that use each simple type.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Kind, Member, MemberKind, Model, Primitive, SimpleId, Type};

/// The paths of the elements and attributes with each simple type, directly or as a part of a union or list.
pub(super) struct SimpleTypeUses(BTreeMap<SimpleId, BTreeSet<String>>);

impl SimpleTypeUses {
    pub(super) fn of(model: &Model) -> Self {
        let mut uses = Self(BTreeMap::new());
        for ty in &model.types {
            if let Kind::Record(record) = &ty.kind {
                for attribute in &record.attributes {
                    uses.add(model, attribute.simple, &format!("{}/@{}", ty.origin.path, attribute.name));
                }
                if let Some(text) = record.text {
                    uses.add(model, text, &ty.origin.path);
                }
            }
            for member in ty.members() {
                if let MemberKind::Text { simple, .. } = member.kind {
                    uses.add(model, simple, &member_path(ty, member));
                }
            }
        }
        uses
    }

    fn add(&mut self, model: &Model, id: SimpleId, path: &str) {
        let (mut stack, mut seen) = (vec![id], BTreeSet::new());
        while let Some(id) = stack.pop().filter(|id| seen.insert(*id)) {
            self.0.entry(id).or_default().insert(path.to_owned());
            match &model.simples[id].primitive {
                Primitive::BuiltIn(_) => {}
                Primitive::Union(members) => stack.extend(members),
                Primitive::List(item) => stack.push(*item),
            }
        }
    }

    /// Returns the simple types that are used.
    pub(super) fn simples(&self) -> impl Iterator<Item = SimpleId> {
        self.0.keys().copied()
    }

    /// Returns the number of elements and attributes that use a simple type.
    pub(super) fn count(&self, id: SimpleId) -> usize {
        self.0.get(&id).map_or(0, BTreeSet::len)
    }
}

/// Returns the path of a member. Like in origins, the name of a member without an element of its own is in parentheses.
pub(super) fn member_path(ty: &Type, member: &Member) -> String {
    let (path, name) = (&ty.origin.path, &member.name);
    match member.kind {
        MemberKind::Choice(_) | MemberKind::Group(_) | MemberKind::Wildcard => format!("{path}/({name})"),
        _ => format!("{path}/{name}"),
    }
}
