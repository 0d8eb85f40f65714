//! Which packets a client sends again, when, and how often.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use plesk_wire::packet::Idempotency;
use plesk_wire::xml::ReadErrorKind;

use crate::error::Error;

/// When and how often a packet is sent again if its response did not arrive. Off by default.
///
/// What may be sent again is not a setting:
///
/// - A packet that did not reach the server, because no connection could be made, may always be sent again.
/// - A packet whose response was lost (the connection broke, the timeout passed, or a proxy reported 429,
///   500, 502, 503 or 504) may have been executed. It is sent again only if that is safe: if it reads, sets
///   something to the same value again, or deletes by ID or GUID.
/// - A packet of several operations is as safe as the least safe of them
///   ([`Batch::idempotency`](crate::Batch::idempotency)).
///
/// So nothing is created twice, and a retry never deletes an object that the first attempt did not select.
///
/// If an earlier attempt may have been executed, a retried deletion counts an object that does not exist
/// as deleted; see [`BatchResponse::attempts`](crate::BatchResponse::attempts).
///
/// If all attempts fail, the error is that of the last one. But if the last one could not connect, and an
/// earlier one may have been executed, it is that of the earlier one.
///
/// ```
/// use std::time::Duration;
/// use plesk::RetryPolicy;
///
/// // Three attempts, about one and two seconds apart, and no new one after five minutes.
/// let policy = RetryPolicy::attempts(3)
///     .pauses(Duration::from_secs(1), Duration::from_secs(20))
///     .deadline(Duration::from_secs(300));
/// # let _ = policy;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    initial_pause: Duration,
    max_pause: Duration,
    pub(super) deadline: Option<Duration>,
    budget: Option<u32>,
}

impl RetryPolicy {
    /// Creates a policy of at most this many attempts, including the first one. With fewer than two, nothing
    /// is sent again. By default, the first pause is 500 ms, the longest is 30 s, and there is no deadline.
    pub fn attempts(attempts: u32) -> Self {
        let (initial_pause, max_pause) = (Duration::from_millis(500), Duration::from_secs(30));
        Self { attempts, initial_pause, max_pause, deadline: None, budget: None }
    }

    /// Limits the retries of all requests of a client, so that they do not keep a server down that cannot answer. Default:
    /// no limit.
    ///
    /// `retries` may be made at once. Each packet that is answered allows a tenth of another one, up to `retries` again.
    /// Without one left, the error of the first attempt is returned.
    pub fn budget(mut self, retries: u32) -> Self {
        self.budget = Some(retries);
        self
    }

    /// Sets the first pause, which doubles with each attempt, and the longest one.
    ///
    /// Each pause is shortened by a random jitter of up to one half, so that many clients do not return at
    /// the same moment.
    ///
    /// If the server asks for a longer pause (`Retry-After`), that one is kept. If it would end after the deadline, or
    /// without one be longer than the client's timeout, nothing is sent again.
    pub fn pauses(mut self, initial: Duration, max: Duration) -> Self {
        self.initial_pause = initial;
        self.max_pause = max;
        self
    }

    /// Sets how long sending a packet may take in total: the wait for a free slot
    /// ([`max_in_flight`](crate::ClientBuilder::max_in_flight)), the attempts, and the pauses between them.
    ///
    /// No attempt starts after the deadline. The error is then that of the attempts, or
    /// [`Error::QueueTimeout`] if there was none. The client's timeout still limits each attempt.
    ///
    /// It applies without retries too: `RetryPolicy::attempts(1).deadline(…)`.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Applies `map` to every duration of the policy.
    pub(super) fn map_durations(self, map: impl Fn(Duration) -> Duration) -> Self {
        Self {
            attempts: self.attempts,
            initial_pause: map(self.initial_pause),
            max_pause: map(self.max_pause),
            deadline: self.deadline.map(map),
            budget: self.budget,
        }
    }

    /// Returns the retries of a new client.
    pub(super) fn new_budget(&self) -> Option<RetryBudget> {
        self.budget.map(RetryBudget::new)
    }

    /// Returns the pause after attempt number `attempt`, starting at 1.
    pub(super) fn pause(&self, attempt: u32) -> Duration {
        let factor = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let pause = self.initial_pause.saturating_mul(factor).min(self.max_pause);
        // The standard library seeds each `RandomState` from the system: random enough for jitter.
        let random = RandomState::new().hash_one(()) as u32;
        pause - pause.mul_f64(f64::from(random) / f64::from(u32::MAX) / 2.0)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::attempts(1)
    }
}

/// The retries that a client has left.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    /// In parts of a retry.
    left: AtomicU64,
    max: u64,
}

/// The parts of a retry; an answered packet gives back one of them.
const PARTS: u64 = 10;

impl RetryBudget {
    fn new(retries: u32) -> Self {
        let max = u64::from(retries) * PARTS;
        Self { left: AtomicU64::new(max), max }
    }

    /// Takes a retry, if there is one left.
    pub(super) fn take(&self) -> bool {
        let take = |left: u64| left.checked_sub(PARTS);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Counts an answered packet.
    pub(super) fn refill(&self) {
        let refill = |left| (left < self.max).then_some(left + 1);
        // It is full otherwise.
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, refill);
    }
}

/// Returns `true` if a packet may be sent again after `error`.
pub(super) fn may_retry(idempotency: Idempotency, error: &Error) -> bool {
    let is_repeatable = idempotency <= Idempotency::IdempotentDelete;
    match error {
        Error::Connect { .. } => true,
        Error::Timeout { .. } | Error::NoResponse { .. } | Error::Truncated { .. } | Error::Empty { .. } => {
            is_repeatable
        }
        Error::Status { status, .. } => matches!(status, 429 | 500 | 502..=504) && is_repeatable,
        // XML that breaks off. Not a response that exceeds a limit: it would do so again.
        Error::Malformed { source, .. } => matches!(source.kind(), ReadErrorKind::Malformed(_)) && is_repeatable,
        Error::System(_) => error.code().is_some_and(|code| code.is_retryable()) && is_repeatable,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pause_doubles_up_to_the_maximum_with_a_jitter_of_at_most_one_half() {
        let policy = RetryPolicy::attempts(9).pauses(Duration::from_millis(100), Duration::from_secs(1));
        for (attempt, whole) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (40, 1000), (u32::MAX, 1000)] {
            let pause = policy.pause(attempt).as_millis();
            assert!((whole / 2..=whole).contains(&pause), "{attempt}: {pause}");
        }
        assert_ne!(policy.pause(5), policy.pause(5));
        assert_eq!(RetryPolicy::attempts(2).pauses(Duration::ZERO, Duration::ZERO).pause(3), Duration::ZERO);
    }
}
