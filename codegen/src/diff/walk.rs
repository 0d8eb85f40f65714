//! Walks two models side by side, from the operations and the documents inwards, and notes what differs. A pair of types
//! is compared once, however many ways lead to it.

use std::collections::BTreeSet;

use super::attributes::default;
use super::change::ChangeKind::{Added, Moved, Occurrence, Regrouped, Removed, Renamed, Retyped};
use super::change::{Subject, Wire};
use super::draft::{Draft, Side, Spot};
use super::pairing::{self, pair, part};
use super::words;
use crate::model::{Kind, Member, MemberKind, Model, Occurs, Role, SimpleId, TypeId};

/// What the walk found.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    pub(super) drafts: Vec<Draft>,
    /// Places whose documentation differs.
    pub(super) documentation: BTreeSet<String>,
    /// Types that are the same on both sides, and the change by which they may be called otherwise.
    pub(super) types: Vec<(TypeId, TypeId, Option<usize>)>,
    /// The same of simple types.
    pub(super) simples: Vec<(SimpleId, SimpleId, Option<usize>)>,
    pub(super) seen: BTreeSet<(TypeId, TypeId)>,
    pub(super) seen_simples: BTreeSet<(SimpleId, SimpleId)>,
    /// The names of types on either side.
    pub(super) names: [BTreeSet<&'a str>; 2],
}

/// The change of a name above, if there is one.
pub(super) type Cause = Option<usize>;

impl<'a> Walk<'a> {
    pub(super) fn new(old: &'a Model, new: &'a Model) -> Self {
        Self {
            old,
            new,
            drafts: Vec::new(),
            documentation: BTreeSet::new(),
            types: Vec::new(),
            simples: Vec::new(),
            seen: BTreeSet::new(),
            seen_simples: BTreeSet::new(),
            names: [names(old), names(new)],
        }
    }

    /// Notes a change, and where it is in the list.
    pub(super) fn note(&mut self, draft: Draft) -> usize {
        let (old, new) = (self.old, self.new);
        if let Some(at) = self.drafts.iter().position(|known| known.is_same(&draft, old, new)) {
            self.drafts[at].spots.extend(draft.spots);
            return at;
        }
        self.drafts.push(draft);
        self.drafts.len() - 1
    }

    pub(super) fn words_differ(&mut self, was: &str, is: &str, place: impl FnOnce() -> String) {
        // Lines are broken at will.
        if !was.split_whitespace().eq(is.split_whitespace()) {
            self.documentation.insert(place());
        }
    }

    /// Compares two types.
    pub(super) fn types(&mut self, was: TypeId, is: TypeId, cause: Cause) {
        if !self.seen.insert((was, is)) {
            return;
        }
        self.types.push((was, is, cause));
        let (a, b) = (&self.old.types[was], &self.new.types[is]);
        self.words_differ(&a.doc, &b.doc, || b.origin.to_string());
        let here = |draft: Draft| draft.at(Side::Old, Spot::Type(was)).at(Side::New, Spot::Type(is));
        match (&a.kind, &b.kind) {
            (Kind::Record(x), Kind::Record(y)) => {
                self.attributes((was, x), (is, y), cause);
                self.text((was, x), (is, y), cause);
                if x.any_order != y.any_order {
                    let order = |any| if any { "in any order" } else { "in this order" };
                    let wire = if y.any_order { Wire::Wider } else { Wire::Narrower };
                    let draft = Draft::new(Subject::Type, Regrouped, wire);
                    self.note(here(draft.from(order(x.any_order)).to(order(y.any_order))));
                }
                if x.outcome != y.outcome {
                    let result = |is| if is { "a result" } else { "no result" };
                    let draft = Draft::new(Subject::Type, Retyped, Wire::Different);
                    self.note(here(draft.from(result(x.outcome)).to(result(y.outcome))));
                }
                self.members(was, is, cause);
            }
            (Kind::Choice(x), Kind::Choice(y)) => {
                if x.may_be_empty != y.may_be_empty {
                    let empty = |may| if may { "may be empty" } else { "one of them" };
                    let wire = if y.may_be_empty { Wire::Wider } else { Wire::Narrower };
                    let draft = Draft::new(Subject::Group, Occurrence, wire);
                    self.note(here(draft.from(empty(x.may_be_empty)).to(empty(y.may_be_empty))));
                }
                self.members(was, is, cause);
            }
            (Kind::Untyped, Kind::Untyped) => {}
            (Kind::Untyped, _) | (_, Kind::Untyped) => {
                let wire = if matches!(b.kind, Kind::Untyped) { Wire::Wider } else { Wire::Narrower };
                let (from, to) = (words::content(self.old, was), words::content(self.new, is));
                self.note(here(Draft::new(Subject::Type, Retyped, wire).from(from).to(to)));
            }
            (Kind::Record(_), Kind::Choice(_)) | (Kind::Choice(_), Kind::Record(_)) => {
                let wire = match &b.kind {
                    Kind::Choice(_) if a.members().len() == 1 => Wire::Wider,
                    Kind::Record(_) if b.members().len() == 1 => Wire::Narrower,
                    _ => Wire::Different,
                };
                let (from, to) = (words::shape(self.old, was), words::shape(self.new, is));
                self.note(here(Draft::new(Subject::Type, Regrouped, wire).from(from).to(to)));
                for member in a.members() {
                    if let Some(now) = b.members().iter().find(|now| now.name == member.name) {
                        self.contents(was, is, member, now, cause);
                    }
                }
            }
        }
    }

