//! Elements that two places of a content model could take ("unique particle attribution", XSD
//! Part 1, section 3.8.6): a reader that looks at one element at a time could not tell them apart.

use std::collections::BTreeSet;

use super::particle::{Particle, Term};

/// The names for which two places of the content model compete.
pub(super) fn competing(content: &Particle<'_>) -> BTreeSet<String> {
    let mut places = Places::default();
    let whole = places.add(content);
    let mut names = BTreeSet::new();
    places.compare(&whole.first, &mut names);
    for follow in &places.follow {
        places.compare(follow, &mut names);
    }
    names
}

/// The places of a content model where an element may stand.
#[derive(Default)]
struct Places {
    /// The element that may stand there; `None` for any.
    names: Vec<Option<String>>,
    /// The places that may come right after each.
    follow: Vec<Vec<usize>>,
}

/// Where a part of the content model begins and ends.
struct Part {
    first: Vec<usize>,
    last: Vec<usize>,
    may_be_empty: bool,
}

impl Places {
    fn add(&mut self, particle: &Particle<'_>) -> Part {
        if particle.occurs.max == Some(0) {
            return Part { first: Vec::new(), last: Vec::new(), may_be_empty: true };
        }
        let mut part = match &particle.term {
            Term::Element(element) => {
                let named = element.node.name.clone();
                let referred = element.node.ref_.as_ref().map(|name| super::resolve(name).1);
                self.place(Some(named.or(referred).unwrap_or_default()))
            }
            Term::Any => self.place(None),
            Term::Sequence(items) => {
                let mut whole = Part { first: Vec::new(), last: Vec::new(), may_be_empty: true };
                for item in items {
                    let item = self.add(item);
                    self.connect(&whole.last, &item.first);
                    if whole.may_be_empty {
                        whole.first.extend(&item.first);
                    }
                    if !item.may_be_empty {
                        whole.last.clear();
                    }
                    whole.last.extend(&item.last);
                    whole.may_be_empty &= item.may_be_empty;
                }
                whole
            }
            Term::Choice(items) => self.either(items, false),
            Term::All(items) => {
                let whole = self.either(items, true);
                self.connect(&whole.last, &whole.first);
                whole
            }
        };
        // A fixed number of times says by itself when the next place is due.
        if particle.occurs.is_list() && particle.occurs.max != Some(particle.occurs.min) {
            self.connect(&part.last, &part.first);
        }
        part.may_be_empty |= particle.occurs.is_optional();
        part
    }

    fn place(&mut self, name: Option<String>) -> Part {
        self.names.push(name);
        self.follow.push(Vec::new());
        let at = self.names.len() - 1;
        Part { first: vec![at], last: vec![at], may_be_empty: false }
    }

    fn either(&mut self, items: &[Particle<'_>], all: bool) -> Part {
        let mut whole = Part { first: Vec::new(), last: Vec::new(), may_be_empty: all };
        for item in items {
            let item = self.add(item);
            whole.first.extend(item.first);
            whole.last.extend(item.last);
            whole.may_be_empty =
                if all { whole.may_be_empty && item.may_be_empty } else { whole.may_be_empty || item.may_be_empty };
        }
        whole
    }

    fn connect(&mut self, from: &[usize], to: &[usize]) {
        for at in from {
            self.follow[*at].extend(to);
        }
    }

    /// Notes the names for which two different ones of `places` compete.
    fn compare(&self, places: &[usize], names: &mut BTreeSet<String>) {
        for (nth, one) in places.iter().enumerate() {
            for other in places[nth + 1..].iter().filter(|other| *other != one) {
                match (&self.names[*one], &self.names[*other]) {
                    (Some(name), Some(same)) if name != same => {}
                    (Some(name), _) | (None, Some(name)) => drop(names.insert(name.clone())),
                    (None, None) => drop(names.insert("any element".to_owned())),
                }
            }
        }
    }
}
