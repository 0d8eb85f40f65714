//! Generates packets: walks the model from the root element, and lets a strategy decide at each choice.

use crate::model::{Body, Kind, Member, MemberKind, Record, Role, SimpleId, TypeId, Untyped};

use super::coverage::{FreeContent, Goal, GoalCounts, occurrences};
use super::direction::Direction;
use super::element::{Attribute, Element, Node};
use super::protocol::Protocol;
use super::strategy::{Decision, Situation, Strategy};
use super::unreached::{Unreached, leads_to, types_within};
use super::value;

/// How often a type may be nested in itself where the schema leaves a choice.
const RECURSION: usize = 2;

/// A generator of packets of one direction.
#[derive(Debug)]
pub struct Generator<'p> {
    protocol: &'p Protocol,
    direction: Direction,
    /// How it decides.
    pub strategy: Strategy,
    /// For each type, whether it leads to the requested operation.
    leads_to_operation: Vec<bool>,
    /// Whether the requested operation is still to be generated.
    is_pending: bool,
    /// The types with unreached goals, for strategies that look for them.
    unreached: Unreached,
    /// The requested operation, and the types in it.
    scope: (Option<TypeId>, Vec<TypeId>),
    /// The types whose content is being generated.
    open: Vec<TypeId>,
}

impl<'p> Generator<'p> {
    /// Creates a generator of packets of one direction.
    pub fn new(protocol: &'p Protocol, direction: Direction, strategy: Strategy) -> Self {
        let scope = protocol.root(direction).map_or(Vec::new(), |root| types_within(protocol, root.ty));
        Self {
            protocol,
            direction,
            strategy,
            leads_to_operation: Vec::new(),
            is_pending: false,
            unreached: Unreached::default(),
            scope: (None, scope),
            open: Vec::new(),
        }
    }

    /// Generates a packet. With `operation`, the type of a request or a reply, it contains this operation and no other.
    pub fn packet(&mut self, operation: Option<TypeId>, counts: &mut GoalCounts) -> Element {
        let Some(root) = self.protocol.root(self.direction) else { return Element::default() };
        if self.scope.0 != operation {
            self.scope = (operation, types_within(self.protocol, operation.unwrap_or(root.ty)));
            self.leads_to_operation = operation.map_or(Vec::new(), |target| leads_to(self.protocol, target));
        }
        if let Strategy::Covering = self.strategy {
            self.unreached = Unreached::find(self.protocol, self.direction, counts, &self.scope.1);
        }
        self.is_pending = operation.is_some();
        let mut packet = Element::new(&root.name);
        self.content(root.ty, &mut packet, counts);
        packet
    }

    /// Takes one of `options`, records that it is reached, and returns its index.
    fn pick(&mut self, decision: Decision, options: &[Goal], counts: &mut GoalCounts) -> usize {
        let Self { protocol, direction, ref unreached, ref open, .. } = *self;
        let situation = Situation { protocol, direction, counts, unreached, depth: open.len() };
        let index = match self.strategy {
            // An example shows the operation, and of the packet around it only what is required.
            Strategy::Example { .. } if !open.iter().any(|id| is_operation(&protocol.model.types[*id].role)) => {
                Strategy::Example { full: false }.pick(decision, options, &situation)
            }
            _ => self.strategy.pick(decision, options, &situation),
        };
        if let Some(goal) = options.get(index) {
            counts.record(self.direction, *goal);
        }
        index
    }

    fn pick_bool(&mut self, goal: impl Fn(bool) -> Goal, counts: &mut GoalCounts) -> bool {
        self.pick(Decision::Amount, &[goal(false), goal(true)], counts) == 1
    }

    /// Returns a value for the element or attribute `name` of the type `owner`.
    fn text(&mut self, owner: Option<TypeId>, name: &str, simple: SimpleId, counts: &mut GoalCounts) -> String {
        let examples = &self.protocol.examples[simple];
        if self.is_example() {
            return self.example_value(owner, name, simple);
        }
        if let Strategy::Random(rng) = &mut self.strategy
            && rng.bool()
        {
            return value::random(&self.protocol.model, simple, examples, rng);
        }
        let options: Vec<Goal> = (0..examples.len()).map(|index| Goal::Example(simple, index)).collect();
        let index = self.pick(Decision::Alternative, &options, counts);
        examples.get(index).map_or_else(String::new, |example| example.text.clone())
    }

    /// Returns the value of the configuration for `name`, or else the simplest value that says something.
    fn example_value(&self, owner: Option<TypeId>, name: &str, simple: SimpleId) -> String {
        let Protocol { model, config, examples, .. } = self.protocol;
        value::telling_example((model, config), (owner, name), simple, &examples[simple])
    }

    /// Returns `true` if `id` leads to the requested operation, and that is still to be generated.
    fn leads(&self, id: Option<TypeId>) -> bool {
        self.is_pending && id.is_some_and(|id| self.leads_to_operation.get(id) == Some(&true))
    }

