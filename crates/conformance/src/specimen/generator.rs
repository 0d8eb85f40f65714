//! Walks the model from the root element and writes down what the decisions on the way make of it.

use plesk_codegen::model::{Body, Kind, Member, MemberKind, Record, Role, SimpleId, TypeId};

use super::style::{Decision, Situation, Style};
use super::wanted::{Wanted, scope, ways};
use crate::Direction;
use crate::coverage::{Filling, Point, Reached, occurrences};
use crate::protocol::Protocol;
use crate::tree::{Attribute, Element, Node};
use crate::value;

/// A type may stand in itself this often, where the schema leaves a choice.
const RECURSION: usize = 2;

/// Makes packets of one direction.
#[derive(Debug)]
pub struct Generator<'p> {
    protocol: &'p Protocol,
    direction: Direction,
    /// How it decides.
    pub style: Style,
    /// For each type, whether it is on the way to the operation that was asked for last.
    ways: Vec<bool>,
    /// Whether the operation that is asked for is still to come.
    on_the_way: bool,
    /// Where something new is, for styles that look for it.
    wanted: Wanted,
    /// The operation that `scope` is of, and the types in it.
    scope: (Option<TypeId>, Vec<TypeId>),
    /// The types that are open.
    open: Vec<TypeId>,
}

impl<'p> Generator<'p> {
    /// A generator of packets of one direction.
    pub fn new(protocol: &'p Protocol, direction: Direction, style: Style) -> Self {
        let scope = protocol.root(direction).map_or(Vec::new(), |root| scope(protocol, root.ty));
        let wanted = Wanted::default();
        Self {
            protocol,
            direction,
            style,
            ways: Vec::new(),
            on_the_way: false,
            wanted,
            scope: (None, scope),
            open: Vec::new(),
        }
    }

    /// A packet; with `operation`, one that holds this operation, of the type of its request or answer, and no other.
    pub fn packet(&mut self, operation: Option<TypeId>, reached: &mut Reached) -> Element {
        let Some(root) = self.protocol.root(self.direction) else { return Element::default() };
        if self.scope.0 != operation {
            self.scope = (operation, scope(self.protocol, operation.unwrap_or(root.ty)));
            self.ways = operation.map_or(Vec::new(), |target| ways(self.protocol, target));
        }
        if let Style::Covering = self.style {
            self.wanted = Wanted::of(self.protocol, self.direction, reached, &self.scope.1);
        }
        self.on_the_way = operation.is_some();
        let mut packet = Element::new(&root.name);
        self.content(root.ty, &mut packet, reached);
        packet
    }

    fn pick(&mut self, decision: Decision, options: &[Point], reached: &mut Reached) -> usize {
        let Self { protocol, direction, ref wanted, ref open, .. } = *self;
        let at =
            self.style.pick(decision, options, &Situation { protocol, direction, reached, wanted, depth: open.len() });
        if let Some(point) = options.get(at) {
            reached.note(self.direction, *point);
        }
        at
    }

    fn pick_bool(&mut self, point: impl Fn(bool) -> Point, reached: &mut Reached) -> bool {
        self.pick(Decision::Amount, &[point(false), point(true)], reached) == 1
    }

    fn text(&mut self, simple: SimpleId, reached: &mut Reached) -> String {
        let examples = &self.protocol.examples[simple];
        if let Style::Random(rng) = &mut self.style
            && rng.bool()
        {
            return value::random(&self.protocol.model, simple, examples, rng);
        }
        let options: Vec<Point> = (0..examples.len()).map(|at| Point::Example(simple, at)).collect();
        let at = self.pick(Decision::Kind, &options, reached);
        examples.get(at).map_or_else(String::new, |example| example.text.clone())
    }

    /// Whether `id` is on the way to the operation that is asked for, which was not met yet.
    fn leads(&self, id: Option<TypeId>) -> bool {
        self.on_the_way && id.is_some_and(|id| self.ways.get(id) == Some(&true))
    }

    /// Whether `id` stands in itself too often to go on with it.
    fn recurs(&self, id: Option<TypeId>) -> bool {
        let limit = if matches!(self.style, Style::Minimal) { 1 } else { RECURSION };
        id.is_some_and(|id| self.open.iter().filter(|open| **open == id).count() >= limit)
    }

