//! Describes the constructs of a schema in a few words.

use crate::model::{
    Attribute, Facet, Kind, Member, MemberKind, Model, Occurs, Primitive, SimpleId, SimpleType, TypeId, Untyped,
    WhiteSpace,
};

/// Describes how often something may occur.
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

/// Returns the name of a simple type, or describes an anonymous one.
pub(super) fn simple(model: &Model, id: SimpleId) -> String {
    let simple = &model.simples[id];
    match (&simple.origin.type_name, &simple.primitive) {
        (Some(name), _) => name.clone(),
        (None, Primitive::BuiltIn(name)) => format!("restricted {name}"),
        (None, Primitive::Union(_)) => "union".to_owned(),
        (None, Primitive::List(item)) => format!("list of {}", self::simple(model, *item)),
    }
}

/// Describes the built-in type, union or list that a simple type restricts.
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

/// Returns the name of a type, or the content model of an anonymous one.
pub(super) fn ty(model: &Model, id: TypeId) -> String {
    model.types[id].origin.type_name.clone().unwrap_or_else(|| format!("({})", content_model(model, id)))
}

/// Returns the content model of a type as in a DTD: `a, b?, (c | d)*`.
pub(super) fn content_model(model: &Model, id: TypeId) -> String {
    let ty = &model.types[id];
    let members: Vec<_> = ty.members().iter().map(|member| particle(model, member)).collect();
    members.join(if ty.is_choice() { " | " } else { ", " })
}

/// Returns the content model of a member: `b?`.
pub(super) fn particle(model: &Model, member: &Member) -> String {
    let name = match member.kind {
        MemberKind::Choice(id) | MemberKind::Group(id) => format!("({})", content_model(model, id)),
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

/// Describes the content of a type, named or not.
pub(super) fn content(model: &Model, id: TypeId) -> String {
    match model.types[id].kind {
        Kind::Untyped => "anything".to_owned(),
        _ => content_model(model, id),
    }
}

/// Describes a member: its name, its type and its occurrence.
pub(super) fn member(model: &Model, member: &Member) -> String {
    let name = match member.kind {
        MemberKind::Choice(id) | MemberKind::Group(id) => format!("({})", content_model(model, id)),
        _ => format!("{}: {}", member.name, member_type(model, member)),
    };
    format!("{name}, {}", occurs(member.occurs))
}

/// Describes an attribute: its name, its type and whether it is required.
pub(super) fn attribute(model: &Model, attribute: &Attribute) -> String {
    let presence = if attribute.required { "required" } else { "optional" };
    format!("{}: {}, {presence}", attribute.name, simple(model, attribute.simple))
}

/// Describes the type of a member.
pub(super) fn member_type(model: &Model, member: &Member) -> String {
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

/// Returns the name and the value of a facet.
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

/// Returns the value of the facet `whiteSpace`.
pub(super) fn white_space(rule: WhiteSpace) -> &'static str {
    match rule {
        WhiteSpace::Preserve => "preserve",
        WhiteSpace::Replace => "replace",
        WhiteSpace::Collapse => "collapse",
    }
}
