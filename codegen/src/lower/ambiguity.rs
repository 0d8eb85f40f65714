//! Finds elements that two particles of a content model can match ("unique particle attribution", XSD Part 1, section
//! 3.8.6). A reader that looks at one element at a time cannot tell such particles apart.
//!
//! The content model is turned into a Glushkov automaton, which has a state for each particle. Two particles compete if
//! both can match first, or both can follow the same particle.

use std::collections::{BTreeMap, HashSet};

use super::particle::{Particle, Term};
use crate::error::{Problem, SpanHint};

/// An element name that two particles can match.
pub(super) struct Ambiguity {
    name: String,
    particles: [StateOrigin; 2],
}

/// The file and path of a particle, and its index among those of the same path; `None` for a wildcard.
type StateOrigin = Option<(String, String, usize)>;

impl Ambiguity {
    /// Returns the problem of the type at `path` in `file`.
    pub(super) fn problem(self, file: &str, path: &str) -> Problem {
        let Self { name, particles } = self;
        let message = format!("ambiguous content: two declarations can match the same <{name}>");
        let [first, second] = particles.map(|particle| match particle {
            Some((file, path, nth)) => (file, path, SpanHint::Construct(nth)),
            None => (file.to_owned(), path.to_owned(), SpanHint::Xsd(&["any"])),
        });
        Problem::new(file, path, message)
            .shown_at(&second.0, &second.1)
            .at(second.2)
            .label("or this one")
            .related(&first.0, &first.1, first.2, "this one can match it")
            .advice(
                "rename one of them, or put a required element between them; if the protocol is really like this, list the type \
                 in `ambiguous` of the configuration",
            )
    }
}

/// Returns the element names that two particles of the content model can match.
pub(super) fn find_ambiguities(content: &Particle<'_>) -> Vec<Ambiguity> {
    let mut automaton = Automaton::default();
    if all_names_differ(content, &mut HashSet::new()) {
        return Vec::new();
    }
    let whole = automaton.add(content);
    let mut names = BTreeMap::new();
    automaton.collect_conflicts(&whole.first, &mut names);
    for follow in &automaton.follow {
        automaton.collect_conflicts(follow, &mut names);
    }
    let origin = |at: usize| automaton.origins[at].clone();
    names.into_iter().map(|(name, (one, other))| Ambiguity { name, particles: [origin(one), origin(other)] }).collect()
}

/// Returns `true` if no name occurs twice and there is no wildcard, so nothing can be ambiguous.
fn all_names_differ<'p>(particle: &'p Particle<'_>, seen: &mut HashSet<&'p [u8]>) -> bool {
    match &particle.term {
        Term::Element(element) => match (&element.node.name, &element.node.ref_) {
            (Some(name), _) => seen.insert(name.as_bytes()),
            (None, Some(name)) => seen.insert(name.local_name()),
            (None, None) => false,
        },
        Term::Any => false,
        Term::Sequence(items) | Term::Choice(items) | Term::All(items) => {
            items.iter().all(|item| all_names_differ(item, seen))
        }
    }
}

/// The Glushkov automaton of a content model. States are numbered in the order of their particles.
#[derive(Default)]
struct Automaton {
    /// The element that each state matches; `None` for any element.
    names: Vec<Option<String>>,
    /// The declaration of each state.
    origins: Vec<StateOrigin>,
    /// The states that can directly follow each state.
    follow: Vec<Vec<usize>>,
}

/// The states in which a part of the content model can begin and end.
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
                self.add_state(Some(name), Some((element.file.to_owned(), path, same)))
            }
            Term::Any => self.add_state(None, None),
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
            Term::Choice(items) => self.add_alternatives(items, false),
            Term::All(items) => {
                let whole = self.add_alternatives(items, true);
                self.connect(&whole.last, &whole.first);
                whole
            }
        };
        // With a fixed number of repetitions, counting decides when the next particle begins.
        if particle.occurs.is_list() && particle.occurs.max != Some(particle.occurs.min) {
            self.connect(&part.last, &part.first);
        }
        part.may_be_empty |= particle.occurs.is_optional();
        part
    }

    fn add_state(&mut self, name: Option<String>, origin: StateOrigin) -> Fragment {
        self.names.push(name);
        self.origins.push(origin);
        self.follow.push(Vec::new());
        let at = self.names.len() - 1;
        Fragment { first: vec![at], last: vec![at], may_be_empty: false }
    }

    fn add_alternatives(&mut self, items: &[Particle<'_>], all: bool) -> Fragment {
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

    /// Adds the names that two different states of `states` can match.
    fn collect_conflicts(&self, states: &[usize], names: &mut BTreeMap<String, (usize, usize)>) {
        // Without wildcards, only states of the same name compete. Comparing all pairs of thousands would be slow.
        let mut first = BTreeMap::new();
        if !states.iter().any(|state| self.names[*state].is_none()) {
            for state in states {
                let Some(name) = &self.names[*state] else { continue };
                let one: usize = *first.entry(name).or_insert(*state);
                if one != *state && !names.contains_key(name) {
                    names.insert(name.clone(), (one.min(*state), one.max(*state)));
                }
            }
            return;
        }
        for (nth, one) in states.iter().enumerate() {
            for other in states[nth + 1..].iter().filter(|other| *other != one) {
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
