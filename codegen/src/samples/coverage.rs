//! Coverage of the model: goals that generated packets should reach, and how often they reached each.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Body, Kind, Member, MemberKind, Primitive, SimpleId, TypeId};

use super::direction::Direction;
use super::protocol::Protocol;

/// A coverage goal: one possible result of one decision in generating a packet.
///
/// A member is identified by its type and its index in that type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Goal {
    /// An optional member is absent.
    Absent(TypeId, usize),
    /// A member occurs as often as it must, but at least once.
    Present(TypeId, usize),
    /// A member occurs more often than it must, and more than once.
    Repeated(TypeId, usize),
    /// An alternative is chosen.
    Alternative(TypeId, usize),
    /// No alternative is chosen.
    NoAlternative(TypeId),
    /// A nillable element is `xsi:nil`, or is not.
    Nil(TypeId, usize, bool),
    /// An attribute is present, or is absent though it is allowed.
    Attribute(TypeId, usize, bool),
    /// The optional body of an outcome is present, or is absent.
    OutcomeBody(TypeId, usize, bool),
    /// An optional element that every outcome starts with is present, or is absent.
    OutcomeMember(usize, bool),
    /// An element without a type has content of this kind. Without an index, the type itself has none.
    FreeContent(TypeId, Option<usize>, FreeContent),
    /// A simple type has this example as its value.
    Example(SimpleId, usize),
}

/// A kind of content of an element without a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FreeContent {
    /// Nothing.
    Empty,
    /// A text.
    Text,
    /// Attributes, elements and text.
    Mixed,
}

impl FreeContent {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Empty, Self::Text, Self::Mixed];
}

/// The number of times that each goal was reached, by direction.
#[derive(Clone, Debug, Default)]
pub struct GoalCounts {
    counts: HashMap<(Direction, Goal), u32>,
}

impl GoalCounts {
    /// Returns how often `goal` was reached.
    pub fn count(&self, direction: Direction, goal: Goal) -> u32 {
        self.counts.get(&(direction, goal)).copied().unwrap_or(0)
    }

    /// Records that `goal` was reached once more.
    pub fn record(&mut self, direction: Direction, goal: Goal) {
        *self.counts.entry((direction, goal)).or_default() += 1;
    }

    /// Returns how many different goals were reached.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Returns `true` if no goal was reached.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Returns the goals of `all` that were not reached.
    pub fn missed<'a>(&self, all: &'a BTreeSet<(Direction, Goal)>) -> Vec<&'a (Direction, Goal)> {
        all.iter().filter(|goal| !self.counts.contains_key(goal)).collect()
    }
}

/// Returns all goals of the packets of one direction.
pub fn all_goals(protocol: &Protocol, direction: Direction) -> BTreeSet<(Direction, Goal)> {
    let mut types: Vec<TypeId> = protocol.root(direction).map(|root| root.ty).into_iter().collect();
    let mut seen: BTreeSet<TypeId> = types.iter().copied().collect();
    let mut goals = BTreeSet::new();
    while let Some(id) = types.pop() {
        goals.extend(type_goals(protocol, id).into_iter().map(|goal| (direction, goal)));
        let members = protocol.model.types[id].members();
        types.extend(members.iter().filter_map(Member::ty).filter(|inner| seen.insert(*inner)));
    }
    goals
}

/// Returns the goals of the type `id`, without those of the types of its members.
pub fn type_goals(protocol: &Protocol, id: TypeId) -> Vec<Goal> {
    let ty = &protocol.model.types[id];
    let mut goals = Vec::new();
    match &ty.kind {
        Kind::Untyped => goals.extend(free_content_goals(id, None)),
        Kind::Record(record) => {
            for (index, attribute) in record.attributes.iter().enumerate() {
                goals.push(Goal::Attribute(id, index, true));
                if !attribute.required {
                    goals.push(Goal::Attribute(id, index, false));
                }
                goals.extend(example_goals(protocol, attribute.simple));
            }
            goals.extend(record.text.into_iter().flat_map(|simple| example_goals(protocol, simple)));
        }
        Kind::Choice(choice) => {
            goals.extend((0..choice.alternatives.len()).map(|index| Goal::Alternative(id, index)));
            if choice.may_be_empty {
                goals.push(Goal::NoAlternative(id));
            }
        }
    }
    goals.extend((0..ty.members().len()).flat_map(|index| member_goals(protocol, id, index)));
    goals
}

