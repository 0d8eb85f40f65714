//! Today and now, as the protocol writes them.

use std::time::{SystemTime, UNIX_EPOCH};

use plesk_wire::xml::{Date, DateTime};

const DAY: u64 = 24 * 60 * 60;

/// The day it is (UTC).
pub(crate) fn today() -> Date {
    let (year, month, day) = civil(seconds() / DAY);
    Date::new(year, month, day).expect("civil() gives days of the calendar")
}

/// The second it is (UTC).
pub(crate) fn now() -> DateTime {
    let seconds = seconds();
    let (year, month, day) = civil(seconds / DAY);
    let part = |unit: u64, of: u64| (seconds / unit % of) as u8;
    DateTime::new(year, month, day, part(3600, 24), part(60, 60), part(1, 60))
        .expect("civil() gives days of the calendar, and the rest is below its bound")
}

/// Seconds since 1970; 0 for a clock that is set before that.
fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Year, month and day, so many days after 1970-01-01.
///
/// Years are counted from March, so that the leap day comes last and the months before it have
/// lengths that repeat: 153 days in five months. 146,097 days are 400 years.
fn civil(days: u64) -> (i64, u8, u8) {
    let days = days + 719_468; // 0000-03-01 to 1970-01-01
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
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(58), (1970, 2, 28));
        assert_eq!(civil(59), (1970, 3, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(20_453), (2025, 12, 31));
        assert_eq!(civil(47_541), (2100, 3, 1));
    }

    #[test]
    fn today_and_now_are_values_of_the_schema() {
        assert_eq!(today().as_str().len(), "2000-02-29".len());
        assert_eq!(now().as_str().len(), "2000-02-29T00:00:00".len());
    }
}
