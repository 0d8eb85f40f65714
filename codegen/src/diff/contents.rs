//! Compares what members hold: types of elements and of texts, results, elements that stand together otherwise.

use super::change::ChangeKind::{Added, Changed, Nillable, Occurrence, Regrouped, Removed, Renamed, Retyped};
use super::change::{Subject, Wire};
use super::draft::{Draft, Side, Spot};
use super::pairing::part;
use super::walk::{Cause, Walk, at_member, whole};
use super::{simple, words};
use crate::model::{Body, Member, MemberKind, Model, SimpleId, TypeId};

impl<'a> Walk<'a> {
    /// Compares what two members hold.
    pub(super) fn contents(&mut self, was: TypeId, is: TypeId, member: &Member, now: &Member, cause: Cause) {
        let (old, new) = (self.old, self.new);
        let here = |draft| at_member(draft, was, is, member, now);
        match (&member.kind, &now.kind) {
            (
                MemberKind::Text { simple: a, nillable: x, secret: s },
                MemberKind::Text { simple: b, nillable: y, secret: t },
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
    pub(super) fn regrouped(&mut self, was: TypeId, is: TypeId, before: &[usize], after: &[usize], cause: Cause) {
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

    /// Compares the types of an operation's requests or answers.
    pub(super) fn operation_type(&mut self, was: TypeId, is: TypeId, cause: Cause) {
        let (a, b) = (&self.old.types[was].origin.type_name, &self.new.types[is].origin.type_name);
        let cause = if a == b { cause } else { Some(self.type_renamed(was, is)) };
        self.types(was, is, cause);
    }

    fn type_renamed(&mut self, was: TypeId, is: TypeId) -> usize {
        let name = |model: &Model, id: TypeId| {
            model.types[id].origin.type_name.clone().unwrap_or_else(|| "without a name".to_owned())
        };
        let draft = Draft::new(Subject::Type, Renamed, Wire::Same).from(name(self.old, was)).to(name(self.new, is));
        self.note(draft.at(Side::Old, Spot::Type(was)).at(Side::New, Spot::Type(is)))
    }

    /// Compares the types of two texts; `here` is where they stand.
    pub(super) fn text_type(
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
}

/// The effect on the wire if one type takes the place of another.
fn wire(old: &Model, new: &Model, was: TypeId, is: TypeId) -> Wire {
    let mut walk = Walk::new(old, new);
    walk.types(was, is, None);
    walk.drafts.iter().fold(Wire::Same, |wire, draft| wire.and(draft.wire))
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
