//! Content models as trees of particles, and their simplification.

use std::collections::BTreeSet;

use crate::load::{MaxOccurs, syntax};
use crate::model::Occurs;

/// A term with its number of occurrences and its documentation.
#[derive(Clone, Debug)]
pub(super) struct Particle<'a> {
    pub(super) term: Term<'a>,
    pub(super) occurs: Occurs,
    pub(super) doc: String,
}

/// The kind of a particle.
#[derive(Clone, Debug)]
pub(super) enum Term<'a> {
    Element(Element<'a>),
    Sequence(Vec<Particle<'a>>),
    Choice(Vec<Particle<'a>>),
    All(Vec<Particle<'a>>),
    Any,
}

/// An element declaration and its origin.
#[derive(Clone, Debug)]
pub(super) struct Element<'a> {
    pub(super) node: &'a syntax::ElementType,
    pub(super) file: &'a str,
    /// The path of the type that declares it.
    pub(super) path: String,
}

impl<'a> Element<'a> {
    /// Returns the name of the element, or of the global one that it refers to.
    fn name(&self) -> Option<&'a str> {
        let reference = || self.node.ref_.as_ref().and_then(|name| std::str::from_utf8(name.local_name()).ok());
        self.node.name.as_deref().or_else(reference)
    }
}

pub(crate) fn occurs(min: usize, max: MaxOccurs) -> Occurs {
    let max = match max {
        MaxOccurs::Unbounded => None,
        MaxOccurs::Bounded(max) => Some(max),
    };
    Occurs { min, max }
}

impl<'a> Particle<'a> {
    fn new(term: Term<'a>, occurs: Occurs, doc: String) -> Self {
        Self { term, occurs, doc }
    }

    /// Returns `true` if the empty content matches the particle.
    pub(super) fn may_be_empty(&self) -> bool {
        self.occurs.min == 0
            || match &self.term {
                Term::Element(_) | Term::Any => false,
                Term::Sequence(items) | Term::All(items) => items.iter().all(Self::may_be_empty),
                Term::Choice(items) => items.iter().any(Self::may_be_empty),
            }
    }

    /// Returns the names of the elements that every content of the particle has.
    pub(super) fn required_names(&self) -> BTreeSet<&str> {
        if self.occurs.min == 0 {
            return BTreeSet::new();
        }
        match &self.term {
            Term::Element(element) => element.name().into_iter().collect(),
            Term::Sequence(items) | Term::All(items) => items.iter().flat_map(Self::required_names).collect(),
            Term::Choice(items) => {
                let common = |a: BTreeSet<_>, b: BTreeSet<_>| a.intersection(&b).copied().collect();
                items.iter().map(Self::required_names).reduce(common).unwrap_or_default()
            }
            Term::Any => BTreeSet::new(),
        }
    }

    /// Turns a sequence of optional parts into an optional choice by the first part that is present: `a* b*` becomes
    /// `(a+ b*) | b+`.
    pub(super) fn into_choice_by_first(self) -> Self {
        let Self { term: Term::Sequence(items), occurs, doc } = self else { return self };
        let alternatives = (0..items.len()).map(|first| {
            let mut rest = items[first..].to_vec();
            rest[0].occurs.min = rest[0].occurs.min.max(1);
            if rest.len() == 1 { rest.remove(0) } else { Self::new(Term::Sequence(rest), Occurs::ONCE, String::new()) }
        });
        let alternatives = alternatives.collect();
        Self::new(Term::Choice(alternatives), Occurs { min: 0, ..occurs }, doc)
    }

    /// Returns the content model for a reader that assigns each element to the first particle that matches it. Wildcards
    /// become optional, because nothing may be left for them.
    pub(super) fn into_greedy(self) -> Self {
        let Self { term, mut occurs, doc } = self;
        let inner = |items: Vec<Self>| items.into_iter().map(Self::into_greedy).collect();
        let term = match term {
            Term::Element(_) => term,
            Term::Sequence(items) => Term::Sequence(inner(items)),
            Term::Choice(items) => Term::Choice(inner(items)),
            Term::All(items) => Term::All(inner(items)),
            Term::Any => {
                occurs.min = 0;
                Term::Any
            }
        };
        Self { term, occurs, doc }
    }

    /// Returns the simplest particle with the same meaning; `None` if it only matches the empty content.
    ///
    /// Redundant groups are removed. Every alternative of a choice becomes required, and the choice itself becomes
    /// optional if an alternative was.
    pub(super) fn simplify(self) -> Option<Self> {
        let Self { term, occurs, doc } = self;
        if occurs.max == Some(0) {
            return None;
        }
        match term {
            Term::Element(_) | Term::Any => Some(Self::new(term, occurs, doc)),
            Term::All(items) => {
                let items: Vec<_> = items.into_iter().filter_map(Self::simplify).collect();
                (!items.is_empty()).then(|| Self::new(Term::All(items), occurs, doc))
            }
            Term::Sequence(items) => {
                let mut flat = Vec::new();
                for item in items.into_iter().filter_map(Self::simplify) {
                    match item.term {
                        Term::Sequence(inner) if item.occurs == Occurs::ONCE => flat.extend(inner),
                        _ => flat.push(item),
                    }
                }
                // An optional group of optional members is equivalent to its members. If it is repeated, any number of its
                // rounds may be empty.
                let occurs = match occurs {
                    occurs if !flat.iter().all(Self::may_be_empty) => occurs,
                    Occurs { max: Some(1), .. } => Occurs::ONCE,
                    occurs => Occurs { min: 0, ..occurs },
                };
                Self::group(flat, Term::Sequence, occurs, doc)
            }
            Term::Choice(items) => {
                let mut flat = Vec::new();
                let mut empty = false;
                for item in items {
                    let may_be_empty = item.may_be_empty();
                    let Some(mut item) = item.simplify() else {
                        empty = true;
                        continue;
                    };
                    empty |= may_be_empty;
                    item.occurs.min = item.occurs.min.max(1);
                    // In an unbounded choice, repeating an alternative is the same as choosing it repeatedly.
                    if occurs.max.is_none() && item.occurs.max.is_none() && item.occurs.min <= 1 {
                        item.occurs = Occurs::ONCE;
                    }
                    match item.term {
                        Term::Choice(inner) if item.occurs == Occurs::ONCE => flat.extend(inner),
                        _ => flat.push(item),
                    }
                }
                let occurs = if empty { Occurs { min: 0, ..occurs } } else { occurs };
                Self::group(flat, Term::Choice, occurs, doc)
            }
        }
    }

    /// Returns the optional group that is the whole content, if it has a required member. It is not folded into its
    /// members, because it is the part of a result that is only present on success. A list alone is not such a part,
    /// because an empty list has the same meaning.
    pub(super) fn optional_part(&self) -> Option<Self> {
        let Term::Sequence(parts) = &self.term else { return None };
        let [Self { term: Term::Sequence(items), occurs, doc }] = parts.as_slice() else { return None };
        if *occurs != (Occurs { min: 0, max: Some(1) }) || items.iter().all(Self::may_be_empty) {
            return None;
        }
        let inside = Self::new(Term::Sequence(items.clone()), Occurs::ONCE, String::new()).simplify()?;
        let items = match inside {
            Self { term: Term::Sequence(items), occurs: Occurs::ONCE, .. } => items,
            only if only.occurs.is_list() => return None,
            only => vec![only],
        };
        Some(Self::new(Term::Sequence(items), *occurs, doc.clone()))
    }

    /// Returns a group of `items`, or its only item if the group is redundant.
    fn group(mut items: Vec<Self>, term: fn(Vec<Self>) -> Term<'a>, occurs: Occurs, doc: String) -> Option<Self> {
        if items.len() == 1
            && let Some(folded) = fold_occurs(occurs, items[0].occurs)
        {
            let mut only = items.remove(0);
            only.occurs = folded;
            if only.doc.is_empty() {
                only.doc = doc;
            }
            return Some(only);
        }
        (!items.is_empty()).then(|| Self::new(term(items), occurs, doc))
    }
}

/// Returns the occurrences of the only item of a group, if one pair of bounds can express them.
fn fold_occurs(outer: Occurs, inner: Occurs) -> Option<Occurs> {
    // Each number of rounds gives a range of totals. One pair of bounds expresses all of them if the ranges leave no gap.
    // The first gap is the widest, so it is enough that the two smallest numbers of rounds leave none.
    let rounds = outer.min;
    let varies = outer.max != Some(rounds);
    let most = inner.max.map(|max| max.saturating_mul(rounds));
    let reaches = |total: usize| (rounds > 0 && inner.max.is_none()) || most.unwrap_or(0).saturating_add(1) >= total;
    if varies && !reaches(inner.min.saturating_mul(rounds + 1)) {
        return None;
    }
    let max = match (outer.max, inner.max) {
        (Some(0), _) | (_, Some(0)) => Some(0),
        (Some(outer), Some(inner)) => outer.checked_mul(inner),
        _ => None,
    };
    Some(Occurs { min: rounds.checked_mul(inner.min)?, max })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(term: Term<'static>) -> Particle<'static> {
        Particle::new(term, Occurs::ONCE, String::new())
    }

    fn times(term: Term<'static>, min: usize, max: Option<usize>) -> Particle<'static> {
        Particle::new(term, Occurs { min, max }, String::new())
    }

    fn show(particle: &Particle<'_>) -> String {
        let inner = |items: &[Particle<'_>]| items.iter().map(show).collect::<Vec<_>>().join(" ");
        let term = match &particle.term {
            Term::Any => "x".to_owned(),
            Term::Element(_) => "e".to_owned(),
            Term::Sequence(items) => format!("({})", inner(items)),
            Term::Choice(items) => format!("[{}]", inner(items)),
            Term::All(items) => format!("<{}>", inner(items)),
        };
        let max = particle.occurs.max.map_or("*".to_owned(), |max| max.to_string());
        format!("{term}{}..{max}", particle.occurs.min)
    }

    fn simple(particle: Particle<'static>) -> String {
        particle.simplify().map_or("nothing".to_owned(), |p| show(&p))
    }

    #[test]
    fn simplify_removes_redundant_groups() {
        let nested =
            once(Term::Sequence(vec![once(Term::Sequence(vec![once(Term::Any), once(Term::Any)])), once(Term::Any)]));
        assert_eq!(simple(nested), "(x1..1 x1..1 x1..1)1..1");
        assert_eq!(simple(once(Term::Choice(vec![once(Term::Any)]))), "x1..1");
        assert_eq!(simple(once(Term::Sequence(vec![]))), "nothing");
        assert_eq!(simple(times(Term::Any, 0, Some(0))), "nothing");
    }

    #[test]
    fn simplify_turns_optional_group_of_repeated_element_into_list() {
        assert_eq!(simple(times(Term::Sequence(vec![times(Term::Any, 1, None)]), 0, Some(1))), "x0..*");
        assert_eq!(simple(times(Term::Sequence(vec![times(Term::Any, 2, None)]), 0, Some(1))), "(x2..*)0..1");
    }

    #[test]
    fn simplify_folds_repetitions_whose_totals_have_no_gap() {
        let group = |min, max, inner| simple(times(Term::Sequence(vec![inner]), min, max));
        assert_eq!(group(2, Some(2), times(Term::Any, 1, Some(2))), "x2..4");
        assert_eq!(group(0, None, times(Term::Any, 1, Some(3))), "x0..*");
        assert_eq!(group(3, None, times(Term::Any, 2, None)), "x6..*");
        assert_eq!(group(1, Some(3), times(Term::Any, 2, Some(2))), "(x2..2)1..3");
        assert_eq!(group(0, Some(2), times(Term::Any, 2, Some(9))), "(x2..9)0..2");
        assert_eq!(group(2, Some(3), times(Term::Any, 2, Some(3))), "x4..9");
    }

    #[test]
    fn simplify_allows_no_round_of_a_repeated_group_that_may_be_empty() {
        let optional = || times(Term::Any, 0, Some(1));
        assert_eq!(simple(times(Term::Sequence(vec![optional(), optional()]), 2, None)), "(x0..1 x0..1)0..*");
    }

    #[test]
    fn simplify_inlines_optional_group_of_optional_members() {
        let group = times(Term::Sequence(vec![times(Term::Any, 0, Some(1)), times(Term::Any, 0, None)]), 0, Some(1));
        assert_eq!(simple(group), "(x0..1 x0..*)1..1");
    }

    #[test]
    fn simplify_moves_optionality_from_alternative_to_choice() {
        let filter = once(Term::Choice(vec![times(Term::Any, 0, None), times(Term::Any, 0, Some(1))]));
        assert_eq!(simple(filter), "[x1..* x1..1]0..1");
    }
}
