//! Which simple type the text of an element has, by the names on the way to it.

use plesk_codegen::model::{Member, MemberKind, SimpleId, TypeId};

use crate::Direction;
use crate::protocol::Protocol;

/// What a child element holds.
enum Held {
    Simple(SimpleId),
    Type(TypeId),
    /// An outcome without members of its own.
    Outcome,
}

/// The simple type of the element at the end of `names`, the way from the root element to it.
pub fn simple_at(protocol: &Protocol, direction: Direction, names: &[&str]) -> Option<SimpleId> {
    match held_at(protocol, direction, names)? {
        Held::Simple(simple) => Some(simple),
        Held::Type(id) => protocol.model.types[id].record()?.text,
        Held::Outcome => None,
    }
}

/// The type of the content of the element at the end of `names`, if it is not simple.
pub fn type_at(protocol: &Protocol, direction: Direction, names: &[&str]) -> Option<TypeId> {
    match held_at(protocol, direction, names)? {
        Held::Type(id) => Some(id),
        Held::Simple(_) | Held::Outcome => None,
    }
}

fn held_at(protocol: &Protocol, direction: Direction, names: &[&str]) -> Option<Held> {
    let root = protocol.root(direction)?;
    let (first, rest) = names.split_first()?;
    if *first != root.name {
        return None;
    }
    let mut held = Held::Type(root.ty);
    for name in rest {
        held = match held {
            Held::Simple(_) => return None,
            Held::Type(id) => child(protocol, id, name)?,
            Held::Outcome => Held::Simple(of_outcome(protocol, name)?),
        };
    }
    Some(held)
}

fn of_outcome(protocol: &Protocol, name: &str) -> Option<SimpleId> {
    protocol.outcome.iter().find(|member| member.name == name).map(|member| member.simple)
}

/// What the element `name` in content of the type `id` holds.
fn child(protocol: &Protocol, id: TypeId, name: &str) -> Option<Held> {
    let ty = &protocol.model.types[id];
    let record = ty.record();
    if record.is_some_and(|record| record.outcome)
        && let Some(simple) = of_outcome(protocol, name)
    {
        return Some(Held::Simple(simple));
    }
    if let (true, Some(only)) = (record.is_some_and(|record| record.is_result), ty.members().first()) {
        return match outcome(only) {
            Held::Type(body) => child(protocol, body, name),
            _ => of_outcome(protocol, name).map(Held::Simple),
        };
    }
    ty.members().iter().find_map(|member| match member.kind {
        MemberKind::Choice(inner) | MemberKind::Group(inner) => child(protocol, inner, name),
        _ if member.name != name => None,
        MemberKind::Text { simple, .. } => Some(Held::Simple(simple)),
        MemberKind::Element(inner) => Some(Held::Type(inner)),
        MemberKind::Outcome(_) => Some(outcome(member)),
        MemberKind::Flag | MemberKind::Untyped(_) | MemberKind::Wildcard => None,
    })
}

fn outcome(member: &Member) -> Held {
    member.ty().map_or(Held::Outcome, Held::Type)
}
