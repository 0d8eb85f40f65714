//! What stands in a schema, in a few words.

use crate::model::{
    Attribute, Facet, Kind, Member, MemberKind, Model, Occurs, Primitive, SimpleId, SimpleType, TypeId, Untyped,
    WhiteSpace,
};

/// How often something stands at its place.
pub(super) fn occurs(occurs: Occurs) -> String {
    match (occurs.min, occurs.max) {
        (1, Some(1)) => "required".to_owned(),
        (0, Some(1)) => "optional".to_owned(),
        (0, None) => "any number".to_owned(),
        (1, None) => "at least one".to_owned(),
        (min, None) => format!("at least {min}"),
        (min, Some(max)) => format!("{min} to {max}"),
    }
}

/// What a simple type is called, or what it is.
pub(super) fn simple(model: &Model, id: SimpleId) -> String {
    let simple = &model.simples[id];
    match (&simple.origin.type_name, &simple.primitive) {
        (Some(name), _) => name.clone(),
        (None, Primitive::BuiltIn(name)) => format!("restricted {name}"),
        (None, Primitive::Union(_)) => "union".to_owned(),
        (None, Primitive::List(item)) => format!("list of {}", self::simple(model, *item)),
    }
}

/// What is at the bottom of a simple type.
pub(super) fn primitive(model: &Model, simple: &SimpleType) -> String {
    match &simple.primitive {
        Primitive::BuiltIn(name) => format!("xs:{name}"),
        Primitive::Union(members) => {
            let members: Vec<_> = members.iter().map(|member| self::simple(model, *member)).collect();
            format!("union of {}", members.join(", "))
        }
        Primitive::List(item) => format!("list of {}", self::simple(model, *item)),
    }
}

/// What a type is called, or what it holds.
pub(super) fn ty(model: &Model, id: TypeId) -> String {
    model.types[id].origin.type_name.clone().unwrap_or_else(|| format!("({})", shape(model, id)))
}

/// The elements of a content, as a content model is written: `a, b?, (c | d)*`.
pub(super) fn shape(model: &Model, id: TypeId) -> String {
    let ty = &model.types[id];
    let members: Vec<_> = ty.members().iter().map(|member| shape_of(model, member)).collect();
    members.join(if ty.is_choice() { " | " } else { ", " })
}

/// The same of a member.
pub(super) fn shape_of(model: &Model, member: &Member) -> String {
    let name = match member.kind {
        MemberKind::Choice(id) | MemberKind::Group(id) => format!("({})", shape(model, id)),
        _ => member.name.clone(),
    };
    let sign = match (member.occurs.min, member.occurs.max) {
        (1, Some(1)) => "",
        (0, Some(1)) => "?",
        (0, None) => "*",
        (1, None) => "+",
        (min, Some(max)) => return format!("{name}{{{min},{max}}}"),
        (min, None) => return format!("{name}{{{min},}}"),
    };
    format!("{name}{sign}")
}

/// What a type holds.
pub(super) fn content(model: &Model, id: TypeId) -> String {
    match model.types[id].kind {
        Kind::Untyped => "anything".to_owned(),
        _ => shape(model, id),
    }
}

/// A member, how often it stands there, and what it is.
pub(super) fn described(model: &Model, member: &Member) -> String {
    let name = match member.kind {
        MemberKind::Choice(id) | MemberKind::Group(id) => format!("({})", shape(model, id)),
        _ => format!("{}: {}", member.name, kind(model, member)),
    };
    format!("{name}, {}", occurs(member.occurs))
}

/// An attribute, and what it is.
pub(super) fn attribute(model: &Model, attribute: &Attribute) -> String {
    let presence = if attribute.required { "required" } else { "optional" };
    format!("{}: {}, {presence}", attribute.name, simple(model, attribute.simple))
}

/// What kind of thing a member is.
pub(super) fn kind(model: &Model, member: &Member) -> String {
    match &member.kind {
        MemberKind::Text { simple, secret, .. } => {
            format!("{}{}", self::simple(model, *simple), if *secret { " (secret)" } else { "" })
        }
        MemberKind::Element(id) => ty(model, *id),
        MemberKind::Flag => "empty".to_owned(),
        MemberKind::Untyped(Untyped::Flag) => "anything, used as a flag".to_owned(),
        MemberKind::Untyped(Untyped::Text) => "anything, used as text".to_owned(),
        MemberKind::Untyped(Untyped::Raw) => "anything".to_owned(),
        MemberKind::Outcome(_) => "result".to_owned(),
        MemberKind::Choice(_) => "choice".to_owned(),
        MemberKind::Group(_) => "group".to_owned(),
        MemberKind::Wildcard => "any elements".to_owned(),
    }
}

/// A facet: its name, and its value.
pub(super) fn facet(facet: &Facet) -> (&'static str, String) {
    match facet {
        Facet::Length(n) => ("length", n.to_string()),
        Facet::MinLength(n) => ("minLength", n.to_string()),
        Facet::MaxLength(n) => ("maxLength", n.to_string()),
        Facet::MinInclusive(value) => ("minInclusive", value.clone()),
        Facet::MaxInclusive(value) => ("maxInclusive", value.clone()),
        Facet::MinExclusive(value) => ("minExclusive", value.clone()),
        Facet::MaxExclusive(value) => ("maxExclusive", value.clone()),
        Facet::TotalDigits(n) => ("totalDigits", n.to_string()),
        Facet::FractionDigits(n) => ("fractionDigits", n.to_string()),
        Facet::Pattern(patterns) => {
            let patterns: Vec<_> = patterns.iter().map(|pattern| pattern.xsd.as_str()).collect();
            ("pattern", patterns.join(" | "))
        }
        Facet::Enumeration(values) => ("enumeration", values.join(", ")),
    }
}

pub(super) fn white_space(rule: WhiteSpace) -> &'static str {
    match rule {
        WhiteSpace::Preserve => "preserve",
        WhiteSpace::Replace => "replace",
        WhiteSpace::Collapse => "collapse",
    }
}
