//! The answer of an operation that acts on any number of objects.

use std::fmt;

use super::{Fault, Outcome};

/// An outcome for each object that an operation met.
///
/// Iterate over it, or ask for [`all_ok`](Outcomes::all_ok), [`into_single`](Outcomes::into_single),
/// [`partition`](Outcomes::partition) or [`faults`](Outcomes::faults). An operation that reads may meet nothing: then it is empty, in
/// whichever of its ways the server says so. One that changes or deletes may meet nothing too, and
/// the server may say so with a bare "ok": that is an outcome like any other, with nothing in its
/// body that names an object.
///
/// ```
/// use plesk_wire::packet::{ErrorCode, Outcomes, Outcome};
///
/// let answer = || Outcomes::new(vec![Outcome::ok(7), Outcome::error(ErrorCode::NOT_FOUND, "no such customer", 8)]);
/// for outcome in answer() {
///     match outcome {
///         Ok(id) => println!("{id} is gone"),
///         Err(fault) => println!("{} is not: {fault}", fault.body),
///     }
/// }
/// assert_eq!(answer().faults().count(), 1);
/// assert!(answer().all_ok().is_err() && answer().into_single().is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes<B> {
    outcomes: Vec<Outcome<B>>,
    nothing: Vec<Outcome<B>>,
}

impl<B> Outcomes<B> {
    /// An answer in which every result is an object.
    pub fn new(outcomes: Vec<Outcome<B>>) -> Self {
        Self { outcomes, nothing: Vec::new() }
    }

    /// An answer in which a success whose body `is_nothing` says that nothing was found.
    pub fn without_empty(mut outcomes: Vec<Outcome<B>>, is_nothing: impl Fn(&B) -> bool) -> Self {
        // In place, as there may be very many.
        let nothing = outcomes.extract_if(.., |outcome| outcome.is_ok() && is_nothing(&outcome.body)).collect();
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
    pub fn as_slice(&self) -> &[Outcome<B>] {
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
        self.outcomes.into_iter().map(Outcome::into_result).collect()
    }

    /// The only outcome.
    ///
    /// # Errors
    /// [`NotSingle`], which gives the outcomes back, if there is none or more than one: a filter
    /// that was meant to meet one object may meet several, and no outcome is lost silently.
    pub fn into_single(mut self) -> Result<Result<B, Fault<B>>, NotSingle<B>> {
        match self.outcomes.pop() {
            Some(only) if self.outcomes.is_empty() => Ok(only.into_result()),
            last => {
                self.outcomes.extend(last);
                Err(NotSingle(self))
            }
        }
    }

    /// The bodies of the successes, and the faults.
    ///
    /// ```
    /// use plesk_wire::packet::{ErrorCode, Outcomes, Outcome};
    ///
    /// let gone = Outcome::error(ErrorCode::NOT_FOUND, "no such customer", 8);
    /// let (done, faults) = Outcomes::new(vec![Outcome::ok(7), gone]).partition();
    /// assert_eq!(done, [7]);
    /// assert_eq!(faults[0].body, 8);
    /// ```
    pub fn partition(self) -> (Vec<B>, Vec<Fault<B>>) {
        let (mut done, mut faults) = (Vec::new(), Vec::new());
        for outcome in self {
            match outcome {
                Ok(body) => done.push(body),
                Err(fault) => faults.push(fault),
            }
        }
        (done, faults)
    }

    /// The faults alone.
    pub fn faults(self) -> impl Iterator<Item = Fault<B>> {
        self.into_iter().filter_map(Result::err)
    }
}

/// There is no outcome, or more than one, where one was asked for; these are the outcomes.
///
/// ```
/// use plesk_wire::packet::{Outcomes, NotSingle, Outcome};
///
/// let NotSingle(outcomes) = Outcomes::new(vec![Outcome::ok(7), Outcome::ok(8)]).into_single().unwrap_err();
/// assert_eq!(outcomes.len(), 2);
/// ```
#[derive(Clone, PartialEq)]
pub struct NotSingle<B>(pub Outcomes<B>);

impl<B> fmt::Display for NotSingle<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            0 => f.write_str("no object was met where one was expected"),
            many => write!(f, "{many} objects were met where one was expected: the filter is wider than that"),
        }
    }
}

/// As `Display`: the outcomes may be many.
impl<B> fmt::Debug for NotSingle<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NotSingle({self})")
    }
}

impl<B> std::error::Error for NotSingle<B> {}

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

impl<B> IntoIterator for Outcomes<B> {
    type Item = Result<B, Fault<B>>;
    type IntoIter = IntoIter<B>;

    fn into_iter(self) -> IntoIter<B> {
        IntoIter(self.outcomes.into_iter())
    }
}