    /// Returns `true` if `id` is nested in itself too often to be nested once more.
    fn is_too_deep(&self, id: Option<TypeId>) -> bool {
        let limit = if self.is_minimal() || self.is_example() { 1 } else { RECURSION };
        id.is_some_and(|id| self.open.iter().filter(|open| **open == id).count() >= limit)
    }

    fn content(&mut self, id: TypeId, element: &mut Element, counts: &mut GoalCounts) {
        let ty = &self.protocol.model.types[id];
        if is_operation(&ty.role) {
            self.is_pending = false;
        }
        self.open.push(id);
        element.content_type = Some(id);
        match &ty.kind {
            Kind::Untyped => self.free_content(id, None, element, counts),
            Kind::Choice(_) => self.choice(id, &mut element.content, counts),
            Kind::Record(record) => {
                if record.outcome {
                    self.outcome_base(&mut element.content, counts);
                }
                self.record(id, record, element, counts);
            }
        }
        self.open.pop();
    }

    fn record(&mut self, id: TypeId, record: &Record, element: &mut Element, counts: &mut GoalCounts) {
        for (index, attribute) in record.attributes.iter().enumerate() {
            let present = match attribute.required {
                true => self.pick(Decision::Amount, &[Goal::Attribute(id, index, true)], counts) == 0,
                false => self.pick_bool(|present| Goal::Attribute(id, index, present), counts),
            };
            if present {
                let value = self.text(Some(id), &attribute.name, attribute.simple, counts);
                let (name, simple) = (attribute.name.clone(), Some(attribute.simple));
                element.attributes.push(Attribute { name, value, simple });
            }
        }
        if let Some(simple) = record.text {
            let text = self.text(Some(id), &element.name, simple, counts);
            element.content.push(Node::Text { text, simple: Some(simple) });
        }
        element.any_order |= record.any_order;
        if let ([Member { kind: MemberKind::Outcome(body), .. }], true) = (record.members.as_slice(), record.is_result)
        {
            counts.record(self.direction, Goal::Present(id, 0));
            self.outcome(id, 0, *body, element, counts);
            return;
        }
        self.members(id, &mut element.content, counts);
    }

    fn members(&mut self, id: TypeId, out: &mut Vec<Node>, counts: &mut GoalCounts) {
        for index in 0..self.protocol.model.types[id].members().len() {
            self.member(id, index, out, counts);
        }
    }

    /// Generates a member as often as the strategy decides.
    fn member(&mut self, id: TypeId, index: usize, out: &mut Vec<Node>, counts: &mut GoalCounts) {
        let member = &self.protocol.model.types[id].members()[index];
        let mut options = occurrences(self.protocol, id, index, member);
        if self.leads(member.ty()) {
            options.retain(|(goal, _)| matches!(goal, Goal::Present(..)));
        } else if self.is_too_deep(member.ty()) {
            options.truncate(1);
        }
        let goals: Vec<Goal> = options.iter().map(|(goal, _)| *goal).collect();
        let chosen = self.pick(Decision::Amount, &goals, counts);
        let mut times = options.get(chosen).map_or(0, |(_, times)| *times);
        if let (Some(Goal::Repeated(..)), Strategy::Random(rng)) = (goals.get(chosen), &mut self.strategy) {
            times = (times + rng.usize(..3)).min(member.occurs.max.unwrap_or(usize::MAX));
        }
        for _ in 0..times {
            self.occurrence(id, index, member, out, counts);
        }
    }

    /// Generates a member once.
    fn occurrence(&mut self, id: TypeId, index: usize, member: &Member, out: &mut Vec<Node>, counts: &mut GoalCounts) {
        let mut element = Element::new(&member.name);
        match member.kind {
            MemberKind::Text { simple, nillable, .. } => {
                if nillable && self.pick_bool(|nil| Goal::Nil(id, index, nil), counts) {
                    element.attributes = nil_attributes();
                } else {
                    let text = self.text(Some(id), &member.name, simple, counts);
                    element.content.push(Node::Text { text, simple: Some(simple) });
                }
            }
            MemberKind::Flag => {}
            MemberKind::Element(inner) => self.content(inner, &mut element, counts),
            MemberKind::Untyped(Untyped::Text) if self.is_example() => {
                let configured = self.protocol.config.examples.iter().find(|(name, _)| *name == member.name);
                let text = configured.map_or("text", |(_, value)| value).to_owned();
                element.content.push(Node::Text { text, simple: None });
            }
            MemberKind::Untyped(_) => self.free_content(id, Some(index), &mut element, counts),
            MemberKind::Wildcard => {
                element = Element::new("novelty");
                self.free_content(id, Some(index), &mut element, counts);
            }
            MemberKind::Outcome(body) => self.outcome(id, index, body, &mut element, counts),
            MemberKind::Choice(inner) => return self.group(inner, out, counts, Self::choice),
            MemberKind::Group(inner) => return self.group(inner, out, counts, Self::members),
        }
        out.push(Node::Element(element));
    }

