//! Compares simple types: what is at their bottom, facets, listed values.

use super::change::ChangeKind::{Added, Changed, Removed, Retyped};
use super::change::{Subject, Wire};
use super::draft::{Draft, Side, Spot};
use super::words;
use crate::model::{Facet, Model, Primitive, SimpleId};

/// What of it differs, each noted at the types themselves.
pub(super) fn compare(old: &Model, new: &Model, was: SimpleId, is: SimpleId) -> Vec<Draft> {
    let (a, b) = (&old.simples[was], &new.simples[is]);
    let mut drafts = Vec::new();
    if !same_bottom(old, new, &a.primitive, &b.primitive) {
        let wire = bottom_wire(&a.primitive, &b.primitive);
        let (from, to) = (words::primitive(old, a), words::primitive(new, b));
        drafts.push(Draft::new(Subject::Type, Retyped, wire).from(from).to(to));
    }
    if a.white_space != b.white_space {
        let (from, to) = (words::white_space(a.white_space), words::white_space(b.white_space));
        let draft = Draft::new(Subject::Facet, Changed, Wire::Different);
        drafts.push(draft.from(format!("whiteSpace {from}")).to(format!("whiteSpace {to}")));
    }
    let (from, to) = (by_name(&a.facets), by_name(&b.facets));
    for (key, facet) in &from {
        match to.iter().find(|(other, _)| other == key) {
            Some((_, now)) => drafts.extend(compare_facet(facet, now)),
            None => drafts.push(Draft::new(Subject::Facet, Removed, Wire::Wider).from(sentence(facet))),
        }
    }
    for (_, facet) in to.iter().filter(|(key, _)| from.iter().all(|(other, _)| other != key)) {
        drafts.push(Draft::new(Subject::Facet, Added, Wire::Narrower).to(sentence(facet)));
    }
    let at = |draft: Draft| {
        let value = |value: &Option<String>| value.clone().filter(|_| draft.subject == Subject::Value);
        let (from, to) = (value(&draft.old), value(&draft.new));
        draft.at(Side::Old, Spot::Simple(was, from)).at(Side::New, Spot::Simple(is, to))
    };
    drafts.into_iter().map(at).collect()
}

fn sentence(facet: &Facet) -> String {
    let (name, value) = words::facet(facet);
    format!("{name} {value}")
}

/// Facets with their names, and which of its name each is: only patterns may stand several times.
fn by_name(facets: &[Facet]) -> Vec<((&'static str, usize), &Facet)> {
    let mut found: Vec<((&'static str, usize), &Facet)> = Vec::new();
    for facet in facets {
        let (name, _) = words::facet(facet);
        let ordinal = found.iter().filter(|((other, _), _)| *other == name).count();
        found.push(((name, ordinal), facet));
    }
    found
}

/// What differs in two facets of one name.
fn compare_facet(old: &Facet, new: &Facet) -> Vec<Draft> {
    if let (Facet::Enumeration(from), Facet::Enumeration(to)) = (old, new) {
        let gone = from.iter().filter(|value| !to.contains(value));
        let gone = gone.map(|value| Draft::new(Subject::Value, Removed, Wire::Narrower).from(value));
        let came = to.iter().filter(|value| !from.contains(value));
        let came = came.map(|value| Draft::new(Subject::Value, Added, Wire::Wider).to(value));
        return gone.chain(came).collect();
    }
    let (from, to) = (sentence(old), sentence(new));
    if from == to {
        return Vec::new();
    }
    vec![Draft::new(Subject::Facet, Changed, facet_wire(old, new)).from(from).to(to)]
}

fn facet_wire(old: &Facet, new: &Facet) -> Wire {
    let raised = |low: Option<std::cmp::Ordering>| match low {
        Some(std::cmp::Ordering::Less) => Wire::Wider,
        Some(std::cmp::Ordering::Greater) => Wire::Narrower,
        _ => Wire::Different,
    };
    let number = |text: &str| text.parse::<f64>().ok();
    let compared = |a: &str, b: &str| number(a).zip(number(b)).and_then(|(a, b)| a.partial_cmp(&b));
    match (old, new) {
        (Facet::MaxLength(a), Facet::MaxLength(b))
        | (Facet::TotalDigits(a), Facet::TotalDigits(b))
        | (Facet::FractionDigits(a), Facet::FractionDigits(b)) => raised(Some(a.cmp(b))),
        (Facet::MinLength(a), Facet::MinLength(b)) => raised(Some(b.cmp(a))),
        (Facet::MaxInclusive(a), Facet::MaxInclusive(b)) | (Facet::MaxExclusive(a), Facet::MaxExclusive(b)) => {
            raised(compared(a, b))
        }
        (Facet::MinInclusive(a), Facet::MinInclusive(b)) | (Facet::MinExclusive(a), Facet::MinExclusive(b)) => {
            raised(compared(b, a))
        }
        _ => Wire::Different,
    }
}

/// Whether two simple types allow the same values, whatever they are called.
pub(super) fn same(old: &Model, new: &Model, was: SimpleId, is: SimpleId) -> bool {
    compare(old, new, was, is).is_empty()
}

/// What it means for the wire that one simple type takes the place of another.
pub(super) fn wire(old: &Model, new: &Model, was: SimpleId, is: SimpleId) -> Wire {
    compare(old, new, was, is).iter().fold(Wire::Same, |wire, draft| wire.and(draft.wire))
}

fn same_bottom(old: &Model, new: &Model, was: &Primitive, is: &Primitive) -> bool {
    // What differs within them is noted there.
    let alike = |a: SimpleId, b: SimpleId| old.simples[a].origin.type_name == new.simples[b].origin.type_name;
    match (was, is) {
        (Primitive::BuiltIn(a), Primitive::BuiltIn(b)) => a == b,
        (Primitive::List(a), Primitive::List(b)) => alike(*a, *b),
        (Primitive::Union(a), Primitive::Union(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(*a, *b)),
        _ => false,
    }
}

fn bottom_wire(was: &Primitive, is: &Primitive) -> Wire {
    let (Primitive::BuiltIn(was), Primitive::BuiltIn(is)) = (was, is) else { return Wire::Different };
    if derives(was, is) {
        Wire::Wider
    } else if derives(is, was) {
        Wire::Narrower
    } else {
        Wire::Different
    }
}

/// What each built-in type is derived from, so that all its values are values of that one too.
const BASES: &[(&str, &str)] = &[
    ("normalizedString", "string"),
    ("token", "normalizedString"),
    ("integer", "decimal"),
    ("nonPositiveInteger", "integer"),
    ("negativeInteger", "nonPositiveInteger"),
    ("nonNegativeInteger", "integer"),
    ("positiveInteger", "nonNegativeInteger"),
    ("long", "integer"),
    ("int", "long"),
    ("short", "int"),
    ("byte", "short"),
    ("unsignedLong", "nonNegativeInteger"),
    ("unsignedInt", "unsignedLong"),
    ("unsignedShort", "unsignedInt"),
    ("unsignedByte", "unsignedShort"),
];

fn derives(name: &str, base: &str) -> bool {
    // Whatever a text may be, it is a text.
    if matches!(base, "anySimpleType" | "string") {
        return true;
    }
    let next = BASES.iter().find(|(derived, _)| *derived == name).map(|(_, base)| *base);
    next.is_some_and(|next| next == base || derives(next, base))
}
