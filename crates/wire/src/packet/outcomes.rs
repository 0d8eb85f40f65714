//! The answer of an operation that acts on any number of objects.

use std::fmt;

use std::marker::PhantomData;

use super::outcome::{Fault, Outcome, OutcomeBody};

/// The outcomes of an operation: one for each object that matched its filter.
///
/// A success has data of type `T`. `B` is the body of a result as the server sends it, and of a fault: `T` itself, or
/// `Option<T>` if the schema lets a server leave out the data. A success without it is then no outcome if nothing was
/// found, and a fault ([`is_incomplete`](Fault::is_incomplete)) if the operation creates objects.
///
/// Iterate over it, or use [`all_ok`](Outcomes::all_ok), [`into_single`](Outcomes::into_single),
/// [`partition`](Outcomes::partition) or [`faults`](Outcomes::faults).
///
/// If nothing matched, the outcomes of a reading operation are empty, however the server reports it. For
/// an operation that changes or deletes, the server may report it with a bare "ok". That is an outcome
/// like any other; its body names no object.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::{ErrorCode, Outcomes, Outcome};
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
pub struct Outcomes<T, B = T> {
    outcomes: Vec<Outcome<B>>,
    nothing: Vec<Outcome<B>>,
    data: PhantomData<fn() -> T>,
}

impl<T, B: OutcomeBody<T>> Outcomes<T, B> {
    /// Creates an answer in which every result is about an object.
    pub fn new(outcomes: Vec<Outcome<B>>) -> Self {
        Self { outcomes, nothing: Vec::new(), data: PhantomData }
    }

    /// Creates an answer in which a success with a body that `is_nothing` means that nothing matched.
    pub fn without_empty(mut outcomes: Vec<Outcome<B>>, is_nothing: impl Fn(&B) -> bool) -> Self {
        // In place, because there may be very many.
        let nothing = outcomes.extract_if(.., |outcome| outcome.is_ok() && is_nothing(&outcome.body)).collect();
        Self { outcomes, nothing, data: PhantomData }
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

    /// Returns the data, if every outcome is a success.
    ///
    /// # Errors
    /// The first fault. Other objects may have been changed or deleted nevertheless: iterate to see
    /// which.
    pub fn all_ok(self) -> Result<Vec<T>, Fault<B>> {
        self.outcomes.into_iter().map(B::into_data).collect()
    }

    /// Returns the only outcome.
    ///
    /// # Errors
    /// [`NotSingle`] if there is no outcome or more than one. It returns the outcomes, so that none is
    /// lost silently if a filter matches more objects than intended.
    pub fn into_single(mut self) -> Result<Result<T, Fault<B>>, NotSingle<T, B>> {
        match self.outcomes.pop() {
            Some(only) if self.outcomes.is_empty() => Ok(B::into_data(only)),
            last => {
                self.outcomes.extend(last);
                Err(NotSingle(self))
            }
        }
    }

    /// Splits the outcomes into the data of successes and the faults.
    ///
    /// ```
    /// # use plesk_wire::packet as plesk;
    /// use plesk::{ErrorCode, Outcomes, Outcome};
    ///
    /// let gone = Outcome::error(ErrorCode::NOT_FOUND, "no such customer", 8);
    /// let (done, faults) = Outcomes::new(vec![Outcome::ok(7), gone]).partition();
    /// assert_eq!(done, [7]);
    /// assert_eq!(faults[0].body, 8);
    /// ```
    pub fn partition(self) -> (Vec<T>, Vec<Fault<B>>) {
        let (mut done, mut faults) = (Vec::new(), Vec::new());
        for outcome in self {
            match outcome {
                Ok(data) => done.push(data),
                Err(fault) => faults.push(fault),
            }
        }
        (done, faults)
    }

    /// Returns the faults.
    pub fn faults(self) -> impl Iterator<Item = Fault<B>> {
        self.into_iter().filter_map(Result::err)
    }
}

/// The error for a number of outcomes other than one. Contains the outcomes.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::{Outcomes, NotSingle, Outcome};
///
/// let NotSingle(outcomes) = Outcomes::new(vec![Outcome::ok(7), Outcome::ok(8)]).into_single().unwrap_err();
/// assert_eq!(outcomes.len(), 2);
/// ```
#[derive(Clone, PartialEq)]
pub struct NotSingle<T, B = T>(pub Outcomes<T, B>);

impl<T, B: OutcomeBody<T>> fmt::Display for NotSingle<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            0 => f.write_str("expected one result, got none"),
            many => write!(f, "expected one result, got {many}; narrow the filter"),
        }
    }
}

/// Shows only the number of outcomes, because there may be very many.
impl<T, B: OutcomeBody<T>> fmt::Debug for NotSingle<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NotSingle({self})")
    }
}

impl<T, B: OutcomeBody<T>> std::error::Error for NotSingle<T, B> {}

/// An iterator over outcomes, as results.
#[derive(Debug)]
pub struct IntoIter<T, B = T>(std::vec::IntoIter<Outcome<B>>, PhantomData<fn() -> T>);

impl<T, B: OutcomeBody<T>> Iterator for IntoIter<T, B> {
    type Item = Result<T, Fault<B>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(B::into_data)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T, B: OutcomeBody<T>> IntoIterator for Outcomes<T, B> {
    type Item = Result<T, Fault<B>>;
    type IntoIter = IntoIter<T, B>;

    fn into_iter(self) -> IntoIter<T, B> {
        IntoIter(self.outcomes.into_iter(), PhantomData)
    }
}