    /// Compares the members of two types of one kind.
    fn members(&mut self, was: TypeId, is: TypeId, cause: Cause) {
        let (old, new) = (self.old, self.new);
        let (a, b) = (&old.types[was], &new.types[is]);
        let choice = b.is_choice();
        let pairs = pair(old, new, a.members(), b.members());
        for at in pairs.gone {
            let member = &a.members()[at];
            if !self.is_operation(Side::Old, was, member) {
                let wire = if choice || member.occurs.is_optional() { Wire::Narrower } else { Wire::Different };
                let draft = Draft::new(subject(member), Removed, wire).from(words::described(old, member));
                self.note(whole(draft, Side::Old, old, was, member));
            }
        }
        for at in pairs.came {
            let member = &b.members()[at];
            if !self.is_operation(Side::New, is, member) {
                let wire = if choice || member.occurs.is_optional() { Wire::Wider } else { Wire::Different };
                let draft = Draft::new(subject(member), Added, wire).to(words::described(new, member));
                self.note(whole(draft, Side::New, new, is, member));
            }
        }
        for (before, after) in pairs.regrouped {
            self.regrouped(was, is, &before, &after, cause);
        }
        // The order of alternatives is of no account.
        let moved = if choice { Vec::new() } else { pairing::moved(&pairs.both) };
        let free = b.record().is_some_and(|record| record.any_order);
        for (number, (before, after, renamed)) in pairs.both.into_iter().enumerate() {
            let (member, now) = (&a.members()[before], &b.members()[after]);
            let here = |draft| at_member(draft, was, is, member, now);
            let mut cause = cause;
            if renamed && (self.is_operation(Side::Old, was, member) || self.is_operation(Side::New, is, now)) {
                // It is told as such already, or else as one that is gone and one that came.
                let called = |path: &String| path.rsplit('/').next() == Some(&member.name);
                let told = |draft: &Draft| draft.kind == Renamed && draft.old.as_ref().is_some_and(called);
                cause = self.drafts.iter().position(told);
                if cause.is_none() {
                    continue;
                }
            } else if renamed {
                let draft = Draft::new(Subject::Element, Renamed, Wire::Different).from(&*member.name).to(&*now.name);
                cause = Some(self.note(here(draft)));
            }
            if moved.contains(&number) {
                let wire = if free { Wire::Same } else { Wire::Different };
                let place = |members: &[Member], at: usize| match at.checked_sub(1) {
                    Some(before) => format!("after {}", members[before].name),
                    None => "first".to_owned(),
                };
                let (from, to) = (place(a.members(), before), place(b.members(), after));
                self.note(here(Draft::new(subject(now), Moved, wire).from(from).to(to)));
            }
            self.member(was, is, member, now, cause);
        }
    }

    /// Compares an element, choice or group with itself.
    fn member(&mut self, was: TypeId, is: TypeId, member: &Member, now: &Member, cause: Cause) {
        let here = |draft| at_member(draft, was, is, member, now);
        self.words_differ(&member.doc, &now.doc, || Spot::member(is, now).schema(self.new));
        if member.occurs != now.occurs {
            let draft = Draft::new(subject(now), Occurrence, occurs_wire(member.occurs, now.occurs));
            self.note(here(draft.from(words::occurs(member.occurs)).to(words::occurs(now.occurs))));
        }
        if member.default != now.default {
            self.note(here(default(Subject::Element, member.default.as_ref(), now.default.as_ref())));
        }
        self.contents(was, is, member, now, cause);
    }

    /// Whether the member is an operator or operation that the other side does not have, which is told as such.
    fn is_operation(&self, side: Side, id: TypeId, member: &Member) -> bool {
        let model = if side == Side::Old { self.old } else { self.new };
        match &model.types[id].role {
            Role::Operators => model.operations.iter().any(|operation| operation.operator == member.name),
            Role::OperationItem { operator, path } => model.operations.iter().any(|operation| {
                operation.operator == *operator
                    && operation.path.strip_prefix(&path[..]).is_some_and(|rest| rest.first() == Some(&member.name))
            }),
            _ => false,
        }
    }
}

/// The names of all types of a model.
fn names(model: &Model) -> BTreeSet<&str> {
    let types = model.types.iter().map(|ty| &ty.origin);
    let simples = model.simples.iter().map(|simple| &simple.origin);
    types.chain(simples).filter_map(|origin| origin.type_name.as_deref()).collect()
}

fn subject(member: &Member) -> Subject {
    if part(member).is_some() { Subject::Group } else { Subject::Element }
}

pub(super) fn at_member(draft: Draft, was: TypeId, is: TypeId, member: &Member, now: &Member) -> Draft {
    draft.at(Side::Old, Spot::member(was, member)).at(Side::New, Spot::member(is, now))
}

/// The member, and all that stands in it alone.
pub(super) fn whole(draft: Draft, side: Side, model: &Model, id: TypeId, member: &Member) -> Draft {
    let draft = draft.at(side, Spot::member(id, member));
    let draft = match member.ty() {
        Some(inner) => draft.at(side, Spot::Whole(inner)),
        None => draft,
    };
    match member.kind {
        MemberKind::Text { simple, .. } if model.simples[simple].enumeration().is_some() => {
            draft.at(side, Spot::Simple(simple, None))
        }
        _ => draft,
    }
}

fn occurs_wire(old: Occurs, new: Occurs) -> Wire {
    let most = |occurs: Occurs| occurs.max.unwrap_or(usize::MAX);
    match (new.min <= old.min && most(new) >= most(old), new.min >= old.min && most(new) <= most(old)) {
        (true, _) => Wire::Wider,
        (_, true) => Wire::Narrower,
        _ => Wire::Different,
    }
}
