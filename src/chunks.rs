//! Thousands of objects, packet by packet.

use std::num::NonZeroUsize;

use plesk_wire::xml::NonEmpty;

/// Splits a list of thousands of ids, names or logins into operations on at most `size` of them.
///
/// The server works through a packet in one go: ten thousand objects at once take minutes, in which
/// it says nothing, and the answer may pass the client's limits. The operations come one by one, so
/// that no more than one needs to be held; of an empty list come none.
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
