//! Compares simple types: the built-in type that they restrict, their facets and the values that they list.

use std::cmp::Ordering;

use super::change::ChangeKind::{Added, Changed, Removed, Retyped};
use super::change::{Subject, WireImpact};
use super::describe;
use super::raw_change::{Construct, RawChange};
use crate::model::{Facet, Model, Primitive, SimpleId};

/// Returns the differences between two simple types, whatever their names.
pub(super) fn compare(old: &Model, new: &Model, old_id: SimpleId, new_id: SimpleId) -> Vec<RawChange> {
    let (old_type, new_type) = (&old.simples[old_id], &new.simples[new_id]);
    let mut changes = Vec::new();
    if !same_primitive(old, new, &old_type.primitive, &new_type.primitive) {
        let wire = primitive_impact(&old_type.primitive, &new_type.primitive);
        let change = RawChange::new(Subject::Type, Retyped, wire);
        let (before, after) = (describe::primitive(old, old_type), describe::primitive(new, new_type));
        changes.push(change.with_old(before).with_new(after));
    }
    if old_type.white_space != new_type.white_space {
        let text = |rule| format!("whiteSpace {}", describe::white_space(rule));
        let change = RawChange::new(Subject::Facet, Changed, WireImpact::Different);
        changes.push(change.with_old(text(old_type.white_space)).with_new(text(new_type.white_space)));
    }
    let (before, after) = (keyed(&old_type.facets), keyed(&new_type.facets));
    for (key, facet) in &before {
        match after.iter().find(|(other, _)| other == key) {
            Some((_, new_facet)) => changes.extend(compare_facets(facet, new_facet)),
            None => {
                let change = RawChange::new(Subject::Facet, Removed, WireImpact::Wider);
                changes.push(change.with_old(facet_text(facet)));
            }
        }
    }
    for (_, facet) in after.iter().filter(|(key, _)| before.iter().all(|(other, _)| other != key)) {
        let change = RawChange::new(Subject::Facet, Added, WireImpact::Narrower);
        changes.push(change.with_new(facet_text(facet)));
    }
    let at_types = |change: RawChange| {
        let value = |text: &Option<String>| text.clone().filter(|_| change.subject == Subject::Value);
        let (old_value, new_value) = (value(&change.old), value(&change.new));
        change.at_both(Construct::Simple(old_id, old_value), Construct::Simple(new_id, new_value))
    };
    changes.into_iter().map(at_types).collect()
}

/// Returns `true` if two simple types allow the same values, whatever their names.
pub(super) fn same_values(old: &Model, new: &Model, old_id: SimpleId, new_id: SimpleId) -> bool {
    compare(old, new, old_id, new_id).is_empty()
}

/// Returns the impact on documents if one simple type replaces another.
pub(super) fn wire_impact(old: &Model, new: &Model, old_id: SimpleId, new_id: SimpleId) -> WireImpact {
    let changes = compare(old, new, old_id, new_id);
    changes.iter().fold(WireImpact::Same, |impact, change| impact.combine(change.wire))
}

fn facet_text(facet: &Facet) -> String {
    let (name, value) = describe::facet(facet);
    format!("{name} {value}")
}

/// Returns the facets with a key: the name, and a number because patterns may occur several times.
fn keyed(facets: &[Facet]) -> Vec<((&'static str, usize), &Facet)> {
    let mut found: Vec<((&'static str, usize), &Facet)> = Vec::new();
    for facet in facets {
        let (name, _) = describe::facet(facet);
        let number = found.iter().filter(|((other, _), _)| *other == name).count();
        found.push(((name, number), facet));
    }
    found
}

/// Returns the differences between two facets of the same name.
fn compare_facets(old: &Facet, new: &Facet) -> Vec<RawChange> {
    if let (Facet::Enumeration(before), Facet::Enumeration(after)) = (old, new) {
        let removed = before.iter().filter(|value| !after.contains(value));
        let removed =
            removed.map(|value| RawChange::new(Subject::Value, Removed, WireImpact::Narrower).with_old(value));
        let added = after.iter().filter(|value| !before.contains(value));
        let added = added.map(|value| RawChange::new(Subject::Value, Added, WireImpact::Wider).with_new(value));
        return removed.chain(added).collect();
    }
    let (before, after) = (facet_text(old), facet_text(new));
    if before == after {
        return Vec::new();
    }
    vec![RawChange::new(Subject::Facet, Changed, facet_impact(old, new)).with_old(before).with_new(after)]
}

fn facet_impact(old: &Facet, new: &Facet) -> WireImpact {
    // How an upper bound moves; for a lower bound the arguments are swapped.
    let impact = |ordering: Option<Ordering>| match ordering {
        Some(Ordering::Less) => WireImpact::Wider,
        Some(Ordering::Greater) => WireImpact::Narrower,
        _ => WireImpact::Different,
    };
    let number = |text: &str| text.parse::<f64>().ok();
    let compare = |a: &str, b: &str| number(a).zip(number(b)).and_then(|(a, b)| a.partial_cmp(&b));
    match (old, new) {
        (Facet::MaxLength(a), Facet::MaxLength(b))
        | (Facet::TotalDigits(a), Facet::TotalDigits(b))
        | (Facet::FractionDigits(a), Facet::FractionDigits(b)) => impact(Some(a.cmp(b))),
        (Facet::MinLength(a), Facet::MinLength(b)) => impact(Some(b.cmp(a))),
        (Facet::MaxInclusive(a), Facet::MaxInclusive(b)) | (Facet::MaxExclusive(a), Facet::MaxExclusive(b)) => {
            impact(compare(a, b))
        }
        (Facet::MinInclusive(a), Facet::MinInclusive(b)) | (Facet::MinExclusive(a), Facet::MinExclusive(b)) => {
            impact(compare(b, a))
        }
        _ => WireImpact::Different,
    }
}

fn same_primitive(old: &Model, new: &Model, old_primitive: &Primitive, new_primitive: &Primitive) -> bool {
    // Differences within item and member types are reported at those types.
    let same_name = |a: SimpleId, b: SimpleId| old.simples[a].origin.type_name == new.simples[b].origin.type_name;
    match (old_primitive, new_primitive) {
        (Primitive::BuiltIn(a), Primitive::BuiltIn(b)) => a == b,
        (Primitive::List(a), Primitive::List(b)) => same_name(*a, *b),
        (Primitive::Union(a), Primitive::Union(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_name(*a, *b))
        }
        _ => false,
    }
}

fn primitive_impact(old: &Primitive, new: &Primitive) -> WireImpact {
    let (Primitive::BuiltIn(old), Primitive::BuiltIn(new)) = (old, new) else { return WireImpact::Different };
    if derives_from(old, new) {
        WireImpact::Wider
    } else if derives_from(new, old) {
        WireImpact::Narrower
    } else {
        WireImpact::Different
    }
}

/// Built-in types with the type that each is derived from. All values of the former are values of the latter.
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

fn derives_from(name: &str, base: &str) -> bool {
    // Every lexical form is also a string.
    if matches!(base, "anySimpleType" | "string") {
        return true;
    }
    let next = BASES.iter().find(|(derived, _)| *derived == name).map(|(_, base)| *base);
    next.is_some_and(|next| next == base || derives_from(next, base))
}
