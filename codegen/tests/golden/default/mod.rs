//! A default is documented and not sent: the server applies it.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, strict};
use expected::request::Reminder;

#[test]
fn default_is_not_sent() {
    assert_round_trip("reminder", &Reminder::new(14), "<reminder><days>14</days></reminder>");
    let full = Reminder::new(3).language("de").subject("");
    assert_round_trip(
        "reminder",
        &full,
        "<reminder><days>3</days><language>de</language><subject></subject></reminder>",
    );
}

#[test]
fn absent_element_is_read_as_absent() {
    let reminder = strict::<Reminder>("reminder", "<reminder><days>1</days></reminder>").expect("valid");
    assert_eq!((reminder.language, reminder.subject), (None, None));
}

/// XSD Part 1, section 3.3.4: an element that is present but empty has the default.
#[test]
fn empty_element_has_the_default() {
    let reminder = strict::<Reminder>("reminder", "<reminder><days/></reminder>").expect("valid");
    assert_eq!(reminder.days, 14);
}
