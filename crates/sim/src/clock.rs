//! The clock of a server, and the current date and time in the format of the protocol.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use plesk_wire::xml::{Date, DateTime};

use crate::environment::{self, Moment};
use crate::random;

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// Returns the current date in UTC.
pub(crate) fn today() -> Date {
    date_from_days(seconds() / SECONDS_PER_DAY)
}

/// Returns the date of yesterday in UTC.
pub(crate) fn yesterday() -> Date {
    date_from_days((seconds() / SECONDS_PER_DAY).saturating_sub(1))
}

/// Returns the date of a day, counted from 1970-01-01.
fn date_from_days(days: u64) -> Date {
    let (year, month, day) = civil_from_days(days);
    Date::new(year, month, day).expect("civil_from_days() returns calendar dates")
}

/// Returns the current time in UTC, to the second.
pub(crate) fn now() -> DateTime {
    let seconds = seconds();
    let (year, month, day) = civil_from_days(seconds / SECONDS_PER_DAY);
    let part = |unit: u64, modulus: u64| (seconds / unit % modulus) as u8;
    DateTime::new(year, month, day, part(3600, 24), part(60, 60), part(1, 60))
        .expect("civil_from_days() returns calendar dates, and the other parts are below their modulus")
}

/// Returns a key that sorts by time: minutes since year 0 in UTC, seconds, nanoseconds.
///
/// A time without a time zone is taken as UTC, which is what this server writes.
pub(crate) fn sort_key(time: &DateTime) -> (i64, u8, u32) {
    let (year, month) = (time.year(), i64::from(time.month()));
    // Years start in March, as in `civil_from_days`. A constant offset does not change the order.
    let (year, month) = if month < 3 { (year.saturating_sub(1), month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = year.saturating_mul(365).saturating_add(leap_days + (153 * month + 2) / 5 + i64::from(time.day()));
    let minutes = i64::from(time.hour()) * 60 + i64::from(time.minute())
        - i64::from(time.utc_offset_minutes().unwrap_or_default());
    (days.saturating_mul(24 * 60).saturating_add(minutes), time.second(), time.nanosecond())
}

/// Returns the seconds since 1970 at the moment that this thread has entered.
pub(crate) fn seconds() -> u64 {
    environment::seconds().unwrap_or_else(|| seconds_since_1970(SystemTime::now()))
}

/// Returns the seconds since 1970, or 0 for an earlier time.
fn seconds_since_1970(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The clock of a server. It is that of the system until a test moves it.
#[derive(Default)]
pub(crate) struct Clock(Mutex<Setting>);

/// How the clock of a server differs from that of the system.
enum Setting {
    /// It is this much ahead.
    Ahead(Duration),
    /// It stays at this time.
    Stopped(SystemTime),
}

impl Default for Setting {
    fn default() -> Self {
        Self::Ahead(Duration::ZERO)
    }
}

impl Clock {
    /// Stops the clock at this time.
    pub(crate) fn stop_at(&self, time: SystemTime) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Setting::Stopped(time);
    }

    /// Moves the clock forward. A time that cannot be represented leaves it where it is.
    pub(crate) fn advance(&self, by: Duration) {
        let mut setting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *setting {
            Setting::Ahead(ahead) => *ahead = ahead.saturating_add(by),
            Setting::Stopped(time) => *time = time.checked_add(by).unwrap_or(*time),
        }
    }

    /// Returns the current moment, with a new seed.
    pub(crate) fn moment(&self) -> Moment {
        let time = match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Setting::Ahead(ahead) => seconds_since_1970(SystemTime::now()).saturating_add(ahead.as_secs()),
            Setting::Stopped(time) => seconds_since_1970(*time),
        };
        Moment { seconds: time.min(LAST_SECOND), seed: random::from_system() }
    }
}

/// The last second of the year 9999. Later dates have no format that every client reads.
const LAST_SECOND: u64 = 253_402_300_799;

/// Returns year, month and day of a day, counted from 1970-01-01.
///
/// Years start in March, so that the leap day comes last, and the lengths of the months before it
/// repeat: 153 days in five months. 146,097 days are 400 years.
fn civil_from_days(days: u64) -> (i64, u8, u8) {
    let days = days + 719_468; // from 0000-03-01 to 1970-01-01
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, year) = if month < 10 { (month + 3, year) } else { (month - 9, year + 1) };
    ((era * 400 + year) as i64, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_from_days_handles_leap_years() {
        assert_eq!(civil_from_days(0), (1970, 1, 1));
        assert_eq!(civil_from_days(58), (1970, 2, 28));
        assert_eq!(civil_from_days(59), (1970, 3, 1));
        assert_eq!(civil_from_days(11_016), (2000, 2, 29));
        assert_eq!(civil_from_days(19_782), (2024, 2, 29));
        assert_eq!(civil_from_days(20_453), (2025, 12, 31));
        assert_eq!(civil_from_days(47_541), (2100, 3, 1));
    }

    #[test]
    fn sort_key_orders_by_time_across_time_zones() {
        let texts = [
            "2023-12-31T23:59:59",
            "2024-02-28T23:59:59.5",
            "2024-02-29T00:00:00",
            "2024-03-01T00:59:00+01:00",
            "2024-03-01T00:00:00Z",
            "2024-03-01T00:00:00-01:00",
        ];
        let key = |text: &str| sort_key(&DateTime::parse(text).expect("a time"));
        let keys = texts.map(key);
        assert!(keys.is_sorted_by(|earlier, later| earlier < later), "{keys:?}");
        assert_eq!(key("2024-03-01T01:00:00+01:00"), key("2024-03-01T00:00:00"));
        for year in ["-9223372036854775807", "9223372036854775807"] {
            key(&format!("{year}-01-01T00:00:00Z")); // does not overflow
        }
    }

    #[test]
    fn today_and_now_have_the_format_of_the_schema() {
        assert_eq!(today().as_str().len(), "2000-02-29".len());
        assert_eq!(now().as_str().len(), "2000-02-29T00:00:00".len());
        assert!(Date::parse(today().as_str()).is_ok() && DateTime::parse(now().as_str()).is_ok());
    }
}
