//! Finds the type of an element by its path.

use plesk_codegen::model::{Member, MemberKind, SimpleId, TypeId};

use crate::Direction;
use crate::protocol::Protocol;

/// The type of a child element.
enum ChildType {
    Simple(SimpleId),
    Complex(TypeId),
    /// An outcome without members of its own.
    BareOutcome,
}

/// Returns the simple type of the text of an element. `path` is the names from the root to it.
pub(super) fn simple_type_at(protocol: &Protocol, direction: Direction, path: &[&str]) -> Option<SimpleId> {
    match type_at(protocol, direction, path)? {
        ChildType::Simple(simple) => Some(simple),
        ChildType::Complex(id) => protocol.model.types[id].record()?.text,
        ChildType::BareOutcome => None,
    }
}

/// Returns the type of the content of an element, if it is not simple. `path` is the names from the root to it.
pub(super) fn content_type_at(protocol: &Protocol, direction: Direction, path: &[&str]) -> Option<TypeId> {
    match type_at(protocol, direction, path)? {
        ChildType::Complex(id) => Some(id),
        ChildType::Simple(_) | ChildType::BareOutcome => None,
    }
}

fn type_at(protocol: &Protocol, direction: Direction, path: &[&str]) -> Option<ChildType> {
    let root = protocol.root(direction)?;
    let (first, rest) = path.split_first()?;
    if *first != root.name {
        return None;
    }
    let mut found = ChildType::Complex(root.ty);
    for name in rest {
        found = match found {
            ChildType::Simple(_) => return None,
            ChildType::Complex(id) => child_type(protocol, id, name)?,
            ChildType::BareOutcome => ChildType::Simple(outcome_member_type(protocol, name)?),
        };
    }
    Some(found)
}

fn outcome_member_type(protocol: &Protocol, name: &str) -> Option<SimpleId> {
    protocol.outcome.iter().find(|member| member.name == name).map(|member| member.simple)
}

/// Returns the type of the element `name` in content of the type `id`.
fn child_type(protocol: &Protocol, id: TypeId, name: &str) -> Option<ChildType> {
    let ty = &protocol.model.types[id];
    let record = ty.record();
    if record.is_some_and(|record| record.outcome)
        && let Some(simple) = outcome_member_type(protocol, name)
    {
        return Some(ChildType::Simple(simple));
    }
    if let (true, Some(only)) = (record.is_some_and(|record| record.is_result), ty.members().first()) {
        return match outcome_type(only) {
            ChildType::Complex(body) => child_type(protocol, body, name),
            _ => outcome_member_type(protocol, name).map(ChildType::Simple),
        };
    }
    ty.members().iter().find_map(|member| match member.kind {
        MemberKind::Choice(inner) | MemberKind::Group(inner) => child_type(protocol, inner, name),
        _ if member.name != name => None,
        MemberKind::Text { simple, .. } => Some(ChildType::Simple(simple)),
        MemberKind::Element(inner) => Some(ChildType::Complex(inner)),
        MemberKind::Outcome(_) => Some(outcome_type(member)),
        MemberKind::Flag | MemberKind::Untyped(_) | MemberKind::Wildcard => None,
    })
}

fn outcome_type(member: &Member) -> ChildType {
    member.ty().map_or(ChildType::BareOutcome, ChildType::Complex)
}