    fn content(&mut self, id: TypeId, element: &mut Element, reached: &mut Reached) {
        let ty = &self.protocol.model.types[id];
        if matches!(ty.role, Role::Request { .. } | Role::Answer { .. }) {
            self.on_the_way = false;
        }
        self.open.push(id);
        element.holds = Some(id);
        match &ty.kind {
            Kind::Untyped => self.filling(id, None, element, reached),
            Kind::Choice(_) => self.choice(id, &mut element.content, reached),
            Kind::Record(record) => {
                if record.outcome {
                    self.outcome_base(&mut element.content, reached);
                }
                self.record(id, record, element, reached);
            }
        }
        self.open.pop();
    }

    fn record(&mut self, id: TypeId, record: &Record, element: &mut Element, reached: &mut Reached) {
        for (at, attribute) in record.attributes.iter().enumerate() {
            let there = match attribute.required {
                true => self.pick(Decision::Amount, &[Point::Attribute(id, at, true)], reached) == 0,
                false => self.pick_bool(|there| Point::Attribute(id, at, there), reached),
            };
            if there {
                let value = self.text(attribute.simple, reached);
                let (name, simple) = (attribute.name.clone(), Some(attribute.simple));
                element.attributes.push(Attribute { name, value, simple });
            }
        }
        if let Some(simple) = record.text {
            let text = self.text(simple, reached);
            element.content.push(Node::Text { text, simple: Some(simple) });
        }
        element.any_order |= record.any_order;
        if let ([Member { kind: MemberKind::Outcome(body), .. }], true) = (record.members.as_slice(), record.is_result)
        {
            reached.note(self.direction, Point::Present(id, 0));
            self.outcome(id, 0, *body, element, reached);
            return;
        }
        self.members(id, &mut element.content, reached);
    }

    fn members(&mut self, id: TypeId, out: &mut Vec<Node>, reached: &mut Reached) {
        for at in 0..self.protocol.model.types[id].members().len() {
            self.member(id, at, out, reached);
        }
    }

    /// A member, as often as is decided.
    fn member(&mut self, id: TypeId, at: usize, out: &mut Vec<Node>, reached: &mut Reached) {
        let member = &self.protocol.model.types[id].members()[at];
        let mut options = occurrences(self.protocol, id, at, member);
        if self.leads(member.ty()) {
            options.retain(|(point, _)| matches!(point, Point::Present(..)));
        } else if self.recurs(member.ty()) {
            options.truncate(1);
        }
        let points: Vec<Point> = options.iter().map(|(point, _)| *point).collect();
        let chosen = self.pick(Decision::Amount, &points, reached);
        let mut times = options.get(chosen).map_or(0, |(_, times)| *times);
        if let (Some(Point::Several(..)), Style::Random(rng)) = (points.get(chosen), &mut self.style) {
            times = (times + rng.usize(..3)).min(member.occurs.max.unwrap_or(usize::MAX));
        }
        for _ in 0..times {
            self.one(id, at, member, out, reached);
        }
    }

    /// A member, once.
    fn one(&mut self, id: TypeId, at: usize, member: &Member, out: &mut Vec<Node>, reached: &mut Reached) {
        let mut element = Element::new(&member.name);
        match member.kind {
            MemberKind::Text { simple, nillable, .. } => {
                if nillable && self.pick_bool(|nil| Point::Nil(id, at, nil), reached) {
                    element.attributes = nil();
                } else {
                    let text = self.text(simple, reached);
                    element.content.push(Node::Text { text, simple: Some(simple) });
                }
            }
            MemberKind::Flag => {}
            MemberKind::Element(inner) => self.content(inner, &mut element, reached),
            MemberKind::Untyped(_) => self.filling(id, Some(at), &mut element, reached),
            MemberKind::Wildcard => {
                element = Element::new("novelty");
                self.filling(id, Some(at), &mut element, reached);
            }
            MemberKind::Outcome(body) => self.outcome(id, at, body, &mut element, reached),
            MemberKind::Choice(inner) => return self.part(inner, out, reached, Self::choice),
            MemberKind::Group(inner) => return self.part(inner, out, reached, Self::members),
        }
        out.push(Node::Element(element));
    }

