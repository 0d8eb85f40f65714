//! Sending a packet again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use plesk_wire::packet::Idempotency;

use crate::error::Error;

/// How often and how patiently a packet is sent again when its answer did not come. Off by default.
///
/// What may be sent again is not a setting. A packet that reached nobody, because no connection could
/// be made, always may. One whose answer was lost (the connection broke, the time ran out, a proxy
/// reported 429, 500, 502, 503 or 504) may have been carried out, and is sent again only if that does no harm: if it
/// reads, sets what it names to the same again, or deletes by id or GUID. A packet of many operations
/// is as its strictest one ([`Batch::retry`](crate::Batch::retry)). So nothing is created twice, and
/// nothing is deleted that an earlier attempt did not mean.
///
/// Where an earlier attempt may have been carried out, the answer to a later one counts an object that
/// is gone as deleted; see [`Reply::attempts`](crate::BatchResponse::attempts).
///
/// If no attempt brings an answer, the error is that of the last one, unless that reached nobody and an earlier one may
/// have been carried out: then it is that of the earlier one.
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
    first: Duration,
    longest: Duration,
    pub(super) deadline: Option<Duration>,
}

impl RetryPolicy {
    /// At most so many attempts, the first included; fewer than two never send anything again. The
    /// pauses are half a second at first and 30 seconds at most, and there is no deadline.
    pub fn attempts(attempts: u32) -> Self {
        Self { attempts, first: Duration::from_millis(500), longest: Duration::from_secs(30), deadline: None }
    }

    /// The first pause, which doubles with each attempt, and the longest. Each pause is shortened by
    /// chance, by up to a half, so that many clients do not come back all at once.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// How long sending a packet may take in all: the waiting for a turn
    /// ([`max_in_flight`](crate::ClientBuilder::max_in_flight)), the attempts, and the pauses between them.
    /// No attempt begins after that: the error is then that of the attempts, or [`Error::QueueTimeout`] if
    /// there was none. The timeout of the client goes on to bound each attempt.
    ///
    /// It holds without retries too: `RetryPolicy::attempts(1).deadline(…)`.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The pause after attempt number `attempt`, from 1.
    pub(super) fn pause(&self, attempt: u32) -> Duration {
        let doubled = self.first.saturating_mul(1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX));
        let pause = doubled.min(self.longest);
        // The standard library seeds each of these from the system: random enough to spread clients.
        let chance = RandomState::new().hash_one(()) as u32;
        pause - pause.mul_f64(f64::from(chance) / f64::from(u32::MAX) / 2.0)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::attempts(1)
    }
}

/// Whether a packet of the class `retry` may be sent again after `error`.
pub(super) fn may_repeat(retry: Idempotency, error: &Error) -> bool {
    match error {
        Error::Connect { .. } => true,
        Error::Timeout { .. } | Error::NoAnswer { .. } | Error::Truncated { .. } | Error::Empty { .. } => {
            retry <= Idempotency::IdempotentDelete
        }
        Error::Status { status, .. } => {
            matches!(status, 429 | 500 | 502..=504) && retry <= Idempotency::IdempotentDelete
        }
        // A text that breaks off; one that passes a limit will do so again.
        Error::Malformed { source, .. } => {
            matches!(source.kind(), plesk_wire::xml::ReadErrorKind::Malformed(_))
                && retry <= Idempotency::IdempotentDelete
        }
        Error::System(_) => {
            error.code().is_some_and(|code| code.is_retryable()) && retry <= Idempotency::IdempotentDelete
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_are_shortened_by_at_most_a_half() {
        let policy = RetryPolicy::attempts(9).pauses(Duration::from_millis(100), Duration::from_secs(1));
        for (attempt, whole) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (40, 1000), (u32::MAX, 1000)] {
            let pause = policy.pause(attempt).as_millis();
            assert!((whole / 2..=whole).contains(&pause), "{attempt}: {pause}");
        }
        assert_ne!(policy.pause(5), policy.pause(5));
        assert_eq!(RetryPolicy::attempts(2).pauses(Duration::ZERO, Duration::ZERO).pause(3), Duration::ZERO);
    }
}
