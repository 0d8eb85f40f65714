//! Hints on violations: more than the schema itself can say.

use plesk_model::{Content, Operator, ParticleKind, TypeId};
use plesk_wire::xml::{Violation, Violations};

use super::{malformed, parse, successors};
use crate::schema::{self, Known, elements, find, names, similar};
use crate::xml::Element;

/// Words for the same thing in the names of operations.
const VERBS: [&[&str]; 4] = [
    &["del", "delete", "remove", "drop", "destroy"],
    &["add", "create", "new", "insert"],
    &["set", "update", "change", "modify", "edit"],
    &["get", "get_info", "list", "read", "show", "info", "find"],
];

/// An element is looked for in contents up to this depth.
const DEPTH: usize = 6;

/// The document that the violations are about.
pub(crate) struct Hints<'b> {
    bytes: &'b [u8],
    packet: Option<Element>,
    response: bool,
}

impl<'b> Hints<'b> {
    pub(crate) fn new(bytes: &'b [u8], response: bool, violations: &Violations) -> Self {
        Self { bytes, packet: parse(bytes, Some(violations)), response }
    }

    /// Returns what to do about a violation, if there is something better to say than the schema has.
    pub(crate) fn about(&self, violation: &Violation) -> Option<String> {
        if violation.rule == "xml" {
            return malformed::hint(self.bytes, violation).map(str::to_owned);
        }
        let packet = self.packet.as_ref()?;
        let steps: Vec<Step<'_>> = violation.path.split('/').map(Step::parse).collect();
        let (last, outer) = steps.split_last()?;
        match (violation.rule, outer) {
            ("unknown", []) => root(last.name, &violation.problem).map(str::to_owned),
            ("unknown" | "order" | "choice", [_]) => unknown_operator(last.name),
            ("unknown", [_, operator]) => unknown_operation(operator.name, last.name),
            ("order", [.., parent]) => {
                let missing = self.missing_before(violation)?;
                Some(format!("{missing} is missing in <{}>; add it before <{}>", parent.name, last.name))
            }
            ("unknown", [_, ..]) => self.unknown_element(&steps),
            ("attribute", [_, ..]) => self.unknown_attribute(packet, &steps),
            ("type", [_, ..]) => self.several_values(&steps, violation.value.as_deref()?),
            _ => None,
        }
    }

