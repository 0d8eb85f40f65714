//! What there is to reach in the model, and what was reached.

use std::collections::{BTreeSet, HashMap};

use plesk_codegen::model::{Body, Kind, Member, MemberKind, Primitive, SimpleId, TypeId};

use crate::Direction;
use crate::protocol::Protocol;

/// Something that a packet can have: the outcome of one decision in making it.
///
/// A member is named by its type and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// An optional member is absent.
    Absent(TypeId, usize),
    /// A member stands as often as it must, or once.
    Present(TypeId, usize),
    /// A member stands more often than it must, and more than once.
    Several(TypeId, usize),
    /// An alternative is chosen.
    Branch(TypeId, usize),
    /// No alternative is chosen.
    NoBranch(TypeId),
    /// An element is `xsi:nil`, or is not though it might be.
    Nil(TypeId, usize, bool),
    /// An attribute is there, or is not though it might be.
    Attribute(TypeId, usize, bool),
    /// The optional body of an outcome is there, or is not.
    Body(TypeId, usize, bool),
    /// An optional member of the base of outcomes is there, or is not.
    Outcome(usize, bool),
    /// An element without a type holds this kind of content; a type of its own, or a member.
    Holds(TypeId, Option<usize>, Filling),
    /// A simple type has this example as its value.
    Example(SimpleId, usize),
}

/// What an element without a type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filling {
    /// Nothing.
    Nothing,
    /// A text.
    Text,
    /// Attributes, elements and text.
    Mixed,
}

impl Filling {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Text, Self::Mixed];
}

/// How often each point was reached, by direction.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    counts: HashMap<(Direction, Point), u32>,
}

impl Reached {
    /// How often `point` was reached.
    pub fn count(&self, direction: Direction, point: Point) -> u32 {
        self.counts.get(&(direction, point)).copied().unwrap_or(0)
    }

    /// Notes that `point` was reached.
    pub fn note(&mut self, direction: Direction, point: Point) {
        *self.counts.entry((direction, point)).or_default() += 1;
    }

    /// How many different points were reached.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether nothing was reached.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The points of `all` that were not reached.
    pub fn missed<'a>(&self, all: &'a BTreeSet<(Direction, Point)>) -> Vec<&'a (Direction, Point)> {
        all.iter().filter(|point| !self.counts.contains_key(point)).collect()
    }
}

/// All points of packets of one direction.
pub fn points(protocol: &Protocol, direction: Direction) -> BTreeSet<(Direction, Point)> {
    let mut types: Vec<TypeId> = protocol.root(direction).map(|root| root.ty).into_iter().collect();
    let mut seen: BTreeSet<TypeId> = types.iter().copied().collect();
    let mut points = BTreeSet::new();
    while let Some(id) = types.pop() {
        points.extend(own_points(protocol, id).into_iter().map(|point| (direction, point)));
        let members = protocol.model.types[id].members();
        types.extend(members.iter().filter_map(Member::ty).filter(|inner| seen.insert(*inner)));
    }
    points
}

/// The points of the type `id`, without those of the types in it.
pub fn own_points(protocol: &Protocol, id: TypeId) -> Vec<Point> {
    let ty = &protocol.model.types[id];
    let mut points = Vec::new();
    match &ty.kind {
        Kind::Untyped => points.extend(fillings(id, None)),
        Kind::Record(record) => {
            for (at, attribute) in record.attributes.iter().enumerate() {
                points.push(Point::Attribute(id, at, true));
                if !attribute.required {
                    points.push(Point::Attribute(id, at, false));
                }
                points.extend(examples(protocol, attribute.simple));
            }
            points.extend(record.text.into_iter().flat_map(|simple| examples(protocol, simple)));
        }
        Kind::Choice(choice) => {
            points.extend((0..choice.alternatives.len()).map(|at| Point::Branch(id, at)));
            if choice.may_be_empty {
                points.push(Point::NoBranch(id));
            }
        }
    }
    points.extend((0..ty.members().len()).flat_map(|at| own_points_of_member(protocol, id, at)));
    points
}

