//! The answer of an operation that acts on any number of objects.

use super::{Fault, Outcome};

/// An outcome for each object that an operation met.
///
/// Iterate over it, or ask for [`all_ok`](Many::all_ok), [`into_single`](Many::into_single) or
/// [`faults`](Many::faults). An operation that reads may meet nothing: then it is empty, in
/// whichever of its ways the server says so. One that changes or deletes may meet nothing too, and
/// the server may say so with a bare "ok": that is an outcome like any other, with nothing in its
/// body that names an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Many<B> {
    outcomes: Vec<Outcome<B>>,
    nothing: Vec<Outcome<B>>,
}

impl<B> Many<B> {
    /// An answer in which every result is an object.
    pub fn of(outcomes: Vec<Outcome<B>>) -> Self {
        Self { outcomes, nothing: Vec::new() }
    }

    /// An answer in which a success whose body `is_nothing` says that nothing was found.
    pub fn of_found(outcomes: Vec<Outcome<B>>, is_nothing: impl Fn(&B) -> bool) -> Self {
        let (nothing, outcomes) =
            outcomes.into_iter().partition(|outcome| outcome.is_ok() && is_nothing(&outcome.body));
        Self { outcomes, nothing }
    }

    /// How many outcomes there are; a bare "ok", which names no object, is one.
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether there is no outcome.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// The outcomes as the server sent them.
    pub fn outcomes(&self) -> &[Outcome<B>] {
        &self.outcomes
    }

    /// The results that say that nothing was found; their bodies may name the filter (`filter_id`).
    pub fn nothing_found(&self) -> &[Outcome<B>] {
        &self.nothing
    }

    /// The bodies, if every outcome is a success.
    ///
    /// # Errors
    /// The first fault. Other objects may have been changed or deleted all the same: iterate to see
    /// which.
    pub fn all_ok(self) -> Result<Vec<B>, Fault<B>> {
        self.into_iter().collect()
    }

    /// The only outcome; `None` if there is none or more than one.
    pub fn into_single(self) -> Option<Result<B, Fault<B>>> {
        let mut outcomes = self.into_iter();
        match (outcomes.next(), outcomes.next()) {
            (only, None) => only,
            _ => None,
        }
    }

    /// The faults alone.
    pub fn faults(self) -> impl Iterator<Item = Fault<B>> {
        self.into_iter().filter_map(Result::err)
    }
}

/// The outcomes, one by one, as results.
#[derive(Debug)]
pub struct IntoIter<B>(std::vec::IntoIter<Outcome<B>>);

impl<B> Iterator for IntoIter<B> {
    type Item = Result<B, Fault<B>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(Outcome::into_result)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<B> IntoIterator for Many<B> {
    type Item = Result<B, Fault<B>>;
    type IntoIter = IntoIter<B>;

    fn into_iter(self) -> IntoIter<B> {
        IntoIter(self.outcomes.into_iter())
    }
}
