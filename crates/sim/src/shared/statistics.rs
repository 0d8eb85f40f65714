//! Sums up the disk space and traffic that subscriptions use, and records traffic.

use plesk_protocol::common::Traffic;
use plesk_wire::xml::Date;

use super::build::build;
use crate::clock;
use crate::refusal::Refusal;
use crate::state::{State, Subscription};

/// The usage of several subscriptions.
#[derive(Default)]
pub(crate) struct Usage {
    pub(crate) domains: u32,
    pub(crate) active_domains: u32,
    pub(crate) disk_space: u64,
    pub(crate) traffic: u64,
    pub(crate) traffic_yesterday: u64,
}

/// The mail traffic of a day, in bytes.
pub(crate) struct MailTraffic {
    pub(crate) smtp_in: i64,
    pub(crate) smtp_out: i64,
    pub(crate) pop3_imap_in: i64,
    pub(crate) pop3_imap_out: i64,
}

/// Sets the mail traffic of a day in a list that is sorted by day. It replaces what was set before for that day.
pub(crate) fn set_mail_traffic(days: &mut Vec<Traffic>, date: &Date, mail: &MailTraffic) -> Result<(), Refusal> {
    let MailTraffic { smtp_in, smtp_out, pop3_imap_in, pop3_imap_out } = *mail;
    if [smtp_in, smtp_out, pop3_imap_in, pop3_imap_out].iter().any(|bytes| *bytes < 0) {
        return Err(Refusal::invalid_value("Traffic cannot be negative"));
    }
    let index = match days.binary_search_by_key(&day_of(date), |day| day_of(&day.date)) {
        Ok(index) => index,
        Err(index) => {
            days.insert(index, build(|day: &mut Traffic| day.date = date.clone()));
            index
        }
    };
    let day = &mut days[index];
    (day.smtp_in, day.smtp_out) = (smtp_in, smtp_out);
    (day.pop3_imap_in, day.pop3_imap_out) = (pop3_imap_in, pop3_imap_out);
    Ok(())
}

/// Returns the total usage of the subscriptions of these accounts.
pub(crate) fn total_usage(state: &State, owners: &[u64]) -> Usage {
    let mut usage = Usage::default();
    for subscription in owners.iter().flat_map(|owner| state.subscriptions_of(*owner)) {
        usage.domains += 1;
        usage.active_domains += u32::from(subscription.status == 0);
        usage.disk_space += disk_space(subscription);
        usage.traffic += traffic_this_month(subscription);
        usage.traffic_yesterday += traffic_yesterday(subscription);
    }
    usage
}

/// Returns the disk space that a subscription uses, in bytes.
pub(crate) fn disk_space(subscription: &Subscription) -> u64 {
    u64::try_from(subscription.mailboxes_size.saturating_add(subscription.maillists_size)).unwrap_or(0)
}

/// Returns the incoming and outgoing traffic of this month, in bytes.
pub(crate) fn traffic_this_month(subscription: &Subscription) -> u64 {
    sum_this_month(&subscription.traffic)
}

/// Returns the sum of the days of this month, in bytes.
pub(crate) fn sum_this_month(days: &[Traffic]) -> u64 {
    let today = clock::today();
    sum(days, |date| (date.year(), date.month()) == (today.year(), today.month()))
}

/// Returns the incoming and outgoing traffic of yesterday, in bytes.
pub(crate) fn traffic_yesterday(subscription: &Subscription) -> u64 {
    sum_yesterday(&subscription.traffic)
}

/// Returns the traffic of yesterday, in bytes.
pub(crate) fn sum_yesterday(days: &[Traffic]) -> u64 {
    let yesterday = clock::yesterday();
    sum(days, |date| day_of(date) == day_of(&yesterday))
}

/// Returns the traffic of the days that the predicate accepts, in bytes.
fn sum(days: &[Traffic], predicate: impl Fn(&Date) -> bool) -> u64 {
    let days = days.iter().filter(|traffic| predicate(&traffic.date));
    let bytes = days.flat_map(|day| {
        let (web, mail) = ([day.http_in, day.http_out, day.ftp_in, day.ftp_out], [day.smtp_in, day.smtp_out]);
        web.into_iter().chain(mail).chain([day.pop3_imap_in, day.pop3_imap_out])
    });
    bytes.fold(0, |sum, bytes| sum.saturating_add(u64::try_from(bytes).unwrap_or(0)))
}

/// Returns year, month and day, for comparisons. `Date` itself compares the text, and the same day can
/// be written in several ways.
pub(crate) fn day_of(date: &Date) -> (i64, u8, u8) {
    (date.year(), date.month(), date.day())
}

/// Converts a number of objects to the type that the protocol has for it.
pub(crate) fn count(objects: usize) -> u32 {
    u32::try_from(objects).unwrap_or(u32::MAX)
}
