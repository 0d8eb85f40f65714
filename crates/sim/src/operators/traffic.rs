//! Traffic of subscriptions, and whose use of resources has changed.

use plesk_protocol::common::Traffic;
use plesk_protocol::webspace::{
    GetChanged, GetChangedResult, GetChangedResultSubscription, GetTraffic, SetTraffic, SetTrafficResult,
};
use plesk_wire::xml::Any;

use super::make;
use super::statistics::day_of;
use crate::clock;
use crate::refusal::Refusal;
use crate::state::{State, Subscription};

/// The traffic of the days that the request is about.
pub(super) fn read(subscription: &Subscription, get: &GetTraffic) -> Vec<Traffic> {
    let (since, to) = (get.since_date.as_ref().map(day_of), get.to_date.as_ref().map(day_of));
    let within = |traffic: &&Traffic| {
        let day = day_of(&traffic.date);
        since.is_none_or(|since| since <= day) && to.is_none_or(|to| day <= to)
    };
    subscription.traffic.iter().filter(within).cloned().collect()
}

/// Enters the mail traffic of a day, in the place of what was entered for it before.
pub(super) fn enter(state: &mut State, set: &SetTraffic) -> Result<SetTrafficResult, Refusal> {
    let subscription = u64::try_from(set.dom_id).ok().and_then(|id| state.subscriptions.get_mut(&id));
    let subscription = subscription.ok_or_else(|| Refusal::not_found("Subscription"))?;
    if [set.smtp_in, set.smtp_out, set.pop3_imap_in, set.pop3_imap_out].iter().any(|bytes| *bytes < 0) {
        return Err(Refusal::invalid("Traffic cannot be negative"));
    }
    let days = &mut subscription.traffic;
    let at = match days.binary_search_by_key(&day_of(&set.date), |day| day_of(&day.date)) {
        Ok(at) => at,
        Err(at) => {
            days.insert(at, make(|day: &mut Traffic| day.date = set.date.clone()));
            at
        }
    };
    let day = &mut days[at];
    (day.smtp_in, day.smtp_out) = (set.smtp_in, set.smtp_out);
    (day.pop3_imap_in, day.pop3_imap_out) = (set.pop3_imap_in, set.pop3_imap_out);
    subscription.usage_changed = clock::now();
    Ok(make(|result: &mut SetTrafficResult| result.id = set.dom_id))
}

/// The subscriptions whose use of resources has changed since a moment.
pub(super) fn changed(state: &State, get: &GetChanged) -> GetChangedResult {
    let from = clock::order(&get.resource_usage.from);
    let changed = state.subscriptions.values().filter(|one| clock::order(&one.usage_changed) >= from);
    let shown = changed.map(|subscription| {
        make(|shown: &mut GetChangedResultSubscription| {
            shown.name = Any::text(&subscription.name);
            shown.id = Any::text(&subscription.id.to_string());
            shown.external_id = Any::text(subscription.external_id.as_deref().unwrap_or_default());
        })
    });
    make(|result: &mut GetChangedResult| result.subscription = shown.collect())
}
