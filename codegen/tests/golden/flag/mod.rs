//! An empty element is a flag; one that must be there is written and no field.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{lenient, refused, same};
use expected::request::{Report, Weather};

#[test]
fn present_or_not() {
    same("report", &Report::new(), "<report><begin/></report>");
    let full = Report::new().cargo().crew().weather(Weather::Calm);
    let xml = "<report><begin/><crew/><cargo/><weather><calm/></weather></report>";
    same("report", &full, xml);
    let wind = Report::new().weather(Weather::Wind(9));
    same("report", &wind, "<report><begin/><weather><wind>9</wind></weather></report>");
}

#[test]
fn a_flag_holds_nothing() {
    let xml = "<report><begin/><crew>yes</crew></report>";
    assert_eq!(refused::<Report>("report", xml), "report/crew: unexpected text");
    assert!(lenient::<Report>("report", xml).expect("readable").crew);
    assert_eq!(refused::<Report>("report", "<report/>"), "report: missing begin");
}
