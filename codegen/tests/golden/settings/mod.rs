//! Values that are secrets under some names: only those under the listed names are shown.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, encode, violations};
use expected::light::Set;
use expected::request::Setting;
use plesk_wire::xml::{Visitor, Writer};

fn set() -> Set {
    Set::new([Setting::new("colour", "red"), Setting::new("keeper_pin", "4711")])
}

fn redacted(set: &Set) -> String {
    let mut writer = Writer::redacted();
    writer.visit_element("set", 0, set);
    String::from_utf8(writer.into_bytes()).expect("UTF-8")
}

#[test]
fn all_values_are_sent() {
    let xml = "<set><setting><name>colour</name><value>red</value></setting>\
        <setting><name>keeper_pin</name><value>4711</value></setting></set>";
    assert_round_trip("set", &set(), xml);
    assert_eq!(redacted(&set()), xml.replace("4711", "***"));
}

#[test]
fn values_under_unlisted_names_are_redacted() {
    let shown = format!("{:?}", set());
    assert!(shown.contains("red") && !shown.contains("4711"), "{shown}");
    assert!(encode("set", &set()).contains("4711"));
}

/// A name that differs in case is another name.
#[test]
fn names_are_compared_exactly() {
    let shout = Set::new([Setting::new("COLOUR", "red")]);
    assert!(!format!("{shout:?}").contains("red"));
    assert!(!redacted(&shout).contains("red"));
}

#[test]
fn violations_do_not_contain_secrets() {
    let broken = Set::new([Setting::new("keeper_pin", "47\u{1}11")]);
    assert_eq!(violations("set", &broken), ["set/setting[1]/value character"]);
    let error = plesk_wire::xml::Validator::check("set", &broken).expect_err("a violation");
    assert!(!format!("{error:?}{error}").contains("47"), "{error:?}");
}
