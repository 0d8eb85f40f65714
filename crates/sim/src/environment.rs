//! The time and the random numbers of the thread that runs a packet.
//!
//! A state file records both for each packet. When it is replayed, the packets create the same objects
//! again, with the same IDs, GUIDs and dates. They are a property of the thread, because objects are
//! created deep inside the operators, and a value that is passed through all of them could be forgotten
//! in one.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

/// The time at which a packet runs, and the seed of its random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Seconds since 1970.
    pub(crate) seconds: u64,
    pub(crate) seed: u64,
}

/// A moment that a thread has entered.
struct Environment {
    token: u64,
    seconds: u64,
    random: u64,
}

thread_local! {
    /// The moments that this thread has entered and not left. The last one applies.
    static ENTERED: RefCell<Vec<Environment>> = const { RefCell::new(Vec::new()) };
}

/// The stay of this thread in a moment. It ends when this is dropped.
pub(crate) struct Entered {
    token: u64,
    /// The moment is that of one thread.
    _not_send: PhantomData<*const ()>,
}

impl Moment {
    /// Makes this thread use the time and the random numbers of this moment.
    #[must_use]
    pub(crate) fn enter(self) -> Entered {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let token = NEXT.fetch_add(1, Ordering::Relaxed);
        let environment = Environment { token, seconds: self.seconds, random: self.seed };
        ENTERED.with_borrow_mut(|entered| entered.push(environment));
        Entered { token, _not_send: PhantomData }
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        // Guards need not be dropped in the reverse order.
        ENTERED.with_borrow_mut(|entered| entered.retain(|environment| environment.token != self.token));
    }
}

/// Returns the time of the moment that this thread has entered, in seconds since 1970.
pub(crate) fn seconds() -> Option<u64> {
    ENTERED.with_borrow(|entered| entered.last().map(|environment| environment.seconds))
}

/// Returns the next random number of the moment that this thread has entered.
///
/// This is SplitMix64. A library could change its sequence, and state files would replay to other IDs.
pub(crate) fn random() -> Option<u64> {
    ENTERED.with_borrow_mut(|entered| {
        let environment = entered.last_mut()?;
        environment.random = environment.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = environment.random;
        let mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        Some(mixed ^ mixed >> 31)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::guid;

    #[test]
    fn moment_repeats_its_random_numbers() {
        let moment = Moment { seconds: 7, seed: 42 };
        let first = {
            let _entered = moment.enter();
            assert_eq!(seconds(), Some(7));
            (guid(), guid())
        };
        let _entered = moment.enter();
        assert_eq!((guid(), guid()), first);
        assert_ne!(first.0, first.1);
    }

    #[test]
    fn moments_may_be_left_in_any_order() {
        let first = Moment { seconds: 1, seed: 0 }.enter();
        let second = Moment { seconds: 2, seed: 0 }.enter();
        drop(first);
        assert_eq!(seconds(), Some(2));
        drop(second);
        assert_eq!((seconds(), random()), (None, None));
    }
}
