//! Lists of at least one item.

use std::fmt;
use std::ops::Deref;

/// A list of at least one item.
///
/// An empty list in a filter would select *all objects*, so filters take a `NonEmpty`.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::NonEmpty;
///
/// let ids = NonEmpty::try_from(vec![1, 2])?;
/// assert_eq!(ids.first(), &1);
/// assert!(NonEmpty::<u64>::try_from(vec![]).is_err());
/// # Ok::<(), plesk_wire::xml::EmptyList>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NonEmpty<T>(Vec<T>);

/// The error of creating an empty [`NonEmpty`].
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::{EmptyList, NonEmpty};
///
/// assert_eq!(NonEmpty::<u64>::try_from(vec![]), Err(EmptyList));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyList;

impl fmt::Display for EmptyList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list is empty; expected at least one item")
    }
}

impl std::error::Error for EmptyList {}

impl<T> NonEmpty<T> {
    /// Creates a list of one item.
    pub fn one(item: T) -> Self {
        Self(vec![item])
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.0.push(item);
    }

    /// Returns the items, so that one can be added. The list must not become empty.
    pub(super) fn as_vec_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }

    /// Returns the first item.
    pub fn first(&self) -> &T {
        &self.0[0]
    }

    /// Returns the items, at least one.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// Returns the items as a `Vec`.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }

    /// Converts the items of an array, or of another list, that is known to have one.
    pub(super) fn convert<U: Into<T>>(items: impl IntoIterator<Item = U>) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }

    /// Collects an iterator and converts its items.
    ///
    /// # Errors
    /// [`EmptyList`] if the iterator is empty.
    pub fn collect<I>(items: I) -> Result<Self, EmptyList>
    where
        I: IntoIterator,
        I::Item: Into<T>,
    {
        Self::try_from(items.into_iter().map(Into::into).collect::<Vec<T>>())
    }
}

impl<T> TryFrom<Vec<T>> for NonEmpty<T> {
    type Error = EmptyList;

    fn try_from(items: Vec<T>) -> Result<Self, EmptyList> {
        if items.is_empty() { Err(EmptyList) } else { Ok(Self(items)) }
    }
}

impl<T> Deref for NonEmpty<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for NonEmpty<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a NonEmpty<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for NonEmpty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
