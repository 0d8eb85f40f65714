//! What accounts use, summed up over their subscriptions.

use plesk_wire::xml::Date;

use crate::clock;
use crate::state::{State, Subscription};

/// Sums over subscriptions.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) domains: u32,
    pub(super) active_domains: u32,
    pub(super) disk_space: u64,
    pub(super) traffic: u64,
    pub(super) traffic_yesterday: u64,
}

/// What the subscriptions of these accounts come to.
pub(super) fn of(state: &State, owners: &[u64]) -> Sums {
    let mut sums = Sums::default();
    for subscription in owners.iter().flat_map(|owner| state.subscriptions_of(*owner)) {
        sums.domains += 1;
        sums.active_domains += u32::from(subscription.status == 0);
        sums.disk_space += disk_space(subscription);
        sums.traffic += traffic_this_month(subscription);
        sums.traffic_yesterday += traffic_yesterday(subscription);
    }
    sums
}

/// The bytes that a subscription takes up.
pub(super) fn disk_space(subscription: &Subscription) -> u64 {
    u64::try_from(subscription.mailboxes_size.saturating_add(subscription.maillists_size)).unwrap_or(0)
}

/// The bytes that went in and out this month.
pub(super) fn traffic_this_month(subscription: &Subscription) -> u64 {
    let today = clock::today();
    traffic(subscription, |day| (day.year(), day.month()) == (today.year(), today.month()))
}

/// The bytes that went in and out yesterday.
pub(super) fn traffic_yesterday(subscription: &Subscription) -> u64 {
    let yesterday = clock::yesterday();
    traffic(subscription, |day| day_of(day) == day_of(&yesterday))
}

fn traffic(subscription: &Subscription, counts: impl Fn(&Date) -> bool) -> u64 {
    let days = subscription.traffic.iter().filter(|traffic| counts(&traffic.date));
    let bytes = days.flat_map(|day| {
        let (web, mail) = ([day.http_in, day.http_out, day.ftp_in, day.ftp_out], [day.smtp_in, day.smtp_out]);
        web.into_iter().chain(mail).chain([day.pop3_imap_in, day.pop3_imap_out])
    });
    bytes.fold(0, |sum, bytes| sum.saturating_add(u64::try_from(bytes).unwrap_or(0)))
}

/// The day, to be compared: dates that name the same day may be written differently.
pub(super) fn day_of(date: &Date) -> (i64, u8, u8) {
    (date.year(), date.month(), date.day())
}

/// A number of objects, as the protocol counts them.
pub(super) fn count(objects: usize) -> u32 {
    u32::try_from(objects).unwrap_or(u32::MAX)
}
