//! Splits long lists of objects into several operations.

use std::num::NonZeroUsize;

use plesk_wire::xml::NonEmpty;

/// Splits a long list of IDs, names or logins into operations on at most `size` items each.
///
/// The server processes a packet in one go. Ten thousand objects at once take minutes, during which the
/// server sends nothing, and the response may exceed the client's limits. The iterator is lazy, so
/// that only one operation is in memory at a time. It yields nothing for an empty list.
///
/// ```
/// use std::num::NonZeroUsize;
/// use plesk::{Operation, chunks, customer};
///
/// let ids = 1..=2500_u64;
/// let size = NonZeroUsize::new(1000).unwrap();
/// let dels: Vec<_> = chunks(ids, size, |ids| customer::Del::new(customer::Filter::ids(ids))).collect();
/// assert_eq!(dels.len(), 3);
/// # let customer::Filter::Id(last) = &dels[2].filter else { panic!() };
/// # assert_eq!(last.len(), 500);
/// ```
pub fn chunks<T, Op>(
    items: impl IntoIterator<Item = T>,
    size: NonZeroUsize,
    mut operation: impl FnMut(NonEmpty<T>) -> Op,
) -> impl Iterator<Item = Op> {
    let mut items = items.into_iter();
    std::iter::from_fn(move || {
        let chunk: Vec<T> = items.by_ref().take(size.get()).collect();
        NonEmpty::try_from(chunk).ok().map(&mut operation)
    })
}
