//! An enumeration is open: an unlisted value is kept, and reported before it is sent.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, encode, lenient, strict, violations};
use expected::request::{Colour, Signal, SignalSide};

#[test]
fn listed_values_are_variants() {
    let signal = Signal::new(Colour::DeepGreen).side("starboard");
    assert_eq!(signal.side, Some(SignalSide::Starboard));
    assert_round_trip("signal", &signal, "<signal><colour>deep-green</colour><side>starboard</side></signal>");
    assert_round_trip("signal", &Signal::new(Colour::N2nd), "<signal><colour>2nd</colour></signal>");
    assert_round_trip("signal", &Signal::new(Colour::Rainbow), "<signal><colour>*</colour></signal>");
    assert_round_trip("signal", &Signal::new(Colour::Empty), "<signal><colour></colour></signal>");
    assert_eq!(Colour::parse("red"), Ok(Colour::Red));
}

#[test]
fn unlisted_value_is_kept_and_a_violation() {
    let xml = "<signal><colour>blue</colour></signal>";
    let signal = lenient::<Signal>("signal", xml).expect("readable");
    assert_eq!(signal.colour, Colour::Other("blue".to_owned()));
    assert_eq!(encode("signal", &signal), xml);
    assert_eq!(violations("signal", &signal), ["signal/colour enumeration"]);
    assert!(Colour::parse("blue").is_err());
}

/// White space around a value is significant if the type preserves it, but not if it collapses.
#[test]
fn white_space_follows_the_type() {
    let xml = "<signal><colour> red</colour><side> port\n</side></signal>";
    let signal = strict::<Signal>("signal", xml).expect("readable");
    assert_eq!(signal.side, Some(SignalSide::Port));
    assert_eq!(signal.colour, Colour::Other(" red".to_owned()));
    assert_eq!(violations("signal", &signal).len(), 1);
}
