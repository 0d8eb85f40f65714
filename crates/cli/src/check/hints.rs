//! Hints on violations: more than the schema itself can say.

use plesk_model::{Operator, TypeId};
use plesk_wire::xml::{Violation, Violations};

use super::{parse, successors};
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
pub(crate) struct Hints {
    packet: Option<Element>,
    response: bool,
}

impl Hints {
    pub(crate) fn new(bytes: &[u8], response: bool, violations: &Violations) -> Self {
        Self { packet: parse(bytes, Some(violations)), response }
    }

    /// Returns what to do about a violation, if there is something better to say than the schema has.
    pub(crate) fn about(&self, violation: &Violation) -> Option<String> {
        let packet = self.packet.as_ref()?;
        let steps: Vec<Step<'_>> = violation.path.split('/').map(Step::parse).collect();
        let (unexpected, outer) = steps.split_last()?;
        match (violation.rule, outer) {
            ("unknown" | "order" | "choice", [_]) => {
                successors::operator(unexpected.name).map(|former| former.advice(&[])).or_else(|| {
                    let index = plesk_model::index();
                    let known: Vec<&str> = index.operators.iter().map(|operator| operator.name.as_str()).collect();
                    did_you_mean(unexpected.name, &known)
                })
            }
            ("unknown", [_, operator]) => unknown_operation(operator.name, unexpected.name),
            ("order", _) => missing(packet, &steps, &violation.expected),
            ("unknown", [_, ..]) => self.unknown_element(&steps),
            _ => None,
        }
    }

    /// Returns a hint on an element that its parent does not have.
    fn unknown_element(&self, steps: &[Step<'_>]) -> Option<String> {
        let (unexpected, outer) = steps.split_last()?;
        let parent = outer.last()?;
        let operator = plesk_model::operator(steps.get(1)?.name)?;
        let (root, depth) = operation_type(&operator, steps, self.response)?;
        let mut id = root;
        for step in outer.get(depth..)? {
            let Known::Type(inner) = find(&operator, id, step.name)?.content() else { return None };
            id = inner;
        }
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
            [] => None,
            [place] => Some(format!("it belongs in {place}, not in <{}>", parent.name)),
            [first, rest @ ..] if rest.len() < 3 => {
                Some(format!("it belongs in {first} or {}, not in <{}>", rest.join(" or "), parent.name))
            }
            _ => None,
        }
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

/// Returns a hint if the element that must come first is nowhere in the parent.
fn missing(packet: &Element, steps: &[Step<'_>], expected: &str) -> Option<String> {
    let (unexpected, outer) = steps.split_last()?;
    let mut parent = packet;
    for step in outer.get(1..)? {
        parent = parent.children().filter(|child| child.name == step.name).nth(step.index)?;
    }
    let required: Vec<&str> =
        expected.split('<').filter_map(|part| part.split_once('>')).map(|(name, _)| name).collect();
    let is_absent = required.iter().all(|name| parent.child(name).is_none());
    let listed = required.iter().map(|name| format!("<{name}>")).collect::<Vec<_>>().join(" or ");
    (is_absent && !required.is_empty())
        .then(|| format!("{listed} is missing in <{}>; it comes before <{}>", parent.name, unexpected.name))
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
