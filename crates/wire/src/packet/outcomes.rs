//! The answer of an operation that acts on any number of objects.

use std::fmt;

use super::outcome::{Fault, Outcome};

/// The outcomes of an operation: one for each object that matched its filter.
///
/// Iterate over it, or use [`all_ok`](Outcomes::all_ok), [`into_single`](Outcomes::into_single),
/// [`partition`](Outcomes::partition) or [`faults`](Outcomes::faults).
///
/// If nothing matched, the outcomes of a reading operation are empty, however the server reports it. For
/// an operation that changes or deletes, the server may report it with a bare "ok". That is an outcome
/// like any other; its body names no object.
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
#[must_use = "a refused operation is only a fault among the outcomes; look at them, or call `all_ok`"]
pub struct Outcomes<B> {
    outcomes: Vec<Outcome<B>>,
    nothing: Vec<Outcome<B>>,
}

impl<B> Outcomes<B> {
    /// Creates an answer in which every result is about an object.
    pub fn new(outcomes: Vec<Outcome<B>>) -> Self {
        Self { outcomes, nothing: Vec::new() }
    }

    /// Creates an answer in which a success with a body that `is_nothing` means that nothing matched.
    pub fn without_empty(mut outcomes: Vec<Outcome<B>>, is_nothing: impl Fn(&B) -> bool) -> Self {
        // In place, because there may be very many.
        let nothing = outcomes.extract_if(.., |outcome| outcome.is_ok() && is_nothing(&outcome.body)).collect();
        Self { outcomes, nothing }
    }

    /// Returns the number of outcomes. A bare "ok", which names no object, is one.
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Returns `true` if there is no outcome.
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// Returns the outcomes as the server sent them.
    pub fn as_slice(&self) -> &[Outcome<B>] {
        &self.outcomes
    }

    /// Returns the results that mean that nothing matched. Their bodies may name the filter
    /// (`filter_id`).
    pub fn nothing_found(&self) -> &[Outcome<B>] {
        &self.nothing
    }

    /// Returns the bodies, if every outcome is a success.
    ///
    /// # Errors
    /// The first fault. Other objects may have been changed or deleted nevertheless: iterate to see
    /// which.
    pub fn all_ok(self) -> Result<Vec<B>, Fault<B>> {
        self.outcomes.into_iter().map(Outcome::into_result).collect()
    }

    /// Returns the only outcome.
    ///
    /// # Errors
    /// [`NotSingle`] if there is no outcome or more than one. It returns the outcomes, so that none is
    /// lost silently if a filter matches more objects than intended.
    pub fn into_single(mut self) -> Result<Result<B, Fault<B>>, NotSingle<B>> {
        match self.outcomes.pop() {
            Some(only) if self.outcomes.is_empty() => Ok(only.into_result()),
            last => {
                self.outcomes.extend(last);
                Err(NotSingle(self))
            }
        }
    }

    /// Splits the outcomes into the bodies of successes and the faults.
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
        let (mut bodies, mut faults) = (Vec::new(), Vec::new());
        for outcome in self {
            match outcome {
                Ok(body) => bodies.push(body),
                Err(fault) => faults.push(fault),
            }
        }
        (bodies, faults)
    }

    /// Returns the faults.
    pub fn faults(self) -> impl Iterator<Item = Fault<B>> {
        self.into_iter().filter_map(Result::err)
    }
}

/// The error for a number of outcomes other than one. Contains the outcomes.
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
            0 => f.write_str("expected one result, got none"),
            many => write!(f, "expected one result, got {many}; narrow the filter"),
        }
    }
}

/// Shows only the number of outcomes, because there may be very many.
impl<B> fmt::Debug for NotSingle<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NotSingle({self})")
    }
}

impl<B> std::error::Error for NotSingle<B> {}

/// An iterator over outcomes, as results.
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
