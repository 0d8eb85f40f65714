//! Walks two models side by side, from the operations and the documents inwards, and notes what differs. A pair of types
//! is compared once, however many ways lead to it.

use std::collections::BTreeSet;

use super::change::ChangeKind::{
    Added, Changed, Default, Moved, Nillable, Occurrence, Regrouped, Removed, Renamed, Retyped,
};
use super::change::{Subject, Wire};
use super::draft::{Draft, Side, Spot};
use super::pairing::{self, pair, part};
use super::{simple, words};
use crate::model::{Attribute, Body, Kind, Member, MemberKind, Model, Occurs, Record, Role, SimpleId, TypeId};

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
    seen: BTreeSet<(TypeId, TypeId)>,
    seen_simples: BTreeSet<(SimpleId, SimpleId)>,
    /// The names of types on either side.
    names: [BTreeSet<&'a str>; 2],
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

    fn words_differ(&mut self, was: &str, is: &str, place: impl FnOnce() -> String) {
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
            if renamed {
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

    /// Compares what two members hold.
    fn contents(&mut self, was: TypeId, is: TypeId, member: &Member, now: &Member, cause: Cause) {
        let (old, new) = (self.old, self.new);
        let here = |draft| at_member(draft, was, is, member, now);
        match (&member.kind, &now.kind) {
            (
                MemberKind::Leaf { simple: a, nillable: x, secret: s },
                MemberKind::Leaf { simple: b, nillable: y, secret: t },
            ) => {
                if x != y {
                    let nil = |may| if may { "may be nil" } else { "never nil" };
                    let wire = if *y { Wire::Wider } else { Wire::Narrower };
                    self.note(here(Draft::new(Subject::Element, Nillable, wire).from(nil(*x)).to(nil(*y))));
                }
                if s != t {
                    let draft = Draft::new(Subject::Element, Changed, Wire::Same);
                    let secret = |is| if is { "a secret" } else { "no secret" };
                    self.note(here(draft.from(secret(*s)).to(secret(*t))));
                }
                self.text_type(*a, *b, Subject::Element, here, cause);
            }
            (MemberKind::Element(a), MemberKind::Element(b)) => self.content_type(*a, *b, here, cause),
            (MemberKind::Choice(a), MemberKind::Choice(b)) | (MemberKind::Group(a), MemberKind::Group(b)) => {
                self.types(*a, *b, cause);
            }
            (MemberKind::Outcome(a), MemberKind::Outcome(b)) => self.bodies(*a, *b, here, cause),
            (MemberKind::Flag, MemberKind::Flag) | (MemberKind::Wildcard, MemberKind::Wildcard) => {}
            (MemberKind::Untyped(a), MemberKind::Untyped(b)) if a == b => {}
            (MemberKind::Choice(_) | MemberKind::Group(_), MemberKind::Choice(_) | MemberKind::Group(_)) => {
                let (from, to) = (words::shape_of(old, member), words::shape_of(new, now));
                let draft = Draft::new(Subject::Group, Regrouped, Wire::Different).from(from).to(to);
                self.note(both_whole(draft, old, was, member, new, is, now));
            }
            (before, after) => {
                let wire = match (before, after) {
                    (_, MemberKind::Untyped(_) | MemberKind::Wildcard) => Wire::Wider,
                    (MemberKind::Untyped(_) | MemberKind::Wildcard, _) => Wire::Narrower,
                    _ => Wire::Different,
                };
                let draft = Draft::new(Subject::Element, Retyped, wire);
                let draft = draft.from(words::kind(old, member)).to(words::kind(new, now));
                self.note(both_whole(draft, old, was, member, new, is, now));
            }
        }
    }

    /// Compares the results of answers.
    fn bodies(&mut self, was: Body, is: Body, here: impl Fn(Draft) -> Draft, cause: Cause) {
        let id = |body| match body {
            Body::Nothing => None,
            Body::Record(id) | Body::Optional(id) => Some(id),
        };
        let optional = |body| matches!(body, Body::Optional(_));
        match (id(was), id(is)) {
            (None, None) => {}
            (Some(a), Some(b)) => {
                if optional(was) != optional(is) {
                    let all = |optional| if optional { "all or nothing" } else { "in every result" };
                    let wire = if optional(is) { Wire::Wider } else { Wire::Narrower };
                    let draft = Draft::new(Subject::Group, Occurrence, wire);
                    self.note(here(draft.from(all(optional(was))).to(all(optional(is)))));
                }
                self.types(a, b, cause);
            }
            (None, Some(b)) => {
                let required = self.new.types[b].members().iter().any(|member| !member.occurs.is_optional());
                let wire = if required && !optional(is) { Wire::Different } else { Wire::Wider };
                let draft = Draft::new(Subject::Group, Added, wire).to(format!("({})", words::shape(self.new, b)));
                self.note(here(draft).at(Side::New, Spot::Whole(b)));
            }
            (Some(a), None) => {
                let required = self.old.types[a].members().iter().any(|member| !member.occurs.is_optional());
                let wire = if required && !optional(was) { Wire::Different } else { Wire::Narrower };
                let draft = Draft::new(Subject::Group, Removed, wire).from(format!("({})", words::shape(self.old, a)));
                self.note(here(draft).at(Side::Old, Spot::Whole(a)));
            }
        }
    }

    /// Elements that stand together otherwise.
    fn regrouped(&mut self, was: TypeId, is: TypeId, before: &[usize], after: &[usize], cause: Cause) {
        let (old, new) = (self.old, self.new);
        let members = |model: &'a Model, id: TypeId, at: &[usize]| -> Vec<&'a Member> {
            at.iter().map(|at| &model.types[id].members()[*at]).collect()
        };
        let (before, after) = (members(old, was, before), members(new, is, after));
        let shape = |model, members: &[&Member]| {
            members.iter().map(|member| words::shape_of(model, member)).collect::<Vec<_>>().join(", ")
        };
        let choice = |members: &[&Member]| matches!(members, [Member { kind: MemberKind::Choice(_), occurs, .. }] if !occurs.is_optional());
        let wire = match (&before[..], &after[..]) {
            // One element more or less to choose from.
            ([one], now) if part(one).is_none() && choice(now) => Wire::Wider,
            (then, [one]) if part(one).is_none() && choice(then) => Wire::Narrower,
            _ => Wire::Different,
        };
        let draft = Draft::new(Subject::Group, Regrouped, wire).from(shape(old, &before)).to(shape(new, &after));
        let draft = after.iter().fold(draft, |draft, member| whole(draft, Side::New, new, is, member));
        let draft = before.iter().fold(draft, |draft, member| whole(draft, Side::Old, old, was, member));
        self.note(draft);
        let (then, now) = (elements(old, was, &before), elements(new, is, &after));
        for (was, member) in then {
            if let Some((is, now)) = now.iter().find(|(_, now)| now.name == member.name) {
                self.contents(was, *is, member, now, cause);
            }
        }
    }

    /// Compares the types of two elements with content.
    fn content_type(&mut self, was: TypeId, is: TypeId, here: impl Fn(Draft) -> Draft, cause: Cause) {
        let (a, b) = (&self.old.types[was].origin.type_name, &self.new.types[is].origin.type_name);
        // A type that the other side has too is not this one under another name.
        let known = |name: &Option<String>, side: Side| {
            name.as_deref().is_some_and(|name| self.names[side as usize].contains(name))
        };
        if a == b {
            self.types(was, is, cause);
        } else if known(a, Side::New) || known(b, Side::Old) {
            let wire = wire(self.old, self.new, was, is);
            let (from, to) = (words::ty(self.old, was), words::ty(self.new, is));
            let draft = here(Draft::new(Subject::Element, Retyped, wire).from(from).to(to));
            self.note(draft.at(Side::Old, Spot::Whole(was)).at(Side::New, Spot::Whole(is)));
        } else {
            let cause = if self.seen.contains(&(was, is)) { cause } else { Some(self.type_renamed(was, is)) };
            self.types(was, is, cause);
        }
    }

    fn type_renamed(&mut self, was: TypeId, is: TypeId) -> usize {
        let name = |model: &Model, id: TypeId| {
            model.types[id].origin.type_name.clone().unwrap_or_else(|| "without a name".to_owned())
        };
        let draft = Draft::new(Subject::Type, Renamed, Wire::Same).from(name(self.old, was)).to(name(self.new, is));
        self.note(draft.at(Side::Old, Spot::Type(was)).at(Side::New, Spot::Type(is)))
    }

    /// Compares the types of two texts; `here` is where they stand.
    fn text_type(
        &mut self,
        was: SimpleId,
        is: SimpleId,
        subject: Subject,
        here: impl Fn(Draft) -> Draft,
        cause: Cause,
    ) {
        let (old, new) = (self.old, self.new);
        let (a, b) = (&old.simples[was].origin.type_name, &new.simples[is].origin.type_name);
        let both_named = a.as_deref().zip(b.as_deref());
        if a == b {
            self.simples(was, is, cause);
        } else if both_named.is_some_and(|(a, b)| !self.names[1].contains(a) && !self.names[0].contains(b)) {
            let (Some(from), Some(to)) = (a, b) else { return };
            let draft = Draft::new(Subject::Type, Renamed, Wire::Same).from(from).to(to);
            let draft = draft.at(Side::Old, Spot::Simple(was, None)).at(Side::New, Spot::Simple(is, None));
            let cause = self.note(draft);
            self.simples(was, is, Some(cause));
        } else if both_named.is_some() {
            let wire = simple::wire(old, new, was, is);
            let (from, to) = (words::simple(old, was), words::simple(new, is));
            let draft = here(Draft::new(subject, Retyped, wire).from(from).to(to));
            self.note(draft.at(Side::Old, Spot::Simple(was, None)).at(Side::New, Spot::Simple(is, None)));
        } else {
            // With or without a name, what is allowed is what counts; and it is told where it stands.
            let mut found = simple::compare(old, new, was, is);
            if found.is_empty() {
                self.simples.push((was, is, cause));
            }
            for draft in &mut found {
                draft.spots = here(Draft::new(subject, Changed, Wire::Same))
                    .spots
                    .into_iter()
                    .chain(draft.spots.drain(..))
                    .collect();
            }
            found.into_iter().for_each(|draft| _ = self.note(draft));
        }
    }

    /// Compares two simple types.
    fn simples(&mut self, was: SimpleId, is: SimpleId, cause: Cause) {
        use crate::model::Primitive::{List, Union};
        if !self.seen_simples.insert((was, is)) {
            return;
        }
        self.simples.push((was, is, cause));
        let (old, new) = (self.old, self.new);
        let (a, b) = (&old.simples[was], &new.simples[is]);
        self.words_differ(&a.doc, &b.doc, || b.origin.to_string());
        simple::compare(old, new, was, is).into_iter().for_each(|draft| _ = self.note(draft));
        match (&a.primitive, &b.primitive) {
            (Union(a), Union(b)) if a.len() == b.len() => {
                a.iter().zip(b).for_each(|(a, b)| self.simples(*a, *b, cause));
            }
            (List(a), List(b)) => self.simples(*a, *b, cause),
            _ => {}
        }
    }

    fn attributes(&mut self, (was, x): (TypeId, &Record), (is, y): (TypeId, &Record), cause: Cause) {
        let spot = |id, attribute: &Attribute| Spot::Member(id, attribute.name.clone(), None);
        let (gone, came) = (without(&x.attributes, &y.attributes), without(&y.attributes, &x.attributes));
        for attribute in gone {
            let wire = if attribute.required { Wire::Different } else { Wire::Narrower };
            let draft = Draft::new(Subject::Attribute, Removed, wire).from(words::attribute(self.old, attribute));
            self.note(draft.at(Side::Old, spot(was, attribute)));
        }
        for attribute in came {
            let wire = if attribute.required { Wire::Different } else { Wire::Wider };
            let draft = Draft::new(Subject::Attribute, Added, wire).to(words::attribute(self.new, attribute));
            self.note(draft.at(Side::New, spot(is, attribute)));
        }
        for attribute in &x.attributes {
            let Some(now) = y.attributes.iter().find(|now| now.name == attribute.name) else { continue };
            let here = |draft: Draft| draft.at(Side::Old, spot(was, attribute)).at(Side::New, spot(is, now));
            self.words_differ(&attribute.doc, &now.doc, || spot(is, now).schema(self.new));
            if attribute.required != now.required {
                let word = |required| if required { "required" } else { "optional" };
                let wire = if now.required { Wire::Narrower } else { Wire::Wider };
                let draft = Draft::new(Subject::Attribute, Occurrence, wire);
                self.note(here(draft.from(word(attribute.required)).to(word(now.required))));
            }
            if attribute.default != now.default {
                self.note(here(default(Subject::Attribute, attribute.default.as_ref(), now.default.as_ref())));
            }
            self.text_type(attribute.simple, now.simple, Subject::Attribute, here, cause);
        }
    }

    fn text(&mut self, (was, x): (TypeId, &Record), (is, y): (TypeId, &Record), cause: Cause) {
        let here = |draft: Draft| {
            let spot = |id| Spot::Member(id, "value".to_owned(), None);
            draft.at(Side::Old, spot(was)).at(Side::New, spot(is))
        };
        let draft = |kind| here(Draft::new(Subject::Text, kind, Wire::Different));
        match (x.text, y.text) {
            (None, None) => {}
            (Some(a), Some(b)) => self.text_type(a, b, Subject::Text, here, cause),
            (Some(a), None) => _ = self.note(draft(Removed).from(words::simple(self.old, a))),
            (None, Some(b)) => _ = self.note(draft(Added).to(words::simple(self.new, b))),
        }
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

/// The effect on the wire if one type takes the place of another.
fn wire(old: &Model, new: &Model, was: TypeId, is: TypeId) -> Wire {
    let mut walk = Walk::new(old, new);
    walk.types(was, is, None);
    walk.drafts.iter().fold(Wire::Same, |wire, draft| wire.and(draft.wire))
}

fn occurs_wire(old: Occurs, new: Occurs) -> Wire {
    let most = |occurs: Occurs| occurs.max.unwrap_or(usize::MAX);
    match (new.min <= old.min && most(new) >= most(old), new.min >= old.min && most(new) <= most(old)) {
        (true, _) => Wire::Wider,
        (_, true) => Wire::Narrower,
        _ => Wire::Different,
    }
}

fn default(subject: Subject, old: Option<&String>, new: Option<&String>) -> Draft {
    let word =
        |value: Option<&String>| value.map_or_else(|| "no default".to_owned(), |value| format!("default {value}"));
    Draft::new(subject, Default, Wire::Meaning).from(word(old)).to(word(new))
}

fn subject(member: &Member) -> Subject {
    if part(member).is_some() { Subject::Group } else { Subject::Element }
}

fn without<'m>(these: &'m [Attribute], those: &'m [Attribute]) -> impl Iterator<Item = &'m Attribute> {
    these.iter().filter(|attribute| those.iter().all(|other| other.name != attribute.name))
}

fn at_member(draft: Draft, was: TypeId, is: TypeId, member: &Member, now: &Member) -> Draft {
    draft.at(Side::Old, Spot::member(was, member)).at(Side::New, Spot::member(is, now))
}

/// The member, and all that stands in it alone.
fn whole(draft: Draft, side: Side, model: &Model, id: TypeId, member: &Member) -> Draft {
    let draft = draft.at(side, Spot::member(id, member));
    let draft = match member.ty() {
        Some(inner) => draft.at(side, Spot::Whole(inner)),
        None => draft,
    };
    match member.kind {
        MemberKind::Leaf { simple, .. } if model.simples[simple].enumeration().is_some() => {
            draft.at(side, Spot::Simple(simple, None))
        }
        _ => draft,
    }
}

fn both_whole(draft: Draft, old: &Model, was: TypeId, member: &Member, new: &Model, is: TypeId, now: &Member) -> Draft {
    whole(whole(draft, Side::Old, old, was, member), Side::New, new, is, now)
}

/// The elements among members, those of choices and groups included, each with the type that holds it.
fn elements<'m>(model: &'m Model, id: TypeId, members: &[&'m Member]) -> Vec<(TypeId, &'m Member)> {
    let mut found = Vec::new();
    for member in members {
        match part(member) {
            Some(inner) => {
                let members: Vec<_> = model.types[inner].members().iter().collect();
                found.extend(elements(model, inner, &members));
            }
            None => found.push((id, *member)),
        }
    }
    found
}
