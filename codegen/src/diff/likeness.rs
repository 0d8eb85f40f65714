//! Evidence that two things are the same under different names.

use std::collections::BTreeSet;

use super::simple;
use crate::model::{Body, Kind, Member, MemberKind, Model, SimpleId, TypeId};

/// How much of two names must agree for one to be the other's successor.
const SIMILAR: f64 = 0.6;

/// Whether two names are much alike: most letters agree, or one has a word more than the other.
pub(super) fn similar(old: &str, new: &str) -> bool {
    let words = |name: &str| heck::ToSnakeCase::to_snake_case(name);
    let (old, new) = (words(old), words(new));
    let [a, b] = [&old, &new].map(|name| name.split('_').collect::<BTreeSet<_>>());
    strsim::normalized_levenshtein(&old, &new) >= SIMILAR || a.is_subset(&b) || b.is_subset(&a)
}

/// Whether two members hold the same, whatever they are called.
pub(super) fn alike(old: &Model, new: &Model, was: &Member, is: &Member) -> bool {
    kinds(old, new, &was.kind, &is.kind, &mut BTreeSet::new())
}

/// Whether two types hold the same, whatever they are called.
pub(super) fn types_alike(old: &Model, new: &Model, was: TypeId, is: TypeId) -> bool {
    types(old, new, was, is, &mut BTreeSet::new())
}

/// Pairs of types that are being compared: within them, they count as alike.
type Seen = BTreeSet<(TypeId, TypeId)>;

fn kinds(old: &Model, new: &Model, was: &MemberKind, is: &MemberKind, seen: &mut Seen) -> bool {
    match (was, is) {
        (MemberKind::Text { simple: a, nillable: x, .. }, MemberKind::Text { simple: b, nillable: y, .. }) => {
            x == y && simples(old, new, *a, *b)
        }
        (MemberKind::Element(a), MemberKind::Element(b))
        | (MemberKind::Choice(a), MemberKind::Choice(b))
        | (MemberKind::Group(a), MemberKind::Group(b)) => types(old, new, *a, *b, seen),
        (MemberKind::Outcome(a), MemberKind::Outcome(b)) => match (a, b) {
            (Body::Record(a), Body::Record(b)) | (Body::Optional(a), Body::Optional(b)) => {
                types(old, new, *a, *b, seen)
            }
            _ => a == b,
        },
        (MemberKind::Flag, MemberKind::Flag) | (MemberKind::Wildcard, MemberKind::Wildcard) => true,
        (MemberKind::Untyped(a), MemberKind::Untyped(b)) => a == b,
        _ => false,
    }
}

fn simples(old: &Model, new: &Model, a: SimpleId, b: SimpleId) -> bool {
    // A named type stays itself, whatever else has changed in it.
    let [was, is] = [&old.simples[a], &new.simples[b]].map(|simple| simple.origin.type_name.as_deref());
    was.is_some() && was == is || simple::same(old, new, a, b)
}

fn types(old: &Model, new: &Model, was: TypeId, is: TypeId, seen: &mut Seen) -> bool {
    if !seen.insert((was, is)) {
        return true;
    }
    let (a, b) = (&old.types[was], &new.types[is]);
    if a.origin.type_name.is_some() && a.origin.type_name == b.origin.type_name {
        return true;
    }
    let heads = match (&a.kind, &b.kind) {
        (Kind::Record(x), Kind::Record(y)) => {
            let attributes = x.attributes.len() == y.attributes.len()
                && x.attributes.iter().zip(&y.attributes).all(|(x, y)| {
                    x.name == y.name && x.required == y.required && simples(old, new, x.simple, y.simple)
                });
            let texts = match (x.text, y.text) {
                (Some(x), Some(y)) => simples(old, new, x, y),
                (x, y) => x.is_none() == y.is_none(),
            };
            attributes && texts && x.any_order == y.any_order && x.outcome == y.outcome
        }
        (Kind::Choice(x), Kind::Choice(y)) => x.may_be_empty == y.may_be_empty,
        (Kind::Untyped, Kind::Untyped) => true,
        _ => false,
    };
    heads
        && a.members().len() == b.members().len()
        && a.members().iter().zip(b.members()).all(|(x, y)| {
            // What has no element is called by what it holds.
            (x.name == y.name || super::pairing::part(x).is_some())
                && x.occurs == y.occurs
                && kinds(old, new, &x.kind, &y.kind, seen)
        })
}