/// Returns the goals of one member of the type `id`.
pub fn member_goals(protocol: &Protocol, id: TypeId, index: usize) -> Vec<Goal> {
    let member = &protocol.model.types[id].members()[index];
    let mut goals: Vec<Goal> = occurrences(protocol, id, index, member).into_iter().map(|(goal, _)| goal).collect();
    match member.kind {
        MemberKind::Text { simple, nillable, .. } => {
            if nillable {
                goals.extend([Goal::Nil(id, index, false), Goal::Nil(id, index, true)]);
            }
            goals.extend(example_goals(protocol, simple));
        }
        MemberKind::Untyped(_) | MemberKind::Wildcard => goals.extend(free_content_goals(id, Some(index))),
        MemberKind::Outcome(body) => {
            if let Body::Optional(_) = body {
                goals.extend([Goal::OutcomeBody(id, index, false), Goal::OutcomeBody(id, index, true)]);
            }
            for (index, member) in protocol.outcome.iter().enumerate() {
                if member.optional {
                    goals.extend([Goal::OutcomeMember(index, false), Goal::OutcomeMember(index, true)]);
                }
                goals.extend(example_goals(protocol, member.simple));
            }
        }
        MemberKind::Flag | MemberKind::Element(_) | MemberKind::Choice(_) | MemberKind::Group(_) => {}
    }
    goals
}

fn free_content_goals(id: TypeId, index: Option<usize>) -> [Goal; 3] {
    FreeContent::ALL.map(|kind| Goal::FreeContent(id, index, kind))
}

fn example_goals(protocol: &Protocol, simple: SimpleId) -> impl Iterator<Item = Goal> {
    (0..protocol.examples[simple].len()).map(move |index| Goal::Example(simple, index))
}

/// Returns how often a member may occur, from the fewest to the most, each with the goal that it reaches.
pub fn occurrences(protocol: &Protocol, id: TypeId, index: usize, member: &Member) -> Vec<(Goal, usize)> {
    // In ambiguous content the model also allows a wildcard to be absent, because another member may take its elements.
    // The schemas do not allow that.
    let competes = matches!(member.kind, MemberKind::Wildcard) && protocol.is_ambiguous(id);
    let min = if competes { member.occurs.min.max(1) } else { member.occurs.min };
    let max = member.occurs.max.unwrap_or(usize::MAX);
    let mut options = Vec::new();
    if min == 0 {
        options.push((Goal::Absent(id, index), 0));
    }
    let least = min.max(1);
    options.push((Goal::Present(id, index), least));
    if max > least {
        options.push((Goal::Repeated(id, index), (least + 1).min(max)));
    }
    options
}

/// Describes `goal` in words.
pub fn describe(protocol: &Protocol, goal: Goal) -> String {
    let model = &protocol.model;
    let member = |id: TypeId, index: usize| {
        let ty = &model.types[id];
        format!("{}/{} in {}", ty.origin.path, ty.members()[index].name, ty.origin.file)
    };
    match goal {
        Goal::Absent(id, index) => format!("{} absent", member(id, index)),
        Goal::Present(id, index) => format!("{} present", member(id, index)),
        Goal::Repeated(id, index) => format!("{} repeated", member(id, index)),
        Goal::Alternative(id, index) => format!("{} chosen", member(id, index)),
        Goal::NoAlternative(id) => format!("{} without an alternative", model.types[id].origin),
        Goal::Nil(id, index, nil) => format!("{} nil: {nil}", member(id, index)),
        Goal::Attribute(id, index, present) => {
            let name = model.types[id].record().map_or("", |record| &record.attributes[index].name);
            format!("{}/@{name} present: {present}", model.types[id].origin)
        }
        Goal::OutcomeBody(id, index, present) => format!("the body of {} present: {present}", member(id, index)),
        Goal::OutcomeMember(index, present) => {
            format!("{} of an outcome present: {present}", protocol.outcome[index].name)
        }
        Goal::FreeContent(id, None, kind) => format!("{} with free content: {kind:?}", model.types[id].origin),
        Goal::FreeContent(id, Some(index), kind) => format!("{} with free content: {kind:?}", member(id, index)),
        Goal::Example(id, index) => {
            let simple = &model.simples[id];
            let example = &protocol.examples[id][index];
            let built_in = match &simple.primitive {
                Primitive::BuiltIn(name) => name.as_str(),
                Primitive::Union(_) => "union",
                Primitive::List(_) => "list",
            };
            format!("{} ({built_in}), {}: {:?}", simple.origin, example.rule, example.text)
        }
    }
}
