//! Limits of subscriptions, where they bind.

use std::collections::BTreeMap;

use plesk_wire::packet::ErrorCode;

use crate::refusal::Refusal;
use crate::state::{IndexKey, State};

/// Refuses to add an object to a subscription that has `used` of them if its limit is reached. They are counted only
/// if the limit binds.
///
/// Limits bind only if [`State::enforce_limits`] is set. -1, and a limit that was never set, is unlimited.
pub(crate) fn require_within_limit(
    state: &State,
    subscription: u64,
    limit: &str,
    used: impl FnOnce() -> usize,
) -> Result<(), Refusal> {
    let limits = state.subscriptions.get(&subscription).map(|subscription| &subscription.settings.limits);
    require(state, limits, limit, used, "subscription")
}

/// The same for what a reseller has. The administrator has no limits.
pub(crate) fn require_within_reseller_limit(
    state: &State,
    reseller: u64,
    limit: &str,
    used: impl FnOnce() -> usize,
) -> Result<(), Refusal> {
    let limits = state.resellers.get(&reseller).map(|reseller| &reseller.reseller.limits);
    require(state, limits, limit, used, "reseller")
}

fn require(
    state: &State,
    limits: Option<&BTreeMap<String, i64>>,
    limit: &str,
    used: impl FnOnce() -> usize,
    owner: &str,
) -> Result<(), Refusal> {
    let maximum = limits.and_then(|limits| limits.get(limit)).copied().filter(|maximum| *maximum >= 0);
    match maximum {
        Some(maximum) if state.enforce_limits && i64::try_from(used()).unwrap_or(i64::MAX) >= maximum => {
            let text = format!("The limit {limit} of the {owner} is reached: {maximum}");
            Err(Refusal::new(ErrorCode::LIMIT_REACHED, text))
        }
        _ => Ok(()),
    }
}

/// Returns the number of subdomains in a subscription.
pub(crate) fn count_subdomains(state: &State, subscription: u64) -> usize {
    let sites = state.sites.lookup(IndexKey::Subscription(subscription));
    sites.iter().filter(|site| site.parent.is_some()).count()
}
