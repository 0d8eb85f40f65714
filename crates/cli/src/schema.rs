//! Questions about the description of an operator.

use plesk_model::{Base, Content, Operation, Operator, Particle, ParticleKind, SimpleTypeId, TypeId, Untyped};
use strsim::jaro_winkler;

use crate::xml::Element;

/// An operation with its operator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Described<'a> {
    pub(crate) operator: &'a Operator,
    pub(crate) operation: &'a Operation,
}

impl Described<'_> {
    /// Returns the operation as arguments name it: `mail.update.add`.
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.operator.name, self.operation.path.replace('/', "."))
    }
}

/// The content of an element, as far as the schema describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// The content has this type.
    Type(TypeId),
    /// Text of this type.
    Text(SimpleTypeId),
    /// Nothing.
    Empty,
    /// Anything.
    Free,
}

/// An element in a content, at any depth of choices and groups.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) particle: &'a Particle,
    /// How often the element may occur in the content; `None` if there is no bound.
    pub(crate) max: Option<usize>,
}

impl Found<'_> {
    pub(crate) fn content(&self) -> Known {
        match self.particle.kind {
            ParticleKind::Element(id) => Known::Type(id),
            ParticleKind::Text { ty, .. } => Known::Text(ty),
            ParticleKind::Flag | ParticleKind::Untyped(Untyped::Flag) => Known::Empty,
            _ => Known::Free,
        }
    }

    pub(crate) fn is_secret(&self) -> bool {
        matches!(self.particle.kind, ParticleKind::Text { secret: true, .. })
    }
}

/// Returns the element `name` of a content. A wildcard has every name that nothing else has.
pub(crate) fn find<'a>(operator: &'a Operator, id: TypeId, name: &str) -> Option<Found<'a>> {
    let named = elements(operator, id);
    let wildcard = || named.iter().find(|found| matches!(found.particle.kind, ParticleKind::Wildcard));
    let is_element = |found: &&Found<'a>| !matches!(found.particle.kind, ParticleKind::Wildcard);
    named.iter().filter(is_element).find(|found| found.particle.name == name).or_else(wildcard).copied()
}

/// Returns all elements and wildcards of a content, at any depth of choices and groups.
pub(crate) fn elements(operator: &Operator, id: TypeId) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    collect(operator, id, Some(1), &mut found);
    found
}

fn collect<'a>(operator: &'a Operator, id: TypeId, times: Option<usize>, found: &mut Vec<Found<'a>>) {
    for particle in operator.ty(id).content.particles() {
        let max = times.zip(particle.max).map(|(a, b)| a.saturating_mul(b));
        match particle.kind {
            ParticleKind::Choice(inner) | ParticleKind::Group(inner) => collect(operator, inner, max, found),
            _ => found.push(Found { particle, max }),
        }
    }
}

/// Returns the names of the elements of a content.
pub(crate) fn names(operator: &Operator, id: TypeId) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for found in elements(operator, id) {
        if !matches!(found.particle.kind, ParticleKind::Wildcard) && !names.contains(&found.particle.name.as_str()) {
            names.push(&found.particle.name);
        }
    }
    names
}

/// Returns `true` if the content is free.
pub(crate) fn is_free(operator: &Operator, id: TypeId) -> bool {
    matches!(operator.ty(id).content, Content::Any)
}

/// Returns the name of the built-in type at the bottom of a simple type; `string` for a list or a union.
pub(crate) fn built_in(operator: &Operator, id: SimpleTypeId) -> &str {
    match &operator.simple_type(id).base {
        Base::BuiltIn(name) => name,
        Base::Union(_) | Base::List(_) => "string",
    }
}

/// Returns the words that are most like `wanted`.
pub(crate) fn similar<'a>(wanted: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut rated: Vec<(f64, &str)> = words
        .into_iter()
        .map(|word| (jaro_winkler(&wanted.to_lowercase(), &word.to_lowercase()), word))
        .filter(|(rating, _)| *rating > 0.8)
        .collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0));
    rated.into_iter().take(3).map(|(_, word)| word).collect()
}

/// Returns `; did you mean …?`, or nothing if no word is similar.
pub(crate) fn suggestion<'a>(wanted: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    match similar(wanted, words).as_slice() {
        [] => String::new(),
        similar => format!("; did you mean `{}`?", similar.join("` or `")),
    }
}

/// Reads the description of the operation that an argument such as `customer.del` names.
///
/// # Errors
/// A message with suggestions if there is no such operation.
pub(crate) fn operation_named(name: &str) -> Result<(Operator, String), String> {
    let name = name.replace('/', ".");
    let (operator_name, path) = name.split_once('.').ok_or_else(|| {
        format!("`{name}` names no operation; write OPERATOR.OPERATION, such as `customer.get`{}", suggest(&name))
    })?;
    let operator = plesk_model::operator(operator_name)
        .ok_or_else(|| format!("there is no operator `{operator_name}`{}", suggest(&name)))?;
    if operator.operation(path).is_none() {
        let own: Vec<String> = operator.operations.iter().map(|it| it.path.replace('/', ".")).collect();
        let similar = suggestion(path, own.iter().map(String::as_str));
        return Err(format!("`{operator_name}` has no operation `{path}`{similar}\nIt has: {}", own.join(", ")));
    }
    let path = path.replace('.', "/");
    Ok((operator, path))
}

/// Suggests operations that are like `name`, whatever the operator.
pub(crate) fn suggest(name: &str) -> String {
    let index = plesk_model::index();
    let operators: Vec<&str> = index.operators.iter().map(|operator| operator.name.as_str()).collect();
    let (wanted, operation) = name.split_once('.').unwrap_or((name, ""));
    let full: Vec<String> = similar(wanted, operators.iter().copied())
        .into_iter()
        .map(|operator| if operation.is_empty() { operator.to_owned() } else { format!("{operator}.{operation}") })
        .collect();
    match full.as_slice() {
        [] => format!("\nThe operators are: {}", operators.join(", ")),
        full => format!("; did you mean `{}`?", full.join("` or `")),
    }
}

/// An operation in a packet.
pub(crate) struct InPacket<'p> {
    pub(crate) operator: Operator,
    pub(crate) path: String,
    pub(crate) element: &'p Element,
}

impl InPacket<'_> {
    pub(crate) fn operation(&self) -> Option<&Operation> {
        self.operator.operation(&self.path)
    }
}

/// Returns the operations of a packet that the protocol has, in their order.
pub(crate) fn operations_of(packet: &Element) -> Vec<InPacket<'_>> {
    let mut found = Vec::new();
    for element in packet.children() {
        let Some(operator) = plesk_model::operator(&element.name) else { continue };
        for operation in element.children() {
            if operator.operation(&operation.name).is_some() {
                found.push(InPacket { operator: operator.clone(), path: operation.name.clone(), element: operation });
                continue;
            }
            for nested in operation.children() {
                let path = format!("{}/{}", operation.name, nested.name);
                if operator.operation(&path).is_some() {
                    found.push(InPacket { operator: operator.clone(), path, element: nested });
                }
            }
        }
    }
    found
}