    /// Generates a choice or a group, which has no element of its own.
    fn group(
        &mut self,
        id: TypeId,
        out: &mut Vec<Node>,
        counts: &mut GoalCounts,
        generate: fn(&mut Self, TypeId, &mut Vec<Node>, &mut GoalCounts),
    ) {
        self.open.push(id);
        generate(self, id, out, counts);
        self.open.pop();
    }

    fn choice(&mut self, id: TypeId, out: &mut Vec<Node>, counts: &mut GoalCounts) {
        let Kind::Choice(choice) = &self.protocol.model.types[id].kind else { return };
        let alternatives = || 0..choice.alternatives.len();
        let leading: Vec<usize> = alternatives().filter(|index| self.leads(choice.alternatives[*index].ty())).collect();
        let finite: Vec<usize> =
            alternatives().filter(|index| !self.is_too_deep(choice.alternatives[*index].ty())).collect();
        let mut options: Vec<Goal> = Vec::new();
        if leading.is_empty() && choice.may_be_empty && !(choice.selector && self.is_example()) {
            options.push(Goal::NoAlternative(id));
        }
        let eligible = if !leading.is_empty() {
            leading
        } else if finite.is_empty() {
            alternatives().collect()
        } else {
            finite
        };
        options.extend(eligible.iter().map(|index| Goal::Alternative(id, *index)));
        let decision = if self.is_minimal() { Decision::Amount } else { Decision::Alternative };
        let chosen = self.pick(decision, &options, counts);
        if let Some(Goal::Alternative(_, index)) = options.get(chosen) {
            self.member(id, *index, out, counts);
        }
    }

    fn is_minimal(&self) -> bool {
        matches!(self.strategy, Strategy::Minimal)
    }

    fn is_example(&self) -> bool {
        matches!(self.strategy, Strategy::Example { .. })
    }

    fn outcome(&mut self, id: TypeId, index: usize, body: Body, element: &mut Element, counts: &mut GoalCounts) {
        self.outcome_base(&mut element.content, counts);
        let inner = match body {
            Body::Nothing => None,
            Body::Record(inner) => Some(inner),
            Body::Optional(inner) => {
                self.pick_bool(|present| Goal::OutcomeBody(id, index, present), counts).then_some(inner)
            }
        };
        let Some(inner) = inner else { return };
        if let Kind::Record(record) = &self.protocol.model.types[inner].kind {
            self.open.push(inner);
            element.content_type = Some(inner);
            self.record(inner, record, element, counts);
            self.open.pop();
        }
    }

    fn outcome_base(&mut self, out: &mut Vec<Node>, counts: &mut GoalCounts) {
        for (index, member) in self.protocol.outcome.iter().enumerate() {
            if member.optional && !self.pick_bool(|present| Goal::OutcomeMember(index, present), counts) {
                continue;
            }
            let mut element = Element::new(member.name);
            let text = self.text(None, member.name, member.simple, counts);
            element.content.push(Node::Text { text, simple: Some(member.simple) });
            out.push(Node::Element(element));
        }
    }

    /// Generates content for an element without a type.
    ///
    /// No element in it has the name of a declared one, since libxml2 would require it to be valid.
    fn free_content(&mut self, id: TypeId, index: Option<usize>, element: &mut Element, counts: &mut GoalCounts) {
        let options = FreeContent::ALL.map(|kind| Goal::FreeContent(id, index, kind));
        let chosen = self.pick(Decision::Amount, &options, counts);
        let text = |text: &str| Node::Text { text: text.to_owned(), simple: None };
        let attribute = |name: &str| Attribute { name: name.to_owned(), value: "<&\"'\n>".to_owned(), simple: None };
        match FreeContent::ALL.get(chosen) {
            Some(FreeContent::Text) => element.content.push(text("a <text> & more\r\n")),
            Some(FreeContent::Mixed) => {
                let inner = Element { content: vec![text("within")], ..Element::new("novelty") };
                let empty = Element { attributes: vec![attribute("b")], ..Element::new("empty") };
                element.attributes.push(attribute("a"));
                element.content.extend([text("before "), Node::Element(inner), Node::Element(empty), text(" after")]);
            }
            Some(FreeContent::Empty) | None => {}
        }
    }
}

/// Returns `true` if the type is the request or the reply of an operation.
fn is_operation(role: &Role) -> bool {
    matches!(role, Role::Request { .. } | Role::Reply { .. })
}

/// Returns the attributes of an element that is nil.
fn nil_attributes() -> Vec<Attribute> {
    [("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("xsi:nil", "true")]
        .map(|(name, value)| Attribute { name: name.to_owned(), value: value.to_owned(), simple: None })
        .to_vec()
}
