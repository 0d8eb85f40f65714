//! Reads and sets the traffic of subscriptions, and lists subscriptions whose resource usage changed.

use plesk_protocol::common::Traffic;
use plesk_protocol::webspace::{
    ChangedSubscription, GetChanged, GetChangedResult, GetTraffic, SetTraffic, SetTrafficResult,
};
use plesk_wire::xml::Any;

use crate::clock;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::find_subscription;
use crate::shared::statistics::{MailTraffic, day_of, set_mail_traffic};
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
    let id = find_subscription(state, set.dom_id.get())?;
    let subscription = state.subscriptions.get_mut(&id).ok_or_else(|| Refusal::not_found("Subscription"))?;
    let SetTraffic { smtp_in, smtp_out, pop3_imap_in, pop3_imap_out, .. } = *set;
    let mail = MailTraffic { smtp_in, smtp_out, pop3_imap_in, pop3_imap_out };
    set_mail_traffic(&mut subscription.traffic, &set.date, &mail)?;
    subscription.usage_changed = clock::now();
    Ok(build(|result: &mut SetTrafficResult| result.id = Some(set.dom_id)))
}

/// Lists the subscriptions that the sender of the packet may see whose resource usage changed at or after the requested time.
pub(super) fn list_changed(state: &State, get: &GetChanged) -> GetChangedResult {
    let from = clock::sort_key(&get.resource_usage.from);
    let is_listed = |subscription: &&Subscription| {
        state.may_access(subscription.owner) && clock::sort_key(&subscription.usage_changed) >= from
    };
    let changed = state.subscriptions.values().filter(is_listed);
    let listed = changed.map(|subscription| {
        build(|listed: &mut ChangedSubscription| {
            listed.name = Any::text(&subscription.name);
            listed.id = Any::text(&subscription.id.to_string());
            listed.external_id = Any::text(subscription.external_id.as_deref().unwrap_or_default());
        })
    });
    build(|result: &mut GetChangedResult| result.subscription = listed.collect())
}
