//! Names: parts that the module says already and noise words are dropped; long ones lose their first parts, and
//! abbreviations are spelled out; secrets and keywords.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, encode, violations};
use expected::login::Login;
use expected::port::{Badge, Cargo, CargoContainer, CargoData, ContainerTemperature, Papers, State, User};
use plesk_wire::xml::{Visitor, Writer};

#[test]
fn rust_names_are_short_and_xml_names_unchanged() {
    let login = Login::new(User::new("jo@example.com"), "s3cret").badge("B7").r#type("guest");
    let xml = "<login><user><e-mail>jo@example.com</e-mail></user><badge>B7</badge><type>guest</type>\
        <pass-word>s3cret</pass-word></login>";
    assert_round_trip("login", &login, xml);
    assert_eq!(Badge::parse("B7").map(|badge| badge.to_string()), Ok("B7".to_owned()));
    assert!(Badge::parse("7").is_err());
}

#[test]
fn long_names_lose_their_first_parts() {
    let container = CargoContainer::new(ContainerTemperature::new(-4).state(State::Loaded))
        .state("empty")
        .paperwork(Papers::new(["bill"]));
    let login = Login::new(User::new("jo"), "s3cret").cargo(Cargo::new().quantity(7).data(CargoData::new(container)));
    let xml = "<login><user><e-mail>jo</e-mail></user><pass-word>s3cret</pass-word><cargo><qty>7</qty><data><container>\
        <state>empty</state><temperature><degrees>-4</degrees><state>loaded</state></temperature>\
        <paperwork><page>bill</page></paperwork></container></data></cargo></login>";
    assert_round_trip("login", &login, xml);
}

#[test]
fn secret_is_redacted() {
    let login = Login::new(User::new("jo"), "s3cret\u{1}");
    assert!(!format!("{login:?}").contains("s3cret"));
    let mut redacted = Writer::redacted();
    redacted.visit_element("login", 0, &login);
    assert!(String::from_utf8_lossy(redacted.as_bytes()).contains("<pass-word>***</pass-word>"));
    assert_eq!(violations("login", &login), ["login/pass-word character"]);
    assert!(encode("login", &login).contains("s3cret"));
}
