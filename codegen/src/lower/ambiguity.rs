//! Elements that two places of a content model could take ("unique particle attribution", XSD
//! Fragment 1, section 3.8.6): a reader that looks at one element at a time could not tell them apart.

use std::collections::BTreeMap;

use super::particle::{Particle, Term};
use crate::error::{Problem, SpanHint};

/// A name for which two places compete.
pub(super) struct Ambiguity {
    name: String,
    places: [StateOrigin; 2],
}

/// The file of a place, its path, and its number among those of the same path; `None` for a wildcard.
type StateOrigin = Option<(String, String, usize)>;

impl Ambiguity {
    /// Says so of the type at `path` in `file`.
    pub(super) fn problem(self, file: &str, path: &str) -> Problem {
        let Self { name, places } = self;
        let message = format!("two places for <{name}> compete, so that it is open which one an element is for");
        let [first, second] = places.map(|place| match place {
            Some((file, path, nth)) => (file, path, SpanHint::Construct(nth)),
            None => (file.to_owned(), path.to_owned(), SpanHint::Xsd(&["any"])),
        });
        Problem::new(file, path, message)
            .shown_at(&second.0, &second.1)
            .at(second.2)
            .label("or for this one")
            .related(&first.0, &first.1, first.2, "it may be for this one")
            .advice("name one of them otherwise, or let something required stand between them")
    }
}

/// The names for which two places of the content model compete.
pub(super) fn find_ambiguities(content: &Particle<'_>) -> Vec<Ambiguity> {
    let mut places = Automaton::default();
    let whole = places.add(content);
    let mut names = BTreeMap::new();
    places.compare(&whole.first, &mut names);
    for follow in &places.follow {
        places.compare(follow, &mut names);
    }
    let origin = |at: usize| places.origins[at].clone();
    names.into_iter().map(|(name, (one, other))| Ambiguity { name, places: [origin(one), origin(other)] }).collect()
}

/// The places of a content model where an element may stand.
#[derive(Default)]
struct Automaton {
    /// The element that may stand there; `None` for any.
    names: Vec<Option<String>>,
    /// Where it is declared.
    origins: Vec<StateOrigin>,
    /// The places that may come right after each.
    follow: Vec<Vec<usize>>,
}

/// Where a part of the content model begins and ends.
struct Fragment {
    first: Vec<usize>,
    last: Vec<usize>,
    may_be_empty: bool,
}

impl Automaton {
    fn add(&mut self, particle: &Particle<'_>) -> Fragment {
        if particle.occurs.max == Some(0) {
            return Fragment { first: Vec::new(), last: Vec::new(), may_be_empty: true };
        }
        let mut part = match &particle.term {
            Term::Element(element) => {
                let named = element.node.name.clone();
                let referred = element.node.ref_.as_ref().map(|name| super::resolve(name).1);
                let name = named.or(referred).unwrap_or_default();
                let path = format!("{}/{name}", element.path);
                let same = self.origins.iter().flatten().filter(|(_, other, _)| *other == path).count();
                self.place(Some(name), Some((element.file.to_owned(), path, same)))
            }
            Term::Any => self.place(None, None),
            Term::Sequence(items) => {
                let mut whole = Fragment { first: Vec::new(), last: Vec::new(), may_be_empty: true };
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

    fn place(&mut self, name: Option<String>, origin: StateOrigin) -> Fragment {
        self.names.push(name);
        self.origins.push(origin);
        self.follow.push(Vec::new());
        let at = self.names.len() - 1;
        Fragment { first: vec![at], last: vec![at], may_be_empty: false }
    }

    fn either(&mut self, items: &[Particle<'_>], all: bool) -> Fragment {
        let mut whole = Fragment { first: Vec::new(), last: Vec::new(), may_be_empty: all };
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
    fn compare(&self, places: &[usize], names: &mut BTreeMap<String, (usize, usize)>) {
        // Without wildcards, only places of one name compete; there may be thousands of names.
        let mut first = BTreeMap::new();
        if !places.iter().any(|at| self.names[*at].is_none()) {
            for at in places {
                let Some(name) = &self.names[*at] else { continue };
                let one: usize = *first.entry(name).or_insert(*at);
                if one != *at && !names.contains_key(name) {
                    names.insert(name.clone(), (one.min(*at), one.max(*at)));
                }
            }
            return;
        }
        for (nth, one) in places.iter().enumerate() {
            for other in places[nth + 1..].iter().filter(|other| *other != one) {
                let name = match (&self.names[*one], &self.names[*other]) {
                    (Some(name), Some(same)) if name != same => continue,
                    (Some(name), _) | (None, Some(name)) => name.clone(),
                    (None, None) => "any element".to_owned(),
                };
                names.entry(name).or_insert(((*one).min(*other), (*one).max(*other)));
            }
        }
    }
}