/// The points of one member of the type `id`.
pub fn own_points_of_member(protocol: &Protocol, id: TypeId, at: usize) -> Vec<Point> {
    let member = &protocol.model.types[id].members()[at];
    let mut points: Vec<Point> = occurrences(protocol, id, at, member).into_iter().map(|(point, _)| point).collect();
    match member.kind {
        MemberKind::Text { simple, nillable, .. } => {
            if nillable {
                points.extend([Point::Nil(id, at, false), Point::Nil(id, at, true)]);
            }
            points.extend(examples(protocol, simple));
        }
        MemberKind::Untyped(_) | MemberKind::Wildcard => points.extend(fillings(id, Some(at))),
        MemberKind::Outcome(body) => {
            if let Body::Optional(_) = body {
                points.extend([Point::Body(id, at, false), Point::Body(id, at, true)]);
            }
            for (at, member) in protocol.outcome.iter().enumerate() {
                if member.optional {
                    points.extend([Point::Outcome(at, false), Point::Outcome(at, true)]);
                }
                points.extend(examples(protocol, member.simple));
            }
        }
        MemberKind::Flag | MemberKind::Element(_) | MemberKind::Choice(_) | MemberKind::Group(_) => {}
    }
    points
}

fn fillings(id: TypeId, at: Option<usize>) -> [Point; 3] {
    Filling::ALL.map(|filling| Point::Holds(id, at, filling))
}

fn examples(protocol: &Protocol, simple: SimpleId) -> impl Iterator<Item = Point> {
    (0..protocol.examples[simple].len()).map(move |at| Point::Example(simple, at))
}

/// How often a member may stand, from the fewest to the most, and the point that each is.
pub fn occurrences(protocol: &Protocol, id: TypeId, at: usize, member: &Member) -> Vec<(Point, usize)> {
    // The model lets a wildcard go short that competes with others for its elements; the schemas do not.
    let competes = matches!(member.kind, MemberKind::Wildcard) && protocol.is_ambiguous(id);
    let min = if competes { member.occurs.min.max(1) } else { member.occurs.min };
    let max = member.occurs.max.unwrap_or(usize::MAX);
    let mut options = Vec::new();
    if min == 0 {
        options.push((Point::Absent(id, at), 0));
    }
    let least = min.max(1);
    options.push((Point::Present(id, at), least));
    if max > least {
        options.push((Point::Several(id, at), (least + 1).min(max)));
    }
    options
}

/// `point` in words.
pub fn describe(protocol: &Protocol, point: Point) -> String {
    let model = &protocol.model;
    let member = |id: TypeId, at: usize| {
        let ty = &model.types[id];
        format!("{}/{} in {}", ty.origin.path, ty.members()[at].name, ty.origin.file)
    };
    match point {
        Point::Absent(id, at) => format!("{} absent", member(id, at)),
        Point::Present(id, at) => format!("{} present", member(id, at)),
        Point::Several(id, at) => format!("{} several times", member(id, at)),
        Point::Branch(id, at) => format!("{} chosen", member(id, at)),
        Point::NoBranch(id) => format!("{} without a choice", model.types[id].origin),
        Point::Nil(id, at, nil) => format!("{} nil: {nil}", member(id, at)),
        Point::Attribute(id, at, there) => {
            let name = model.types[id].record().map_or("", |record| &record.attributes[at].name);
            format!("{}/@{name} present: {there}", model.types[id].origin)
        }
        Point::Body(id, at, there) => format!("the body of {} present: {there}", member(id, at)),
        Point::Outcome(at, there) => format!("{} of an outcome present: {there}", protocol.outcome[at].name),
        Point::Holds(id, None, filling) => format!("{} holding {filling:?}", model.types[id].origin),
        Point::Holds(id, Some(at), filling) => format!("{} holding {filling:?}", member(id, at)),
        Point::Example(id, at) => {
            let simple = &model.simples[id];
            let example = &protocol.examples[id][at];
            let built_in = match &simple.primitive {
                Primitive::BuiltIn(name) => name.as_str(),
                Primitive::Union(_) => "union",
                Primitive::List(_) => "list",
            };
            format!("{} ({built_in}), {}: {:?}", simple.origin, example.rule, example.text)
        }
    }
}
