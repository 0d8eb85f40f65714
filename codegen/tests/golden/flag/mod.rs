//! An optional empty element is a `bool`; a required one is a field of type `()`.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection};
use expected::request::{Report, Weather};

#[test]
fn flag_is_present_or_absent() {
    assert_round_trip("report", &Report::new(), "<report><begin/></report>");
    let full = Report::new().cargo().crew().weather(Weather::Calm);
    let xml = "<report><begin/><crew/><cargo/><weather><calm/></weather></report>";
    assert_round_trip("report", &full, xml);
    let wind = Report::new().weather(Weather::Wind(9));
    assert_round_trip("report", &wind, "<report><begin/><weather><wind>9</wind></weather></report>");
}

#[test]
fn flag_with_content_is_rejected() {
    let xml = "<report><begin/><crew>yes</crew></report>";
    assert_eq!(rejection::<Report>("report", xml), "report/crew: unexpected text");
    assert!(lenient::<Report>("report", xml).expect("readable").crew);
    assert_eq!(rejection::<Report>("report", "<report/>"), "report: missing begin");
}
