//! Elements that two places of a content model could take ("unique particle attribution", XSD
//! Part 1, section 3.8.6): a reader that looks at one element at a time could not tell them apart.

use std::collections::BTreeMap;

use super::particle::{Particle, Term};
use crate::error::{Mark, Problem};

/// A name for which two places compete.
pub(super) struct Clash {
    name: String,
    places: [Site; 2],
}

/// The file of a place, its path, and its number among those of the same path; `None` for a wildcard.
type Site = Option<(String, String, usize)>;

impl Clash {
    /// Says so of the type at `path` in `file`.
    pub(super) fn problem(self, file: &str, path: &str) -> Problem {
        let Self { name, places } = self;
        let message = format!("two places for <{name}> compete, so that it is open which one an element is for");
        let [first, second] = places.map(|place| match place {
            Some((file, path, nth)) => (file, path, Mark::Whole(nth)),
            None => (file.to_owned(), path.to_owned(), Mark::Xsd(&["any"])),
        });
        Problem::new(file, path, message)
            .seen_in(&second.0, &second.1)
            .at(second.2)
            .says("or for this one")
            .and(&first.0, &first.1, first.2, "it may be for this one")
            .advice("name one of them otherwise, or let something required stand between them")
    }
}

/// The names for which two places of the content model compete.
pub(super) fn competing(content: &Particle<'_>) -> Vec<Clash> {
    let mut places = Places::default();
    let whole = places.add(content);
    let mut names = BTreeMap::new();
    places.compare(&whole.first, &mut names);
    for follow in &places.follow {
        places.compare(follow, &mut names);
    }
    let site = |at: usize| places.sites[at].clone();
    names.into_iter().map(|(name, (one, other))| Clash { name, places: [site(one), site(other)] }).collect()
}

/// The places of a content model where an element may stand.
#[derive(Default)]
struct Places {
    /// The element that may stand there; `None` for any.
    names: Vec<Option<String>>,
    /// Where it is declared.
    sites: Vec<Site>,
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
                let name = named.or(referred).unwrap_or_default();
                let path = format!("{}/{name}", element.path);
                let same = self.sites.iter().flatten().filter(|(_, other, _)| *other == path).count();
                self.place(Some(name), Some((element.file.to_owned(), path, same)))
            }
            Term::Any => self.place(None, None),
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

    fn place(&mut self, name: Option<String>, site: Site) -> Part {
        self.names.push(name);
        self.sites.push(site);
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