    /// A choice or group without an element of its own.
    fn part(
        &mut self,
        id: TypeId,
        out: &mut Vec<Node>,
        reached: &mut Reached,
        make: fn(&mut Self, TypeId, &mut Vec<Node>, &mut Reached),
    ) {
        self.open.push(id);
        make(self, id, out, reached);
        self.open.pop();
    }

    fn choice(&mut self, id: TypeId, out: &mut Vec<Node>, reached: &mut Reached) {
        let Kind::Choice(choice) = &self.protocol.model.types[id].kind else { return };
        let alternatives = || 0..choice.alternatives.len();
        let leading: Vec<usize> = alternatives().filter(|at| self.leads(choice.alternatives[*at].ty())).collect();
        let finite: Vec<usize> = alternatives().filter(|at| !self.recurs(choice.alternatives[*at].ty())).collect();
        let mut options: Vec<Point> = Vec::new();
        if leading.is_empty() && choice.may_be_empty {
            options.push(Point::NoBranch(id));
        }
        let eligible = if !leading.is_empty() {
            leading
        } else if finite.is_empty() {
            alternatives().collect()
        } else {
            finite
        };
        options.extend(eligible.iter().map(|at| Point::Branch(id, *at)));
        let decision = if self.is_minimal() { Decision::Amount } else { Decision::Kind };
        let chosen = self.pick(decision, &options, reached);
        if let Some(Point::Branch(_, at)) = options.get(chosen) {
            self.member(id, *at, out, reached);
        }
    }

    fn is_minimal(&self) -> bool {
        matches!(self.style, Style::Minimal)
    }

    fn outcome(&mut self, id: TypeId, at: usize, body: Body, element: &mut Element, reached: &mut Reached) {
        self.outcome_base(&mut element.content, reached);
        let inner = match body {
            Body::Nothing => None,
            Body::Record(inner) => Some(inner),
            Body::Optional(inner) => self.pick_bool(|there| Point::Body(id, at, there), reached).then_some(inner),
        };
        let Some(inner) = inner else { return };
        if let Kind::Record(record) = &self.protocol.model.types[inner].kind {
            self.open.push(inner);
            element.holds = Some(inner);
            self.record(inner, record, element, reached);
            self.open.pop();
        }
    }

    fn outcome_base(&mut self, out: &mut Vec<Node>, reached: &mut Reached) {
        for (at, member) in self.protocol.outcome.iter().enumerate() {
            if member.optional && !self.pick_bool(|there| Point::Outcome(at, there), reached) {
                continue;
            }
            let mut element = Element::new(member.name);
            let text = self.text(member.simple, reached);
            element.content.push(Node::Text { text, simple: Some(member.simple) });
            out.push(Node::Element(element));
        }
    }

    /// What an element without a type holds. No element here may be one that the schemas declare: it would have to be
    /// valid as such.
    fn filling(&mut self, id: TypeId, at: Option<usize>, element: &mut Element, reached: &mut Reached) {
        let options = Filling::ALL.map(|filling| Point::Holds(id, at, filling));
        let chosen = self.pick(Decision::Amount, &options, reached);
        let text = |text: &str| Node::Text { text: text.to_owned(), simple: None };
        let attribute = |name: &str| Attribute { name: name.to_owned(), value: "<&\"'\n>".to_owned(), simple: None };
        match Filling::ALL.get(chosen) {
            Some(Filling::Text) => element.content.push(text("a <text> & more\r\n")),
            Some(Filling::Mixed) => {
                let inner = Element { content: vec![text("within")], ..Element::new("novelty") };
                let empty = Element { attributes: vec![attribute("b")], ..Element::new("empty") };
                element.attributes.push(attribute("a"));
                element.content.extend([text("before "), Node::Element(inner), Node::Element(empty), text(" after")]);
            }
            Some(Filling::Nothing) | None => {}
        }
    }
}

/// The attributes of an element that is nil.
pub(crate) fn nil() -> Vec<Attribute> {
    [("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("xsi:nil", "true")]
        .map(|(name, value)| Attribute { name: name.to_owned(), value: value.to_owned(), simple: None })
        .to_vec()
}
