//! Today and now, as the protocol writes them.

use std::time::{SystemTime, UNIX_EPOCH};

use plesk_wire::xml::{Date, DateTime};

const DAY: u64 = 24 * 60 * 60;

/// The day it is (UTC).
pub(crate) fn today() -> Date {
    date(seconds() / DAY)
}

/// The day before (UTC).
pub(crate) fn yesterday() -> Date {
    date((seconds() / DAY).saturating_sub(1))
}

/// The day so many days after 1970-01-01.
fn date(days: u64) -> Date {
    let (year, month, day) = civil(days);
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

/// The moment as numbers that can be compared: minutes since year 0 in UTC, seconds, nanoseconds. A
/// moment without time zone is taken for one in UTC, which is what the server writes.
pub(crate) fn order(moment: &DateTime) -> (i64, u8, u32) {
    let (year, month) = (moment.year(), i64::from(moment.month()));
    // Counted from March, as in `civil`; any constant offset is as good.
    let (year, month) = if month < 3 { (year.saturating_sub(1), month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days = year.saturating_mul(365).saturating_add(leap_days + (153 * month + 2) / 5 + i64::from(moment.day()));
    let minutes = i64::from(moment.hour()) * 60 + i64::from(moment.minute())
        - i64::from(moment.utc_offset_minutes().unwrap_or_default());
    (days.saturating_mul(24 * 60).saturating_add(minutes), moment.second(), moment.nanosecond())
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
    fn moments_are_in_order() {
        let texts = [
            "2023-12-31T23:59:59",
            "2024-02-28T23:59:59.5",
            "2024-02-29T00:00:00",
            "2024-03-01T00:59:00+01:00",
            "2024-03-01T00:00:00Z",
            "2024-03-01T00:00:00-01:00",
        ];
        let orders = texts.map(|text| order(&DateTime::parse(text).expect("a moment")));
        assert!(orders.is_sorted(), "{orders:?}");
        let same = ["2024-03-01T01:00:00+01:00", "2024-03-01T00:00:00"].map(|text| DateTime::parse(text).expect("one"));
        assert_eq!(order(&same[0]), order(&same[1]));
        for year in ["-9223372036854775807", "9223372036854775807"] {
            order(&DateTime::parse(&format!("{year}-01-01T00:00:00Z")).expect("a moment"));
        }
    }

    #[test]
    fn today_and_now_are_values_of_the_schema() {
        assert_eq!(today().as_str().len(), "2000-02-29".len());
        assert_eq!(now().as_str().len(), "2000-02-29T00:00:00".len());
    }
}
