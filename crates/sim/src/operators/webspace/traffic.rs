//! Reads and sets the traffic of subscriptions, and lists subscriptions whose resource usage changed.

use plesk_protocol::common::Traffic;
use plesk_protocol::webspace::{
    GetChanged, GetChangedResult, GetChangedResultSubscription, GetTraffic, SetTraffic, SetTrafficResult,
};
use plesk_wire::xml::Any;

use crate::clock;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::statistics::day_of;
use crate::state::{State, Subscription};

/// Returns the traffic of the requested days.
pub(super) fn read(subscription: &Subscription, get: &GetTraffic) -> Vec<Traffic> {
    let (since, to) = (get.since_date.as_ref().map(day_of), get.to_date.as_ref().map(day_of));
    let in_range = |traffic: &&Traffic| {
        let day = day_of(&traffic.date);
        since.is_none_or(|since| since <= day) && to.is_none_or(|to| day <= to)
    };
    subscription.traffic.iter().filter(in_range).cloned().collect()
}

/// Sets the mail traffic of a day. It replaces what was set before for that day.
pub(super) fn set(state: &mut State, set: &SetTraffic) -> Result<SetTrafficResult, Refusal> {
    let subscription = state.subscriptions.get_mut(&set.dom_id.get());
    let subscription = subscription.ok_or_else(|| Refusal::not_found("Subscription"))?;
    if [set.smtp_in, set.smtp_out, set.pop3_imap_in, set.pop3_imap_out].iter().any(|bytes| *bytes < 0) {
        return Err(Refusal::invalid_value("Traffic cannot be negative"));
    }
    let days = &mut subscription.traffic;
    let index = match days.binary_search_by_key(&day_of(&set.date), |day| day_of(&day.date)) {
        Ok(index) => index,
        Err(index) => {
            days.insert(index, build(|day: &mut Traffic| day.date = set.date.clone()));
            index
        }
    };
    let day = &mut days[index];
    (day.smtp_in, day.smtp_out) = (set.smtp_in, set.smtp_out);
    (day.pop3_imap_in, day.pop3_imap_out) = (set.pop3_imap_in, set.pop3_imap_out);
    subscription.usage_changed = clock::now();
    Ok(build(|result: &mut SetTrafficResult| result.id = set.dom_id))
}

/// Lists the subscriptions whose resource usage changed at or after the requested time.
pub(super) fn list_changed(state: &State, get: &GetChanged) -> GetChangedResult {
    let from = clock::sort_key(&get.resource_usage.from);
    let changed =
        state.subscriptions.values().filter(|subscription| clock::sort_key(&subscription.usage_changed) >= from);
    let listed = changed.map(|subscription| {
        build(|listed: &mut GetChangedResultSubscription| {
            listed.name = Any::text(&subscription.name);
            listed.id = Any::text(&subscription.id.to_string());
            listed.external_id = Any::text(subscription.external_id.as_deref().unwrap_or_default());
        })
    });
    build(|result: &mut GetChangedResult| result.subscription = listed.collect())
}
