//! Finds repetitions that a reader cannot split into rounds by looking at one element at a time.
//!
//! In `(a{1,2}){2,2}`, the first round may end after one `a` or after two. XML Schema allows that, because both are the
//! same particle. A reader would have to look ahead to know.

use super::particle::{Particle, Term};
use crate::model::Occurs;

/// Returns `true` if no repeated part of a repeated group can end one round of it and begin the next.
///
/// That does no damage if neither the group nor the part needs a number of rounds: the reader then takes as many as it can.
pub(super) fn is_decidable(content: &Particle<'_>) -> bool {
    ends_of(content).is_some()
}

/// The repeated parts with which a particle can begin and end.
struct Ends<'p> {
    begins: Vec<&'p Occurs>,
    ends: Vec<&'p Occurs>,
}

/// Returns the ends of a particle; `None` if a repetition in it cannot be split.
fn ends_of<'p>(particle: &'p Particle<'_>) -> Option<Ends<'p>> {
    let mut whole = Ends { begins: Vec::new(), ends: Vec::new() };
    match &particle.term {
        Term::Element(_) | Term::Any => {}
        Term::Sequence(items) => {
            let mut may_begin = true;
            for item in items {
                let part = ends_of(item)?;
                if may_begin {
                    whole.begins.extend(part.begins);
                }
                may_begin &= item.may_be_empty();
                if !item.may_be_empty() {
                    whole.ends.clear();
                }
                whole.ends.extend(part.ends);
            }
        }
        Term::Choice(items) | Term::All(items) => {
            for item in items {
                let part = ends_of(item)?;
                whole.begins.extend(part.begins);
                whole.ends.extend(part.ends);
            }
        }
    }
    let occurs = &particle.occurs;
    if !occurs.is_list() {
        return Some(whole);
    }
    let is_greedy = |occurs: &Occurs| occurs.max.is_none() && occurs.min <= 1;
    let is_same = |a: &&Occurs, b: &&Occurs| std::ptr::eq(*a, *b);
    let mut at_both_ends = whole.begins.iter().filter(|begin| whole.ends.iter().any(|end| is_same(begin, end)));
    if at_both_ends.any(|part| !is_greedy(occurs) || part.min > 1) {
        return None;
    }
    whole.begins.push(occurs);
    whole.ends.push(occurs);
    Some(whole)
}