    /// Returns the operator and the type of the element that a path leads to, with the number of steps to its operation.
    fn type_of(&self, steps: &[Step<'_>]) -> Option<(Operator, TypeId, usize)> {
        let operator = plesk_model::operator(steps.get(1)?.name)?;
        let (mut id, depth) = operation_type(&operator, steps, self.response)?;
        for step in steps.get(depth..)? {
            let Known::Type(inner) = find(&operator, id, step.name)?.content() else { return None };
            id = inner;
        }
        Some((operator, id, depth))
    }

    /// Returns a hint on an element that its parent does not have.
    fn unknown_element(&self, steps: &[Step<'_>]) -> Option<String> {
        let (unexpected, outer) = steps.split_last()?;
        let parent = outer.last()?;
        let (operator, id, depth) = self.type_of(outer)?;
        let (root, _) = operation_type(&operator, outer, self.response)?;
        let expected = names(&operator, id);
        if let Some(former) = successors::element(unexpected.name, &expected) {
            return Some(former.advice(&expected));
        }
        // The schema has a better word for a similar name.
        if !similar(unexpected.name, expected.iter().copied()).is_empty() {
            return None;
        }
        let mut places = Vec::new();
        let operation = steps[1..depth].iter().map(|step| step.name).collect::<Vec<_>>().join("/");
        find_places(&operator, root, unexpected.name, &operation, DEPTH, &mut places);
        match places.as_slice() {
            [] => pair_in(&operator, id).map(|pair| {
                let name = unexpected.name;
                format!("write it as <{pair}><name>{name}</name><value>…</value></{pair}>")
            }),
            [place] => Some(format!("it belongs in {place}, not in <{}>", parent.name)),
            [first, rest @ ..] if rest.len() < 3 => {
                Some(format!("it belongs in {first} or {}, not in <{}>", rest.join(" or "), parent.name))
            }
            _ => None,
        }
    }

    /// Returns a hint on attributes that are elements in the schema.
    fn unknown_attribute(&self, packet: &Element, steps: &[Step<'_>]) -> Option<String> {
        let (operator, id, _) = self.type_of(steps)?;
        let known = names(&operator, id);
        let element = element_at(packet, steps)?;
        let (name, _) = element.attributes.iter().find(|(name, _)| known.contains(&name.as_str()))?;
        Some(format!("write it as an element: <{}><{name}>…</{name}></{}>", element.name, element.name))
    }

    /// Returns a hint on a value with commas, where there may be several elements.
    fn several_values(&self, steps: &[Step<'_>], value: &str) -> Option<String> {
        let (last, outer) = steps.split_last().filter(|_| value.contains(','))?;
        let (operator, id, _) = self.type_of(outer)?;
        let may_repeat = find(&operator, id, last.name)?.max != Some(1);
        may_repeat.then(|| format!("write one <{}> for each value", last.name))
    }

    /// Returns the element that must come before an unexpected one, if it is nowhere in the parent.
    pub(crate) fn missing_before(&self, violation: &Violation) -> Option<String> {
        let steps: Vec<Step<'_>> = violation.path.split('/').map(Step::parse).collect();
        let (_, outer) = steps.split_last().filter(|_| violation.rule == "order")?;
        let parent = element_at(self.packet.as_ref()?, outer)?;
        let expected = violation.expected.split('<').filter_map(|part| part.split_once('>')).map(|(name, _)| name);
        let (operator, id, _) = self.type_of(outer)?;
        let content = &operator.ty(id).content;
        // What is optional is not missing.
        let is_required = |name: &str| {
            content.particles().iter().filter(|particle| particle.min > 0).any(|particle| match particle.kind {
                ParticleKind::Choice(inner) => {
                    let is_optional = matches!(operator.ty(inner).content, Content::OptionalChoice(_));
                    !is_optional && names(&operator, inner).contains(&name)
                }
                _ => particle.name == name,
            })
        };
        let candidates: Vec<&str> = expected.filter(|name| is_required(name)).collect();
        if candidates.is_empty() || candidates.iter().any(|name| parent.child(name).is_some()) {
            return None;
        }
        Some(candidates.iter().map(|name| format!("<{name}>")).collect::<Vec<_>>().join(" or "))
    }
}

/// A step of a path: `del[2]`.
#[derive(Clone, Copy)]
struct Step<'a> {
    name: &'a str,
    /// Counted from 0.
    index: usize,
}

impl<'a> Step<'a> {
    fn parse(text: &'a str) -> Self {
        match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
            Some((name, number)) => Self { name, index: number.parse::<usize>().unwrap_or(1).saturating_sub(1) },
            None => Self { name: text, index: 0 },
        }
    }
}

/// Returns the type of the operation that a path leads to, and the number of steps to it.
fn operation_type(operator: &Operator, steps: &[Step<'_>], response: bool) -> Option<(TypeId, usize)> {
    (3..=steps.len()).find_map(|depth| {
        let path = steps[2..depth].iter().map(|step| step.name).collect::<Vec<_>>().join("/");
        let operation = operator.operation(&path)?;
        Some((if response { operation.reply } else { operation.request }, depth))
    })
}

/// Returns a hint on another root element.
fn root(name: &str, problem: &str) -> Option<&'static str> {
    match name {
        // Its name is right, but it has a namespace.
        "packet" => None,
        _ if problem.contains("namespace") => None,
        "html" => Some("this is a page for a browser, not a packet"),
        _ => Some("rename it"),
    }
}

fn unknown_operator(name: &str) -> Option<String> {
    if let Some(former) = successors::operator(name) {
        return Some(former.advice(&[]));
    }
    let index = plesk_model::index();
    let known: Vec<&str> = index.operators.iter().map(|operator| operator.name.as_str()).collect();
    did_you_mean(name, &known).or_else(|| {
        let mut operators = index.operators.iter().filter(|it| it.operations.iter().any(|it| it.path == name));
        let example = operators.next()?;
        Some(format!("it is an operation; write it inside of its operator, such as <{}>", example.name))
    })
}

fn unknown_operation(operator: &str, name: &str) -> Option<String> {
    if let Some(former) = successors::operation(operator, name) {
        return Some(former.advice(&[]));
    }
    let operator = plesk_model::operator(operator)?;
    let known: Vec<&str> = operator.operations.iter().map(|operation| operation.path.as_str()).collect();
    let group = VERBS.iter().find(|group| group.contains(&name));
    let of_group = group.into_iter().flat_map(|group| known.iter().copied().filter(|name| group.contains(name)));
    let first = of_group.map(|name| format!("did you mean <{name}>?")).next();
    first.or_else(|| did_you_mean(name, &known))
}

fn did_you_mean(name: &str, known: &[&str]) -> Option<String> {
    match similar(name, known.iter().copied()).as_slice() {
        [] => None,
        similar => Some(format!("did you mean <{}>?", similar.join("> or <"))),
    }
}

/// Returns the element that a path leads to.
fn element_at<'e>(packet: &'e Element, steps: &[Step<'_>]) -> Option<&'e Element> {
    steps
        .get(1..)?
        .iter()
        .try_fold(packet, |parent, step| parent.children().filter(|child| child.name == step.name).nth(step.index))
}

/// Returns the element of a content that pairs a name with a value, such as `property`.
fn pair_in(operator: &Operator, id: TypeId) -> Option<&str> {
    let is_pair = |particle: &&plesk_model::Particle| match particle.kind {
        ParticleKind::Element(inner) => names(operator, inner) == ["name", "value"],
        _ => false,
    };
    elements(operator, id).into_iter().map(|found| found.particle).find(is_pair).map(|pair| pair.name.as_str())
}

/// Collects the contents in which an element may occur.
fn find_places(operator: &Operator, id: TypeId, name: &str, path: &str, depth: usize, places: &mut Vec<String>) {
    if depth == 0 {
        return;
    }
    for found in elements(operator, id) {
        let particle = found.particle;
        if particle.name == name && !schema::is_free(operator, id) {
            let place = format!("<{}>", path.rsplit('/').next().unwrap_or(path));
            if !places.contains(&place) {
                places.push(place);
            }
        }
        if let Known::Type(inner) = found.content() {
            find_places(operator, inner, name, &format!("{path}/{}", particle.name), depth - 1, places);
        }
    }
}
