//! A default is documented; it is the server that applies it.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{same, strict};
use expected::request::Reminder;

#[test]
fn defaults_are_not_sent() {
    same("reminder", &Reminder::new(14), "<reminder><days>14</days></reminder>");
    let full = Reminder::new(3).language("de").subject("");
    same("reminder", &full, "<reminder><days>3</days><language>de</language><subject></subject></reminder>");
}

#[test]
fn defaults_are_not_made_up() {
    let reminder = strict::<Reminder>("reminder", "<reminder><days>1</days></reminder>").expect("valid");
    assert_eq!((reminder.language, reminder.subject), (None, None));
}

/// XSD Part 1, section 3.3.4: an element that is there but empty has the default.
#[test]
fn an_empty_element_has_the_default() {
    let reminder = strict::<Reminder>("reminder", "<reminder><days/></reminder>").expect("valid");
    assert_eq!(reminder.days, 14);
}
